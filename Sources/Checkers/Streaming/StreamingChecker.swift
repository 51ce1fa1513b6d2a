public import HistoryModel

/// Judges registers while their history is being made: event by event, with a verdict at any time.
///
/// What it remembers does not grow with the length of the history, but with the number of keys, of
/// operations under way, and of writes of unknown outcome that nobody has read. A key on which a
/// value comes back while it is remembered, or that sees operations other than those of a
/// register, is left undecided: the whole history has to tell.
///
/// ```swift
/// if var checker = StreamingChecker(model: .casRegister) {
///     for event in events { try checker.add(event) }
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
    private let reading: RegisterReading
    private let verbs: [(function: Function, verb: RegisterVerb)]
    private let initial: Value
    private var pool = ValuePool()
    private var sweepAt = 4_096
    private var keys: [Value?: Int32] = [:]
    private var lastKey: (key: Value?, number: Int32)?
    private var streams: [RegisterStream] = []
    /// The operations that are under way, by the codes of their processes.
    private var open = ValueTable()
    private var slots: [Slot] = []
    private var freeSlots: [Int32] = []
    private var time = 0

    /// An operation that is under way.
    private struct Slot {
        var stream: Int32
        /// Nil where it is not for the stream to judge.
        var operation: RegisterStream.Open?
        /// Whether its completion says what it found.
        var finds = false
    }

    /// Begins with an empty history of objects that hold `initial`, or what is usual, at first.
    ///
    /// Nil if objects of this model can't be judged event by event.
    public init?(model: ObjectModel = .casRegister, initial: Value? = nil) {
        guard let reading = model.streamed else { return nil }
        self.reading = reading
        verbs = reading.verbs.map { ($0, $1) }
        self.initial = initial ?? reading.initial
    }

    /// What can be said of the history so far: valid, unless a key is undecided.
    public var verdict: Verdict {
        violation != nil ? .invalid : undecidedKeys > 0 ? .unknown : .valid
    }

    /// What can be said so far, for a person: `12 operations, no violation so far`.
    public var summary: String {
        let doubts = undecidedKeys > 0 ? "; \(undecidedKeys) keys need the whole history" : ""
        return "\(operations) operations, " + (violation?.description ?? "no violation so far")
            + doubts
    }

    /// How many values are remembered, over all keys.
    public var remembered: Int { streams.reduce(0) { $0 + $1.remembered } }

    /// How many values are kept in their own form.
    var pooled: Int { pool.count }

    /// Takes in the next event.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(1) for a bounded number of operations under way.
    public mutating func add(_ event: Event) throws(HistoryError) {
        let process = pool.code(of: .integer(Int64(event.process.rawValue)))
        if event.type == .invoke {
            guard open.record(of: process) == nil else {
                throw .overlappingInvocations(index: event.index, process: event.process)
            }
            let slot = begin(event)
            let place = freeSlots.popLast() ?? Int32(slots.count)
            if Int(place) == slots.count { slots.append(slot) } else { slots[Int(place)] = slot }
            open.insert(process, place)
        } else {
            guard let place = open.record(of: process) else {
                throw .completionWithoutInvocation(index: event.index, process: event.process)
            }
            open.remove(process)
            freeSlots.append(place)
            end(slots[Int(place)], event)
            operations += 1
        }
        time += 1
        if pool.count >= sweepAt { sweep() }
    }

    /// Forgets values that no key remembers.
    private mutating func sweep() {
        var codes: [ValueCode] = []
        for stream in streams { stream.addCodes(to: &codes) }
        for process in open.allCodes { codes.append(process) }
        for slot in slots {
            if let operation = slot.operation { codes += [operation.before, operation.after] }
        }
        pool.keepOnly(codes)
        sweepAt = max(4_096, 2 * pool.count)
    }
}

// MARK: - One operation

extension StreamingChecker {
    private mutating func begin(_ event: Event) -> Slot {
        let number = stream(of: event.key)
        guard let verb = verb(of: event.function) else {
            leave(number)
            return Slot(stream: number)
        }
        var before = ValueCode.null
        var after = ValueCode.null
        var kind = RegisterOperation.Kind.read
        if verb == .write {
            kind = .write
            after = code(of: event.value)
            before = after
        } else if verb == .cas {
            guard case .list(let pair) = event.value, pair.count == 2 else {
                leave(number)
                return Slot(stream: number)
            }
            before = code(of: pair[0])
            after = code(of: pair[1])
            // Setting what is there already changes nothing: it is a read.
            kind = before == after ? .read : .cas
        }
        let isOver = streams[Int(number)].end != nil
        let operation = streams[Int(number)].begin(kind, before: before, after: after, at: time)
        note(number, wasOver: isOver, event)
        return Slot(stream: number, operation: operation, finds: verb == .read)
    }

    /// What a function does; the few that there are are looked through faster than hashed.
    private func verb(of function: Function) -> RegisterVerb? {
        for known in verbs
        where known.function.rawValue.utf8.count == function.rawValue.utf8.count
            && known.function == function
        {
            return known.verb
        }
        return nil
    }

    private mutating func end(_ slot: Slot, _ event: Event) {
        guard let operation = slot.operation else { return }
        let number = Int(slot.stream)
        let isOver = streams[number].end != nil
        switch event.type {
        case .ok:
            let found = slot.finds ? code(of: event.value) : operation.after
            streams[number].succeed(operation, found: found, at: time)
        case .fail:
            let found = slot.finds ? nil : event.found.map { code(of: $0) }
            streams[number].fail(operation, found: found, at: time)
        case .info, .invoke: streams[number].lose(operation, at: time)
        }
        note(slot.stream, wasOver: isOver, event)
    }

    private mutating func stream(of key: Value?) -> Int32 {
        if let lastKey, lastKey.key == key { return lastKey.number }
        let number = keys[key] ?? Int32(streams.count)
        if Int(number) == streams.count {
            keys[key] = number
            streams.append(RegisterStream(initial: code(of: initial)))
        }
        lastKey = (key, number)
        return number
    }

    /// The code of a value; in texts null stands for the empty one.
    private mutating func code(of value: Value) -> ValueCode {
        reading.object == .text && value == "" ? .null : pool.code(of: value)
    }

    /// The key can't be judged here.
    private mutating func leave(_ number: Int32) {
        guard streams[Int(number)].end == nil else { return }
        streams[Int(number)].leave()
        undecidedKeys += 1
    }

    /// Takes note of the end of a stream.
    private mutating func note(_ number: Int32, wasOver: Bool, _ event: Event) {
        guard !wasOver, let end = streams[Int(number)].end else { return }
        if end == .violation {
            violation = violation ?? Violation(key: event.key, index: event.index)
        } else {
            undecidedKeys += 1
        }
    }
}
