import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// The rule that finds stale observers without search.
@Suite struct StalenessRuleTests {
    /// The rule as it is put in words, looking at all pairs.
    private func isStale(_ reader: RegisterOperation, in operations: [RegisterOperation]) -> Bool {
        guard reader.observes, !reader.isUnknown else { return false }
        let bringers = operations.filter {
            $0.mutates && $0.after == reader.before && $0.call < reader.return
        }
        let initially = reader.before == RegisterHistory.initialValue ? [-1] : [-2]
        let latest = (bringers.map(\.return) + initially).max() ?? -2
        // A value that nobody can have brought is as good as gone.
        return latest == -2
            || operations.contains {
                $0.return < reader.call && $0.after != reader.before && $0.call > latest
            }
    }

    @Test func `it finds what looking at all pairs finds, and accuses nobody wrongly`() throws {
        var random = RandomHistory(rng: Seed(91).stream("histories"), uniqueValues: false)
        var found = 0
        for round in 0..<Fuzzing.rounds(5_000) {
            let history = History(events: random.events(count: 2 + round % 9))
            let list = try OperationList(history)
            let reduced = RegisterHistory(
                members: list.indices.map { Int32($0) }, of: list, initial: .null)
            let stale = reduced.operations.indices.filter {
                isStale(reduced.operations[$0], in: reduced.operations)
            }
            let first = stale.min {
                reduced.operations[$0].return < reduced.operations[$1].return
            }
            try #require(reduced.staleObserver() == first, "\(render(history))")
            guard first != nil else { continue }
            found += 1
            try #require(!BruteForce.isLinearizable(list), "\(render(history))")
        }
        #expect(found > Fuzzing.rounds(5_000) / 20)
    }

    @Test(arguments: ["mutex", "lock"])
    func `a lock that is held at first is not for a stream`(name: String) throws {
        let model = try #require(ObjectModel.named(name))
        for (initial, verdict) in [("held" as Value, Verdict.unknown), ("free", .valid)] {
            var checker = try #require(StreamingChecker(model: model, initial: initial))
            for event in try History(script: "0 :invoke :acquire nil\n0 :ok :acquire nil").events {
                try checker.add(event)
            }
            #expect(checker.verdict == verdict)
        }
    }

    @Test func `nothing is not a value of a queue`() throws {
        var checker = try #require(StreamingChecker(model: .queue))
        for event in try History(script: "0 :invoke :enqueue nil\n0 :ok :enqueue nil").events {
            try checker.add(event)
        }
        #expect(checker.verdict == .unknown)
    }
}
