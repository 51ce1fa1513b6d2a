import HistoryModel

/// What a stream makes of the recorded operations on one register.
struct RegisterReplay {
    /// Why the stream came to its end; nil if it took in everything.
    let end: StreamEnd?
    /// The operations that bear on the verdict, as far as the stream came.
    let judged: Int
    /// The most operations that were under way at a time, unknowns apart.
    let concurrency: Int
    /// How many values the stream remembered at its end.
    let remembered: Int

    /// Feeds a stream with all operations, in the order of their calls, unless it ends before.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    init(members: [Int32], of list: OperationList, initial: Value, reading: RegisterReading) {
        let reader = RegisterReader(reading, of: list)
        var feed = RegisterFeed(initial: reader.code(ofInitial: initial))
        members.withUnsafeBufferPointer { feed.take($0, of: list, as: reader) }
        self = feed.finish()
    }

    fileprivate init(_ state: borrowing RegisterState, concurrency: Int) {
        end = state.end
        judged = state.judged
        remembered = state.remembered
        self.concurrency = concurrency
    }
}

/// Takes in the recorded operations on one register, and ends each among the calls of others.
struct RegisterFeed: ~Copyable {
    private var state: RegisterState
    private var concurrency = 0
    private var pending = PendingReturns()
    /// By their slots.
    private var calls = Ring(RegisterStream.Open.none, bits: 2)

    init(initial: ValueCode) { state = RegisterState(initial: initial) }

    /// Why nothing more can be said; nil while all is well.
    var end: StreamEnd? { state.end }

    /// Takes in operations, called later than all before.
    mutating func take(
        _ members: UnsafeBufferPointer<Int32>, of list: OperationList, as reader: RegisterReader
    ) {
        list.forEach(at: members) { _, operation in
            switch reader.meaning(of: operation) {
            case .nothing: break
            case .unintelligible: state.leave()
            case .something(let kind, let before, let after):
                finish(before: operation.call)
                begin(kind, before, after, operation)
            }
            return state.end == nil
        }
    }

    /// No more operations will come.
    mutating func finish() -> RegisterReplay {
        finish(before: .max)
        return RegisterReplay(state, concurrency: concurrency)
    }

    private mutating func begin(
        _ kind: RegisterOperation.Kind, _ before: ValueCode, _ after: ValueCode,
        _ operation: PackedOperation
    ) {
        let isUnknown = operation.knownReturn == RegisterOperation.never
        let open = state.begin(
            kind, before: before, after: after, at: Int(operation.call), isOpenEnded: isUnknown)
        guard !isUnknown else { return }
        let slot = pending.begin(returning: operation.return)
        if slot == calls.capacity { calls.grow(keeping: 0..<slot) }
        calls[slot] = open
        concurrency = max(concurrency, pending.count)
    }

    /// Ends what returned before a moment, as long as all is well.
    private mutating func finish(before time: UInt32) {
        while let next = pending.next(before: time) {
            state.succeed(calls[next.slot], found: nil, at: next.return)
        }
    }
}
