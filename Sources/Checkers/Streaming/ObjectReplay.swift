import HistoryModel

/// What a stream makes of the recorded operations on one object.
struct ObjectReplay: Sendable {
    /// Why the stream came to its end; nil if it took in everything.
    private(set) var end: StreamEnd?
    /// The operations that it judged.
    private(set) var judged = 0
    /// The most operations that were under way at a time, unknowns apart.
    private(set) var concurrency = 0
    /// The event at which it came to an end.
    private(set) var time = 0

    /// Nothing yet.
    init() {}

    /// Feeds a stream with operations, in the order of their calls and returns.
    ///
    /// Those that failed are left out, and those of unknown outcome are known as such from the
    /// beginning, so that nothing has to wait for them.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    init(_ stream: consuming some ObjectStream, _ members: [Int32], of list: OperationList) {
        var feed = ObjectFeed(stream, of: list)
        list.forEach(at: members) { _, operation in
            feed.take(operation)
            return feed.stream.end == nil
        }
        feed.finish(before: .max)
        self = feed.figures
        end = feed.stream.end
    }

    /// Takes in operations, and ends each among the calls of others.
    private struct ObjectFeed<Stream: ObjectStream>: ~Copyable {
        var stream: Stream
        var figures = ObjectReplay()
        private let list: OperationList
        private var pool: ValuePool
        private var pending = PendingReturns()
        /// By their slots.
        private var calls: [(call: Stream.Call, output: ValueCode)] = []

        init(_ stream: consuming Stream, of list: OperationList) {
            self.stream = stream
            self.list = list
            pool = list.pool
        }

        mutating func take(_ operation: PackedOperation) {
            guard operation.outcome != .fail else { return }
            finish(before: operation.call)
            guard stream.end == nil else { return }
            figures.time = Int(operation.call)
            let started = stream.begin(
                list.functions[Int(operation.function)], pool.value(of: operation.input),
                by: pool.number(of: operation.process), &pool, at: figures.time)
            guard stream.end == nil, let started else { return }
            figures.judged += 1
            guard operation.outcome == .ok else {
                return stream.lose(started, at: figures.time)
            }
            let slot = pending.begin(returning: operation.return)
            if slot == calls.count {
                calls.append((started, operation.output))
            } else {
                calls[slot] = (started, operation.output)
            }
            figures.concurrency = max(figures.concurrency, pending.count)
        }

        /// Ends what returned before a moment, as long as all is well.
        mutating func finish(before time: UInt32) {
            while stream.end == nil, let next = pending.next(before: time) {
                figures.time = next.return
                stream.succeed(
                    calls[next.slot].call, pool.value(of: calls[next.slot].output), &pool,
                    at: next.return)
            }
        }
    }
}

extension ValuePool {
    /// The number that a code stands for, such as that of a process.
    fileprivate func number(of code: ValueCode) -> Int {
        guard case .integer(let number) = value(of: code) else { return 0 }
        return Int(number)
    }
}
