import GossipCore
import Testing
import Vocabulary

/// Section 1.3 of the paper by Demers and others (1987).
@Suite struct `Anti-entropy` {
    private func pair(
        _ comparison: AntiEntropySettings.Comparison, _ direction: Direction
    ) -> (ScriptedNode, ScriptedNode) {
        let change = { (configuration: inout GossipConfiguration) in
            configuration.rumors = nil
            configuration.antiEntropy?.comparison = comparison
            configuration.antiEntropy?.direction = direction
        }
        return (
            ScriptedNode(id: 1, members: 2, change: change),
            ScriptedNode(id: 2, members: 2, change: change)
        )
    }

    /// Runs one exchange that the left node begins; returns the messages.
    private func exchange(
        _ left: inout ScriptedNode, _ right: inout ScriptedNode
    ) -> [GossipMessage] {
        var messages = left.tick().messages.map(\.message)
        var all = messages
        var isRight = true
        while !messages.isEmpty {
            var answers: [GossipMessage] = []
            for message in messages {
                answers +=
                    (isRight ? right.receive(message, from: 1) : left.receive(message, from: 2))
                    .messages.map(\.message)
            }
            messages = answers
            all += messages
            isRight.toggle()
        }
        return all
    }

    @Test(arguments: Direction.allCases, [AntiEntropySettings.Comparison.full, .versions, .digest])
    func `takes and gives as it was told`(
        direction: Direction, comparison: AntiEntropySettings.Comparison
    ) {
        var (left, right) = pair(comparison, direction)
        left.put("both", "old")
        right.put("both", "new", seen: 5)
        left.put("left", "1")
        right.put("right", "2")
        let messages = exchange(&left, &right)
        #expect(messages.count <= 3)
        #expect((left.core.entry(of: "right") != nil) == direction.pulls)
        #expect((right.core.entry(of: "left") != nil) == direction.pushes)
        #expect(left.core.entry(of: "both")?.value == (direction.pulls ? "new" : "old"))
    }

    @Test(arguments: [AntiEntropySettings.Comparison.versions, .digest, .ranges])
    func `only differences travel`(comparison: AntiEntropySettings.Comparison) {
        var (left, right) = pair(comparison, .pushPull)
        for key in 0..<600 { left.put("k\(key)", "\(key)") }
        // A large state takes several messages of ranges, and the maxima go with the next digest.
        for _ in 0..<2 { _ = exchange(&left, &right) }
        #expect(left.core.entries == right.core.entries)
        left.put("k7", "other")
        right.put("k9", "other")
        right.delete("k11")
        let messages = exchange(&left, &right)
        #expect(left.core.entries == right.core.entries)
        #expect(messages.flatMap(\.entries).map(\.key).sorted() == ["k11", "k7", "k9"])
    }

    @Test(arguments: [AntiEntropySettings.Comparison.digest, .ranges])
    func `equal states cost one small message`(comparison: AntiEntropySettings.Comparison) {
        var (left, right) = pair(comparison, .pushPull)
        for key in 0..<100 { left.put("k\(key)", "\(key)") }
        for _ in 0..<2 { _ = exchange(&left, &right) }
        let messages = exchange(&left, &right)
        #expect(messages.count == 1)
        #expect(messages.allSatisfy { $0.bytes < 100 })
    }

    @Test func `a delta that does not fit is continued, oldest first`() {
        var left = ScriptedNode(id: 1, members: 2) {
            $0.rumors = nil
            $0.streamBytesMax = 0
        }
        var right = ScriptedNode(id: 2, members: 2) {
            $0.rumors = nil
            $0.streamBytesMax = 0
        }
        for key in 0..<100 { left.put("k\(key)", "\(key)") }
        var counts: [Int] = []
        while right.core.entries.count < 100, counts.count < 20 {
            let messages = exchange(&left, &right)
            #expect(messages.allSatisfy { $0.bytes <= 1400 })
            counts.append(right.core.entries.count)
            let versions = right.core.entries.map(\.stamp.version).sorted()
            #expect(versions == (1...UInt64(max(1, versions.count))).map { $0 })
        }
        #expect(counts.count > 2)
        #expect(right.core.entries == left.core.entries)
    }

    @Test func `a delta with an entry that is refused leaves a gap`() {
        var (left, _) = pair(.digest, .pushPull)
        let large = Entry.of("b", String(repeating: "x", count: 70_000), version: 2, by: 2)
        for entry in [large, .of("b", "small", version: 2, by: 2)] {
            left.receive(
                .delta(
                    Delta(parts: [
                        .init(
                            writer: Writer(NodeID(2)), after: 0, through: 2,
                            entries: [.of("a", "1", version: 1, by: 2), entry])
                    ])), from: 2)
        }
        #expect(left.core.entry(of: "b")?.value == "small")
    }

    @Test func `a node that lost everything is given all of it again`() {
        var (left, _) = pair(.digest, .pushPull)
        for key in 0..<50 { left.put("k\(key)", "\(key)") }
        var right = ScriptedNode(id: 2, members: 2) {
            $0.rumors = nil
            $0.generation = 2
        }
        _ = exchange(&left, &right)
        #expect(right.core.entries == left.core.entries)
    }

    /// A state of 20,000 keys that differs in 20 is mended with little: in proportion as the 100,000
    /// keys that differ in 100 of the benchmark.
    @Test func `large states that differ little cost little`() {
        var (left, right) = pair(.ranges, .pushPull)
        var records: [StoreRecord] = []
        let value = String(repeating: "x", count: 128)
        for key in 1...20_000 {
            records.append(.entry(.of("key-\(key)", value, version: Version(key), by: 1)))
        }
        left = ScriptedNode(id: 1, members: 2, state: .init(records: records)) {
            $0.rumors = nil
            $0.antiEntropy?.comparison = .ranges
        }
        records.removeAll { record in
            if case .entry(let entry) = record { return entry.stamp.version % 1000 == 0 }
            return false
        }
        right = ScriptedNode(id: 2, members: 2, state: .init(records: records)) {
            $0.rumors = nil
            $0.antiEntropy?.comparison = .ranges
        }
        #expect(right.core.entries.count == 19_980)
        let messages = exchange(&left, &right)
        #expect(left.core.stateHash == right.core.stateHash)
        let bytes = messages.reduce(0) { $0 + $1.bytes }
        #expect(bytes < 20_000 * 160 / 50)
    }
}
