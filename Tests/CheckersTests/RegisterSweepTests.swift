import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// Many registers side by side come to what each comes to by itself.
@Suite struct RegisterSweepTests {
    /// Histories of many keys, each event at a random moment among those of the others.
    private func mixed(_ histories: [[Event]], _ rng: inout RandomStream) -> [Event] {
        var next = [Int](repeating: 0, count: histories.count)
        var left = histories.indices.flatMap { Array(repeating: $0, count: histories[$0].count) }
        left.shuffle(using: &rng)
        return left.enumerated().map { index, key in
            var event = histories[key][next[key]]
            next[key] += 1
            event.index = index
            event.key = .integer(Int64(key))
            event.process = ProcessID(event.process.rawValue * histories.count + key)
            return event
        }
    }

    private func sweep(
        _ list: OperationList, share: KeyShare = .whole
    ) -> [ValueCode: RegisterReplay]? {
        RegisterSweep.replays(of: list, .register, initial: .null, share: share).map {
            Dictionary(uniqueKeysWithValues: $0.map { ($0.key, $0.replay) })
        }
    }

    @Test func `each key comes to what it comes to alone, whatever the tiles and the share`() throws
    {
        var rng = Seed(91).stream("keys")
        var random = RandomHistory(rng: Seed(92).stream("histories"), uniqueValues: true)
        var ends: Set<StreamEnd?> = []
        for round in 0..<Fuzzing.rounds(20) {
            let histories = (0..<20).map { key in
                random.liesPerMille = key % 7 == 3 ? 5 : 0
                return random.events(count: key == 0 ? 6_000 : 100 + 10 * key)
            }
            let list = try OperationList(History(events: mixed(histories, &rng)))
            let whole = try #require(sweep(list))
            let shares = (0..<3).map { sweep(list, share: KeyShare(part: $0, parts: 3)) ?? [:] }
            #expect(shares.reduce(0) { $0 + $1.count } == 20, "round \(round)")
            for (key, members) in LinearizabilityChecker.groups(of: list, by: \.group) {
                let alone = RegisterReplay(
                    members: members, of: list, initial: .null, reading: .register)
                let code = try #require(list.pool.knownCode(of: key))
                for found in [whole[code]] + shares.compactMap({ $0[code] }) {
                    #expect(found?.end == alone.end, "round \(round), key \(key)")
                    #expect(found?.judged == alone.judged)
                    #expect(found?.concurrency == alone.concurrency)
                    #expect(found?.remembered == alone.remembered)
                }
                ends.insert(alone.end)
            }
        }
        #expect(ends.contains(nil) && ends.contains(.violation))
    }

    @Test func `one key among many is found out, and only that one`() throws {
        var rng = Seed(93).stream("keys")
        var random = RandomHistory(rng: Seed(94).stream("histories"), uniqueValues: true)
        random.liesPerMille = 0
        var histories = (0..<40).map { _ in random.events(count: 200) }
        histories[17] += [
            Event(index: 0, process: ProcessID(900), type: .invoke, function: .read),
            Event(index: 0, process: ProcessID(900), type: .ok, function: .read, value: 77_777_777),
        ]
        let list = try OperationList(History(events: mixed(histories, &rng)))
        let checks = LinearizabilityChecker().keyChecks(of: list)
        #expect(checks.map(\.key) == (0..<40).map { .integer($0) })
        for var check in checks {
            while !check.advance(steps: 10) {}
            #expect(check.conclusion?.verdict == (check.key == 17 ? .invalid : .valid))
            #expect(check.conclusion?.method == .monitor)
            #expect((check.conclusion?.counterexample == nil) == (check.key != 17))
        }
    }

    @Test func `it is given up where values come back, and where there are few operations a key`()
        throws
    {
        var rng = Seed(95).stream("keys")
        var random = RandomHistory(rng: Seed(96).stream("histories"), uniqueValues: false)
        let repeating = (0..<20).map { _ in random.events(count: 100) }
        #expect(sweep(try OperationList(History(events: mixed(repeating, &rng)))) == nil)
        // As long as no more than half of them do.
        random = RandomHistory(rng: Seed(98).stream("histories"), uniqueValues: true)
        random.liesPerMille = 0
        let half = repeating[..<2] + (0..<2).map { _ in random.events(count: 100) }
        let halfList = try OperationList(History(events: mixed(Array(half), &rng)))
        #expect(sweep(halfList)?.values.count { $0.end == nil } == 2)
        random = RandomHistory(rng: Seed(97).stream("histories"), uniqueValues: true)
        random.liesPerMille = 0
        let sparse = (0..<65).map { _ in random.events(count: 3) }
        let list = try OperationList(History(events: mixed(sparse, &rng)))
        #expect(sweep(list) == nil)
        #expect(LinearizabilityChecker().check(list).verdict == .valid)
        let fewer = try OperationList(History(events: mixed(Array(sparse.dropLast()), &rng)))
        #expect(sweep(fewer)?.count == 64)
    }
}
