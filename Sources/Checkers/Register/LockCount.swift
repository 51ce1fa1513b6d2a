import HistoryModel

/// Shows by counting that a lock was acquired or released too often.
///
/// Between two acquires there is a release. So if n acquires began and ended within a span of
/// time, at least n − 1 releases were under way at some moment of it; and the other way round.
struct LockCount {
    /// The most operations of which every span is looked at.
    private static let spannedMax = 3_000
    let history: RegisterHistory

    /// Nil if there is more than acquiring and releasing.
    init?(_ history: RegisterHistory) {
        guard !history.startsAnywhere,
            history.operations.allSatisfy({ $0.kind == .cas })
        else { return nil }
        self.history = history
    }

    /// A span of time, and what happened in it.
    private struct Span {
        var isOfAcquires: Bool
        /// Those that began and ended within it.
        var inside: [Int]
        /// Those of the other kind that were under way at some moment of it.
        var between: [Int]
    }

    /// The few pairs, or the shortest span, in which there is too much of one kind, if there are any.
    func finding() -> MonitorFinding? {
        let few = [true, false].compactMap { pairs(ofAcquires: $0) }
            .min { $0.pairs.count < $1.pairs.count }
        if let few { return tell(few) }
        guard history.operations.count <= Self.spannedMax else { return nil }
        let spans = [true, false].compactMap { shortest(ofAcquires: $0) }
        guard let span = spans.min(by: { $0.inside.count < $1.inside.count }) else { return nil }
        let operations = history.operations
        let inside = span.inside.map { operations[$0].source }
        let between = span.between.map { operations[$0].source }
        let kind = span.isOfAcquires ? "acquire" : "release"
        let other = span.isOfAcquires ? "release" : "acquire"
        return MonitorFinding(members: inside + between) { participants, place in
            let start = inside.map { participants.call(place($0)) }.min() ?? 0
            let end = inside.map { participants.return(place($0)) }.max() ?? 0
            let others =
                between.isEmpty
                ? "But no \(other) was under way at any moment of it."
                : "But no \(other) other than \(participants.list(between.map(place).sorted())) was under "
                    + "way at any moment of it."
            return Explanation(
                summary: "Between event \(start) and event \(end) there were \(inside.count) "
                    + "\(kind)s, but no more than \(between.count) \(other)s.",
                steps: [
                    "\(participants.list(inside.map(place).sorted())) each began and ended there, and "
                        + "succeeded.",
                    "Between any two \(kind)s there has to be one \(other), so there had to be "
                        + "\(inside.count - 1).", others,
                ])
        }
    }

    func isAcquire(_ operation: RegisterOperation) -> Bool {
        operation.before == RegisterHistory.initialValue
    }

    private func shortest(ofAcquires wanted: Bool) -> Span? {
        let operations = history.operations
        let mine = operations.indices.filter { isAcquire(operations[$0]) == wanted }
        let others = operations.indices.filter { isAcquire(operations[$0]) != wanted }
        let known = mine.filter { !operations[$0].isUnknown }
            .sorted { operations[$0].return < operations[$1].return }
        var best: (length: Int, start: Int, end: Int)?
        for first in known {
            let start = operations[first].call
            let open = others.filter { operations[$0].return > start }
            var inside = 0
            var between = 0
            for last in known where operations[last].call >= start {
                inside += 1
                let end = operations[last].return
                while between < open.count, operations[open[between]].call < end { between += 1 }
                if inside - between >= 2, end - start < best?.length ?? .max {
                    best = (end - start, start, end)
                }
            }
        }
        guard let best else { return nil }
        return Span(
            isOfAcquires: wanted,
            inside: known.filter {
                operations[$0].call >= best.start && operations[$0].return <= best.end
            },
            between: others.filter {
                operations[$0].call < best.end && operations[$0].return > best.start
            })
    }
}
