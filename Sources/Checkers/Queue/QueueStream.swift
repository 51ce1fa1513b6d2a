import HistoryModel

/// Judges a queue, event by event.
///
/// Whatever was enqueued before a value must be gone once the value is: by then, its own dequeue
/// must have been called. Which of the dequeues under way took what shows only when they return, so
/// it is counted whether they can have taken all that must be gone. What only dequeues of unknown
/// outcome can have taken is forgotten, together with as many of those. Found empty is judged by
/// ``QueueEmptiness``.
///
/// Remembers what is in the queue, and operations of unknown outcome whose effect was not seen. No
/// value may be enqueued again while it is remembered.
///
/// Source: Bouajjani, Emmi, Enea & Hamza, "On reducing linearizability to state reachability"
/// (2018), the forbidden patterns of a queue.
struct QueueStream: ObjectStream {
    /// An operation that is under way.
    struct Call: Sendable {
        var time: Int
        /// The record of an enqueue; -1 for a dequeue.
        fileprivate var record: Int32 = -1
        /// Of a dequeue: its number among the dequeues, and its place in the record of emptiness.
        fileprivate var number = -1
        fileprivate var place = -1
    }

    /// What is remembered of a value.
    private struct Record {
        var code: ValueCode
        var call: Int
        /// When its enqueue returned; the largest number if it has not.
        var `return` = Int.max
        var isPending = true
        var isTaken = false
        /// When something was gone that came after it; the largest number if nothing is.
        var need = Int.max
        /// Where it stands in line, and in the record of emptiness.
        var line = -1
        var place = -1
    }

    private(set) var end: StreamEnd?
    private var records: [Record] = []
    private var free: [Int32] = []
    private var table = NumberTable<ValueCode>()
    /// The values that nothing newer is gone of, in the order of the returns of their enqueues;
    /// -1 for one that was taken.
    private var line: [Int32] = []
    private var first = 0
    private var base = 0
    /// The values that must be gone, by their need.
    private var needy: [Int32] = []
    private var firstNeedy = 0
    private var dequeues = DeferredLinearizationPoints()
    private var emptiness = QueueEmptiness()
    private var settled = 0
    /// The latest call of an enqueue whose value was taken.
    private var latestTaken = Int.min

    /// A queue that holds these values at first; they are different.
    init(initial: [ValueCode]) {
        for (place, code) in initial.enumerated() {
            let time = 2 * (place - initial.count)
            let record = add(code, at: time)
            enqueued(record, at: time + 1)
        }
        if table.count < initial.count { end = .undecided }
    }

    var remembered: Int { table.count + dequeues.count }

    func addCodes(to codes: inout [ValueCode]) { codes += table.allKeys }

    mutating func leave() { end = end ?? .undecided }

    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call? {
        // Two texts of one length are compared faster if they are known to begin alike.
        if function.rawValue.utf8.first == UInt8(ascii: "d"), function == "dequeue" {
            let place = emptiness.dequeueBegins(at: time)
            return Call(time: time, number: dequeues.begin(at: time), place: place)
        }
        let code = pool.code(of: input)
        guard function == "enqueue", code != .null, table.number(of: code) == nil else {
            leave()
            return nil
        }
        return Call(time: time, record: add(code, at: time))
    }

    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int
    ) {
        if call.record >= 0 {
            enqueued(call.record, at: time)
        } else if output == .null {
            check(dequeues.withdraw(call.number, calledAt: call.time))
            emptiness.foundEmpty(by: call.place, from: call.time, at: time)
        } else {
            let code = pool.knownCode(of: output)
            dequeued(code.flatMap { table.number(of: $0) }, by: call, at: time)
        }
        tidy()
    }

    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int) {
        if call.record >= 0 {
            check(!records[Int(call.record)].isTaken)
            table.remove(records[Int(call.record)].code)
            free.append(call.record)
        } else {
            check(dequeues.withdraw(call.number, calledAt: call.time))
            emptiness.tookNothing(call.place)
        }
        tidy()
    }

    mutating func lose(_ call: Call, at time: Int) {
        if call.record >= 0 {
            records[Int(call.record)].isPending = false
            if records[Int(call.record)].isTaken { free.append(call.record) }
        } else {
            dequeues.lose(call.number)
            emptiness.lost(call.place)
        }
        tidy()
    }
}

// MARK: - Values

extension QueueStream {
    private mutating func check(_ isPossible: Bool) {
        if !isPossible { end = .violation }
    }

    private mutating func add(_ code: ValueCode, at time: Int) -> Int32 {
        let record = free.popLast() ?? Int32(records.count)
        let new = Record(code: code, call: time)
        if Int(record) == records.count { records.append(new) } else { records[Int(record)] = new }
        table.insert(code, record)
        return record
    }

    private mutating func enqueued(_ record: Int32, at time: Int) {
        guard !records[Int(record)].isTaken else {
            free.append(record)
            return
        }
        records[Int(record)].isPending = false
        records[Int(record)].return = time
        records[Int(record)].line = base + line.count
        records[Int(record)].place = emptiness.enqueued(at: time)
        line.append(record)
    }

    private mutating func dequeued(_ record: Int32?, by call: Call, at time: Int) {
        guard let record else {
            end = .violation
            return
        }
        let value = records[Int(record)]
        check(value.need > call.time)
        let need = value.need == .max ? nil : value.need
        check(dequeues.succeed(call.number, calledAt: call.time, deferredUntil: need))
        emptiness.took(
            call.place, calledAt: call.time, enqueuedAt: value.return, value.place)
        table.remove(value.code)
        if need != nil {
            if let place = needy[firstNeedy...].firstIndex(of: record) { needy.remove(at: place) }
        } else if value.line >= 0 {
            line[value.line - base] = -1
        }
        if value.isPending {
            records[Int(record)].isTaken = true
        } else {
            free.append(record)
        }
        if value.call > latestTaken {
            latestTaken = value.call
            overtake(at: time)
        }
    }

    /// What came before a value that is gone must be gone as well.
    private mutating func overtake(at time: Int) {
        while first < line.count {
            let record = line[first]
            if record >= 0 {
                guard records[Int(record)].return < latestTaken else { return }
                records[Int(record)].need = time
                needy.append(record)
                check(dequeues.require(at: time))
            }
            first += 1
        }
    }

    /// Forgets what has been dealt with.
    private mutating func tidy() {
        guard end == nil else { return }
        while settled < dequeues.settled {
            let record = needy[firstNeedy]
            table.remove(records[Int(record)].code)
            free.append(record)
            firstNeedy += 1
            settled += 1
        }
        if firstNeedy == needy.count {
            needy.removeAll(keepingCapacity: true)
            firstNeedy = 0
        }
        if first >= 64, first * 2 > line.count {
            line.removeSubrange(0..<first)
            base += first
            first = 0
        }
        check(emptiness.advance(before: dequeues.earliest ?? .max))
    }
}
