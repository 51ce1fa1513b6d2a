import HistoryModel

/// Shows by counting that a value was taken more often than it can have been put in by then.
///
/// Holds for queues and stacks of any kind, whatever the order, and where values come back.
struct CountingBound {
    /// A word for what it finds.
    static let violationKind = "phantom-value"

    private struct Record {
        /// In the order of their calls, as are the calls themselves.
        var puts: [Int32] = []
        var putCalls: [Int] = []
        /// How many puts failed.
        var failed = 0
        /// In the order of their calls.
        var takes: [(return: Int, source: Int32)] = []
    }

    /// Whether nothing else was done, which may have put in anything.
    private var isKnown = true
    private var records: [Value: Record] = [:]
    /// How often each value was there at first.
    private var initial: [Value: Int] = [:]

    /// Looks through the operations on one object.
    init(_ subhistory: Subhistory, put: Function, take: Function, initial: [Value]) {
        // In the order of the list.
        for value in initial { self.initial[value, default: 0] += 1 }
        for member in subhistory.members {
            let operation = subhistory.operations[Int(member)]
            guard operation.outcome != .fail else {
                if operation.function == put {
                    records[operation.input, default: Record()].failed += 1
                }
                continue
            }
            if operation.function == put, operation.input != .null {
                records[operation.input, default: Record()].putCalls.append(operation.call)
                records[operation.input, default: Record()].puts.append(member)
            } else if operation.function != take {
                isKnown = false
            } else if operation.outcome == .ok, operation.output != .null {
                records[operation.output, default: Record()].takes.append(
                    (operation.return ?? .max, member))
            }
        }
    }

    /// The first that was taken too often; nil if nothing was.
    ///
    /// - Complexity: O(n log n).
    func finding() -> MonitorFinding? {
        guard isKnown else { return nil }
        var first: (return: Int, value: Value, takes: [Int32], puts: [Int32])?
        // In any order: no two return at the same time.
        for (value, record) in records {
            let takes = record.takes.sorted { $0.return < $1.return }
            for (before, take) in takes.enumerated() where take.return < first?.return ?? .max {
                let puts = record.putCalls.countBelow(take.return)
                guard before >= puts + initial[value, default: 0] else { continue }
                first = (
                    take.return, value, takes[...before].map(\.source), Array(record.puts[..<puts])
                )
                break
            }
        }
        return first.map { tell($0.value, $0.takes, $0.puts) }
    }

    private func tell(_ value: Value, _ takes: [Int32], _ puts: [Int32]) -> MonitorFinding {
        let before = initial[value, default: 0]
        return MonitorFinding(members: takes + puts) { participants, place in
            let last = place(takes[takes.count - 1])
            let failed = records[value]?.failed ?? 0
            let brought = puts.isEmpty ? "nobody" : "only \(participants.list(puts.map(place)))"
            let held =
                before == 0 ? [] : ["At first \(value) was there \(Witnesses.times(before))."]
            let summary =
                puts.count + before == 0
                ? "\(participants.name(last)) took a value that nobody had put in."
                : "\(participants.list(takes.map(place).sorted())) took \(value), which can have been "
                    + "there only \(Witnesses.times(puts.count + before))."
            return Explanation(
                summary: summary,
                steps: held + [
                    "When \(participants.name(last)) returned (event \(participants.return(last))), \(brought) had "
                        + "begun to put \(value) in\(failed > 0 ? ", but for attempts that failed" : "")."
                ])
        }
    }
}
