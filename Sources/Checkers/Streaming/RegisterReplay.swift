import HistoryModel

/// What a stream makes of the recorded operations on one register.
struct RegisterReplay {
    /// Why the stream came to its end; nil if it took in everything.
    private(set) var end: StreamEnd?
    /// The operations that bear on the verdict, as far as the stream came.
    private(set) var judged = 0
    /// The most operations that were under way at a time, unknowns apart.
    private(set) var concurrency = 0
    /// Whether an operation is none of a register.
    private(set) var hasStranger = false
    /// How many values the stream remembered at its end.
    private(set) var remembered = 0

    /// Feeds a stream with all operations, in the order of their calls, unless it ends before.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    init(members: [Int32], of list: OperationList, initial: Value, reading: RegisterReading) {
        let reader = RegisterReader(reading, of: list)
        var feed = RegisterFeed(initial: reader.code(ofInitial: initial))
        var hasStranger = false
        list.forEach(at: members) { _, operation in
            switch reader.meaning(of: operation) {
            case .nothing: break
            case .unintelligible: hasStranger = true
            case .something(let kind, let before, let after):
                feed.finish(before: operation.call)
                feed.begin(kind, before, after, operation)
            }
            return feed.state.end == nil && !hasStranger
        }
        if feed.state.end == nil, !hasStranger { feed.finish(before: .max) }
        self.hasStranger = hasStranger
        end = feed.state.end
        judged = feed.state.judged
        remembered = feed.state.remembered
        concurrency = feed.concurrency
    }
}

/// Ends operations in the right order among the calls of others.
private struct RegisterFeed: ~Copyable {
    private(set) var state: RegisterState
    private(set) var concurrency = 0
    /// What is under way, the next to return last.
    private var pending: [(return: UInt32, slot: Int32)] = []
    private var slots: [RegisterStream.Open] = []
    private var free: [Int32] = []

    init(initial: ValueCode) { state = RegisterState(initial: initial) }

    mutating func begin(
        _ kind: RegisterOperation.Kind, _ before: ValueCode, _ after: ValueCode,
        _ operation: PackedOperation
    ) {
        let isUnknown = operation.knownReturn == RegisterOperation.never
        let open = state.begin(
            kind, before: before, after: after, at: Int(operation.call), isOpenEnded: isUnknown)
        guard !isUnknown else { return }
        var slot = Int32(slots.count)
        if free.isEmpty {
            slots.append(open)
        } else {
            slot = free.removeLast()
            slots[Int(slot)] = open
        }
        var place = pending.count
        pending.append((operation.return, slot))
        while place > 0, pending[place - 1].return < operation.return {
            pending[place] = pending[place - 1]
            place -= 1
        }
        pending[place] = (operation.return, slot)
        concurrency = max(concurrency, pending.count)
    }

    /// Ends what returned before a moment.
    mutating func finish(before time: UInt32) {
        while let next = pending.last, next.return < time {
            pending.removeLast()
            free.append(next.slot)
            state.succeed(slots[Int(next.slot)], found: nil, at: Int(next.return))
        }
    }
}
