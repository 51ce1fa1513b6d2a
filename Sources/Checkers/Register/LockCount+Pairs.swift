import HistoryModel

extension LockCount {
    /// Pairs of acquires, or of releases, with nothing of the other kind between the two but what is
    /// of unknown outcome; and all of that, which is less than there are pairs.
    struct Pairs {
        var isOfAcquires: Bool
        var pairs: [(first: Int, second: Int)]
        var between: [Int]
    }

    /// The fewest pairs from the beginning on that are more than what can have come between.
    ///
    /// The pairs follow each other in real time, so no operation comes between two of them.
    /// - Complexity: O(n log n).
    func pairs(ofAcquires wanted: Bool) -> Pairs? {
        let operations = history.operations
        let others = operations.indices.filter { isAcquire(operations[$0]) != wanted }
        let unknown = others.filter { operations[$0].isUnknown }
        let known = others.filter { !operations[$0].isUnknown }
        let calls = known.map { operations[$0].call }
        let returns = known.map { operations[$0].return }.sorted()
        let mine = operations.indices
            .filter { isAcquire(operations[$0]) == wanted && !operations[$0].isUnknown }
            .sorted { operations[$0].return < operations[$1].return }
        var pairs: [(first: Int, second: Int)] = []
        for (first, second) in zip(mine, mine.dropFirst()) {
            let (start, end) = (operations[first].call, operations[second].return)
            guard operations[first].return < operations[second].call,
                calls.countBelow(end) == returns.countBelow(start)
            else { continue }
            pairs.append((first, second))
            let between = unknown.prefix { operations[$0].call < end }
            if pairs.count > between.count {
                return Pairs(isOfAcquires: wanted, pairs: pairs, between: Array(between))
            }
        }
        return nil
    }

    func tell(_ found: Pairs) -> MonitorFinding {
        let sources = { (index: Int) in history.operations[index].source }
        let pairs = found.pairs.map { (sources($0.first), sources($0.second)) }
        let between = found.between.map(sources)
        let kind = found.isOfAcquires ? "acquire" : "release"
        let other = found.isOfAcquires ? "release" : "acquire"
        return MonitorFinding(members: pairs.flatMap { [$0.0, $0.1] } + between) {
            participants, place in
            let spans = pairs.prefix(6).map { pair in
                let (a, b) = (place(pair.0), place(pair.1))
                return
                    "\(participants.returnedBefore(a, b)); from event \(participants.call(a)) to event "
                    + "\(participants.return(b)) no \(other) of known outcome was under way."
            }
            let more =
                pairs.count > spans.count
                ? ["So it was with \(pairs.count - spans.count) more pairs of \(kind)s after that."]
                : []
            let only =
                between.isEmpty
                ? "There is none of unknown outcome either."
                : "Only \(participants.list(between.map(place))) can have come between, each of them once, "
                    + "which is too few."
            return Explanation(
                summary: summary(found, participants, place),
                steps: spans + more + [
                    "Between any two \(kind)s there has to be one \(other).", only,
                ],
                precedences: pairs.map { participants.realTime(place($0.0), place($0.1)) })
        }
    }

    private func summary(_ found: Pairs, _ participants: Participants, _ place: (Int32) -> Int)
        -> String
    {
        let kind = found.isOfAcquires ? "acquire" : "release"
        let other = found.isOfAcquires ? "release" : "acquire"
        if let pair = found.pairs.first, found.pairs.count == 1, found.between.isEmpty {
            let names = [pair.first, pair.second].map {
                participants.label(place(history.operations[$0].source))
            }
            return "\(names[1]) followed \(names[0]), which is \(found.isOfAcquires ? "an" : "a") "
                + "\(kind) too, and no \(other) can have come between them."
        }
        return "\(found.pairs.count) times two \(kind)s came one after the other, and only "
            + "\(found.between.count) \(other)s can have come between them."
    }
}
