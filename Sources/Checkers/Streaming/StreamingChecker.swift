public import HistoryModel

/// Judges objects while their history is being made: event by event, with a verdict at any time.
///
/// What it remembers does not grow with the length of the history, but with the number of keys, of
/// operations under way, of operations of unknown outcome whose effect nobody has seen, and with
/// what the objects hold. A key on which a value comes back while it is remembered, or that sees
/// operations that only a search can judge, is left undecided: the whole history has to tell.
///
/// ```swift
/// if var checker = StreamingChecker(model: .casRegister) {
///     try checker.add(contentsOf: events)
///     print(checker.verdict)
/// }
/// ```
public struct StreamingChecker: Sendable {
    /// A contradiction, and when it became certain.
    public struct Violation: Hashable, Sendable, CustomStringConvertible {
        /// The key; nil in a history without keys.
        public var key: Value?
        /// The index of the event that can't be explained.
        public var index: Int

        /// Where it is: `a violation on key 7 at event 123`.
        public var description: String {
            "a violation" + (key.map { " on key \($0)" } ?? "") + " at event \(index)"
        }
    }

    /// The first contradiction; nil while there is none.
    public private(set) var violation: Violation?
    /// How many operations have ended.
    public private(set) var operations = 0
    /// How many keys have to be judged by the whole history.
    public private(set) var undecidedKeys = 0
    private var shelf: StreamShelf
    private var pool = ValuePool()
    private var sweepAt = 4_096
    /// The keys by the numbers of their objects, and the other way round.
    private var keys: [Value?] = []
    private var numbers: [Value?: Int32] = [:]
    private var lastNumber: Int32 = -1
    /// The operations that are under way, by the codes of their processes.
    private var open = ValueTable()
    /// Per operation under way: the number of its object.
    private var slots: [Int32] = []
    private var freeSlots: [Int32] = []
    private var time = 0
    private var lastIndex = 0

    /// Begins with an empty history of objects that hold `initial`, or what is usual, at first.
    ///
    /// Nil if objects of this model can't be judged event by event.
    public init?(model: ObjectModel = .casRegister, initial: Value? = nil) {
        guard let object = model.streamed else { return nil }
        shelf = StreamShelf(object, initial: initial)
    }

    /// What can be said of the history so far: valid, unless a key is undecided.
    public var verdict: Verdict {
        violation != nil ? .invalid : undecidedKeys > 0 ? .unknown : .valid
    }

    /// What can be said so far, for a person: `valid, 12 operations on 3 keys`.
    public var summary: String {
        let told = violation.map { ": \($0)" } ?? ""
        let doubts = undecidedKeys > 0 ? "; \(undecidedKeys) keys need the whole history" : ""
        let keys = keys.count > 1 ? " on \(keys.count) keys" : ""
        return "\(verdict)\(told), \(operations) operations\(keys)\(doubts)"
    }

    /// How many values are remembered, over all keys.
    public var remembered: Int { shelf.remembered }

    /// How many values are kept in their own form.
    var pooled: Int { pool.count }

    /// Takes in the next event.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(1) for a bounded number of operations under way.
    public mutating func add(_ event: Event) throws(HistoryError) {
        try add(contentsOf: [event])
    }

    /// Takes in the next events; many at a time are judged faster than one after the other.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes; those before
    ///   the one that it names are taken in.
    /// - Complexity: O(n) for a bounded number of operations under way.
    public mutating func add(contentsOf events: [Event]) throws(HistoryError) {
        // To hand on whole events would copy each several times.
        try events.withUnsafeBufferPointer { (events) throws(HistoryError) in
            guard let start = events.baseAddress else { return }
            for place in events.indices { try take(start + place) }
        }
    }

    private mutating func take(_ event: UnsafePointer<Event>) throws(HistoryError) {
        let index = event.pointee.index
        let process = pool.code(of: .integer(Int64(event.pointee.process.rawValue)))
        let place: Int32
        if event.pointee.type == .invoke {
            guard open.record(of: process) == nil else {
                throw .overlappingInvocations(index: index, process: event.pointee.process)
            }
            place = freeSlots.popLast() ?? Int32(slots.count)
            let number = number(of: event)
            if Int(place) == slots.count {
                slots.append(number)
            } else {
                slots[Int(place)] = number
            }
            open.insert(process, place)
        } else {
            guard let slot = open.remove(process) else {
                throw .completionWithoutInvocation(index: index, process: event.pointee.process)
            }
            place = slot
            freeSlots.append(place)
            operations += 1
        }
        let number = Int(slots[Int(place)])
        let end = shelf.add(event, of: number, in: Int(place), &pool, at: time)
        if let end { note(end, of: number, index: index) }
        time += 1
        lastIndex = index
        if pool.count >= sweepAt { sweep() }
    }

    /// No more events will come: what is under way has no known outcome.
    ///
    /// A violation that shows only now is named at the last event.
    public mutating func finish() {
        for process in open.allCodes {
            guard let place = open.record(of: process) else { continue }
            open.remove(process)
            let number = Int(slots[Int(place)])
            let end = shelf.lose(Int(place), of: number, at: time)
            if let end { note(end, of: number, index: lastIndex) }
            freeSlots.append(place)
        }
    }

    /// The number of the object that an event is about.
    private mutating func number(of event: UnsafePointer<Event>) -> Int32 {
        if lastNumber >= 0, keys[Int(lastNumber)] == event.pointee.key { return lastNumber }
        let key = event.pointee.key
        lastNumber = numbers[key] ?? Int32(keys.count)
        if Int(lastNumber) == keys.count {
            numbers[key] = lastNumber
            keys.append(key)
            if let end = shelf.append(&pool) { note(end, of: Int(lastNumber), index: lastIndex) }
        }
        return lastNumber
    }

    /// Takes note of the end of a stream.
    private mutating func note(_ end: StreamEnd, of number: Int, index: Int) {
        if end == .violation {
            violation = violation ?? Violation(key: keys[number], index: index)
        } else {
            undecidedKeys += 1
        }
    }

    /// Forgets values that no key remembers.
    private mutating func sweep() {
        var codes = open.allCodes
        shelf.addCodes(to: &codes)
        pool.keepOnly(codes)
        sweepAt = max(4_096, 2 * pool.count)
    }
}
