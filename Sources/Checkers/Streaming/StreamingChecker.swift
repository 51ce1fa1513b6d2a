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
    /// The slots of the operations that are under way, by their processes.
    private var open = NumberTable<Int>()
    /// Per slot: the number of the object that the operation is on.
    private var objects: [Int32] = []
    private var freeSlots: [Int32] = []
    /// What the events of a portion are about.
    private var places: [StreamPlace] = []
    private var time = 0
    private var lastIndex = 0
    /// How many events are looked up before they are judged.
    private static let portionMax = 64

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
            var start = 0
            while start < events.count {
                let end = min(start + Self.portionMax, events.count)
                try take(UnsafeBufferPointer(rebasing: events[start..<end]))
                start = end
            }
        }
    }

    /// Finds what some events are about, and has all of them judged.
    private mutating func take(_ events: UnsafeBufferPointer<Event>) throws(HistoryError) {
        guard let start = events.baseAddress else { return }
        places.removeAll(keepingCapacity: true)
        var failure: HistoryError?
        while places.count < events.count, failure == nil {
            do throws(HistoryError) {
                places.append(try place(of: start + places.count))
            } catch {
                failure = error
            }
        }
        let ends = shelf.add(start, at: places, slots: objects.count, &pool, from: time)
        for (offset, end) in ends {
            note(end, of: Int(places[offset].object), index: events[offset].index)
        }
        time += places.count
        if let last = places.indices.last { lastIndex = events[last].index }
        if pool.count >= sweepAt { sweep() }
        if let failure { throw failure }
    }

    /// Notes that an operation began or ended, and finds what it is about.
    private mutating func place(
        of event: UnsafePointer<Event>
    ) throws(HistoryError) -> StreamPlace {
        let process = event.pointee.process
        guard event.pointee.type == .invoke else {
            guard let slot = open.remove(process.rawValue) else {
                throw .completionWithoutInvocation(index: event.pointee.index, process: process)
            }
            freeSlots.append(slot)
            operations += 1
            return StreamPlace(slot: slot, object: objects[Int(slot)])
        }
        let slot = freeSlots.last ?? Int32(objects.count)
        guard open.insert(process.rawValue, slot) else {
            throw .overlappingInvocations(index: event.pointee.index, process: process)
        }
        let object = number(of: event)
        if Int(slot) == objects.count {
            objects.append(object)
        } else {
            objects[Int(slot)] = object
            freeSlots.removeLast()
        }
        return StreamPlace(slot: slot, object: object)
    }

    /// No more events will come: what is under way has no known outcome.
    ///
    /// A violation that shows only now is named at the last event.
    public mutating func finish() {
        for process in open.allKeys {
            guard let slot = open.remove(process) else { continue }
            let object = Int(objects[Int(slot)])
            let end = shelf.lose(Int(slot), of: object, at: time)
            if let end { note(end, of: object, index: lastIndex) }
            freeSlots.append(slot)
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
            let end = shelf.append(&pool)
            if let end { note(end, of: Int(lastNumber), index: event.pointee.index) }
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
        var codes: [ValueCode] = []
        shelf.addCodes(to: &codes)
        pool.keepOnly(codes)
        sweepAt = max(4_096, 2 * pool.count)
    }
}
