import HistoryModel

/// Feeds a stream with the recorded operations on one register.
struct RegisterReplay {
    /// The stream, as far as it came.
    private(set) var stream: RegisterStream
    /// The most operations that were under way at a time, unknowns apart.
    private(set) var concurrency = 0
    /// Whether an operation is none of a register.
    private(set) var hasStranger = false
    /// What is under way, the next to return last.
    private var pending: [(return: UInt32, slot: Int32)] = []
    private var slots: [RegisterStream.Open] = []
    private var free: [Int32] = []

    /// Feeds all operations, in the order of their calls, unless the stream ends before.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    init(members: [Int32], of list: OperationList, initial: Value, reading: RegisterReading) {
        let reader = RegisterReader(reading, of: list)
        stream = RegisterStream(initial: reader.code(ofInitial: initial))
        for (_, operation) in GatheredOperations(members, of: list) {
            guard stream.end == nil else { return }
            switch reader.meaning(of: operation) {
            case .nothing: break
            case .unintelligible:
                hasStranger = true
                return
            case .something(let kind, let before, let after):
                while let next = pending.last, next.return < operation.call { finish(next) }
                begin(kind, before, after, operation)
            }
        }
        while let next = pending.last { finish(next) }
    }

    private mutating func begin(
        _ kind: RegisterOperation.Kind, _ before: ValueCode, _ after: ValueCode,
        _ operation: PackedOperation
    ) {
        let isUnknown = operation.knownReturn == RegisterOperation.never
        let open = stream.begin(
            kind, before: before, after: after, at: Int(operation.call), isOpenEnded: isUnknown)
        guard !isUnknown else { return }
        let slot = free.popLast() ?? Int32(slots.count)
        if Int(slot) == slots.count { slots.append(open) } else { slots[Int(slot)] = open }
        var place = pending.endIndex
        while place > 0, pending[place - 1].return < operation.return { place -= 1 }
        pending.insert((operation.return, slot), at: place)
        concurrency = max(concurrency, pending.count)
    }

    private mutating func finish(_ next: (return: UInt32, slot: Int32)) {
        pending.removeLast()
        free.append(next.slot)
        stream.succeed(slots[Int(next.slot)], at: Int(next.return))
    }
}
