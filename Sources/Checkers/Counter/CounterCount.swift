import HistoryModel

/// Shows by counting increments between two reads that a counter can't have come to what was read.
///
/// If one read comes before another, the increments that lie between them are no more, and those
/// that touch the time between them no fewer, than what the counter grew by. As far as these hold
/// for all pairs of reads, with the beginning as one, the operations can be put in order: each step
/// of the counter has a span of time, the spans rise, and so Hall's condition need only be looked
/// at for steps in a row.
struct CounterCount {
    /// One read that has returned.
    struct Read {
        var amount: Int64
        var source: Int32
        var call: Int
        var `return`: Int
    }

    /// One increment.
    struct Increment {
        var source: Int32
        var call: Int
        /// The largest number if it has not returned.
        var `return`: Int
    }

    /// Two reads, and the increments that are too many or too few between them.
    struct Violation {
        /// The names group violations alike.
        enum Kind: String {
            /// The first found more than the second, and had returned before.
            case backwards = "stale-read"
            case tooMany = "lost-update"
            case tooFew = "phantom-value"
        }

        var kind: Kind
        /// Nil for the beginning.
        var first: Read?
        var second: Read
        var increments: [Increment]
    }

    let initial: Int64
    private var reads: [Read] = []
    private var increments: [Increment] = []
    /// The last event that counts.
    private let end: Int

    /// Takes the operations on a counter that is increased by one only, until an event.
    init(_ members: [Int32], of list: OperationList, initial: Int64, until end: Int) {
        self.initial = initial
        self.end = end
        let read = list.number(of: .read)
        list.forEach(at: members) { member, operation in
            let call = Int(operation.call)
            guard operation.outcome != .fail, call < end else { return true }
            let hasReturned = operation.knownReturn <= end
            if operation.function != read {
                let back = hasReturned ? operation.knownReturn : Int.max
                increments.append(Increment(source: member, call: call, return: back))
            } else if hasReturned, case .integer(let amount) = list.pool.value(of: operation.output)
            {
                reads.append(
                    Read(
                        amount: amount, source: member, call: call,
                        return: operation.knownReturn))
            }
            return true
        }
    }

    /// The violation that takes the fewest operations to show, if there is one that the last event
    /// takes part in.
    ///
    /// - Complexity: O(n log n).
    func violation() -> Violation? {
        guard let last = reads.first(where: { $0.return == end }) else { return nil }
        let start = Read(amount: initial, source: -1, call: -1, return: -1)
        let calls = increments.map(\.call)
        let returns = increments.map(\.return).sorted()
        let inside = increments.filter { $0.return < last.call }.map(\.call)
        var best: (size: Int64, kind: Violation.Kind, first: Read, second: Read)?
        func note(_ size: Int64, _ kind: Violation.Kind, _ first: Read, _ second: Read) {
            if size < best?.size ?? .max { best = (size, kind, first, second) }
        }
        for other in [start] + reads where other.source != last.source {
            let growth = last.amount - other.amount
            if growth < 0, other.return < last.call { note(0, .backwards, other, last) }
            if growth >= 0 {
                // None if the other read returned later.
                let between = inside.count - inside.countBelow(other.return)
                if between > growth { note(growth + 1, .tooMany, other, last) }
            }
            let (first, second) = growth >= 0 ? (other, last) : (last, other)
            guard first.call < second.return else { continue }
            let touching = calls.countBelow(second.return) - returns.countBelow(first.call)
            if touching < abs(growth) { note(Int64(touching), .tooFew, first, second) }
        }
        return best.map { violation($0.kind, $0.first, $0.second) }
    }

    private func violation(_ kind: Violation.Kind, _ first: Read, _ second: Read) -> Violation {
        var part: [Increment] = []
        switch kind {
        case .backwards: break
        case .tooMany:
            part = increments.filter { $0.call > first.return && $0.return < second.call }
            part = Array(part.prefix(Int(second.amount - first.amount) + 1))
        case .tooFew:
            part = increments.filter { $0.call < second.return && $0.return > first.call }
        }
        return Violation(
            kind: kind, first: first.source < 0 ? nil : first, second: second, increments: part)
    }
}
