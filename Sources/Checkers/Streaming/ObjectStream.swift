import HistoryModel

/// Why a stream is at its end.
enum StreamEnd: Hashable, Sendable {
    /// The operations can't be put in order.
    case violation
    /// It takes more than this stream to decide.
    case undecided
}

/// Judges one object, operation by operation as they begin and end.
///
/// Time is the place among the events; it rises from call to call. What has come to an end is not
/// asked for more.
protocol ObjectStream: Sendable {
    /// An operation that is under way, for whoever ends it.
    associatedtype Call: Sendable

    /// Why nothing more can be said; nil while all is well.
    var end: StreamEnd? { get }
    /// How many values or operations are remembered.
    var remembered: Int { get }

    /// An operation begins.
    ///
    /// - Returns: What to end it by; nil for one that proves nothing.
    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call?
    /// An operation has happened, and came out like this.
    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int)
    /// An operation has certainly not happened; it may say what it found instead.
    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int)
    /// Nobody will ever know whether an operation happened.
    mutating func lose(_ call: Call, at time: Int)

    /// Gives up on a history that is not one of this object.
    mutating func leave()

    /// Adds the codes of all values that are remembered.
    func addCodes(to codes: inout [ValueCode])
    /// Adds the codes of values that an operation under way may ask for.
    static func addCodes(of call: Call, to codes: inout [ValueCode])
}

/// What came up when recorded operations were fed to a stream.
struct ReplayFigures: Sendable {
    /// The operations that it judged.
    var judged = 0
    /// The most operations that were under way at a time, unknowns apart.
    var concurrency = 0
    /// The event at which it came to an end.
    var time = 0
}

extension ObjectStream {
    func addCodes(to codes: inout [ValueCode]) {}
    static func addCodes(of call: Call, to codes: inout [ValueCode]) {}

    /// Feeds the recorded operations on one object, in the order of their calls and returns.
    ///
    /// Those that failed are left out, and those of unknown outcome are known as such from the
    /// beginning, so that nothing has to wait for them.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    mutating func replay(_ members: [Int32], of list: OperationList) -> ReplayFigures {
        var figures = ReplayFigures()
        var pool = list.pool
        /// What is under way, the next to return last.
        var pending: [(return: UInt32, output: ValueCode, call: Call)] = []
        for (_, operation) in GatheredOperations(members, of: list)
        where operation.outcome != .fail {
            while let next = pending.last, next.return < operation.call {
                pending.removeLast()
                figures.time = Int(next.return)
                succeed(next.call, pool.value(of: next.output), &pool, at: figures.time)
                guard end == nil else { return figures }
            }
            figures.time = Int(operation.call)
            let started = begin(
                list.functions[Int(operation.function)], pool.value(of: operation.input),
                by: pool.number(of: operation.process), &pool, at: Int(operation.call))
            guard end == nil else { return figures }
            guard let started else { continue }
            figures.judged += 1
            guard operation.outcome == .ok, operation.return != PackedOperation.never else {
                lose(started, at: Int(operation.call))
                continue
            }
            var place = pending.endIndex
            while place > 0, pending[place - 1].return < operation.return { place -= 1 }
            pending.insert((operation.return, operation.output, started), at: place)
            figures.concurrency = max(figures.concurrency, pending.count)
        }
        while let next = pending.popLast() {
            figures.time = Int(next.return)
            succeed(next.call, pool.value(of: next.output), &pool, at: figures.time)
            guard end == nil else { return figures }
        }
        return figures
    }
}

extension ValuePool {
    /// The number that a code stands for, such as that of a process.
    fileprivate func number(of code: ValueCode) -> Int {
        guard case .integer(let number) = value(of: code) else { return 0 }
        return Int(number)
    }
}
