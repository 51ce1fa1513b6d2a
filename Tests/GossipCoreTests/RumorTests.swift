import GossipCore
import Testing
import Vocabulary

/// Section 1.4 of the paper by Demers and others (1987).
@Suite struct `Rumor mongering` {
    private func node(
        members: Int = 5, _ change: (inout RumorSettings) -> Void = { _ in },
        defects: GossipDefects = []
    ) -> ScriptedNode {
        ScriptedNode(members: members) {
            var settings = RumorSettings()
            change(&settings)
            $0.rumors = settings
            $0.antiEntropy = nil
            $0.defects = defects
        }
    }

    private func feedback(_ entry: Entry, needed: Bool) -> GossipMessage {
        .rumors(
            RumorExchange(feedback: [.init(key: entry.key, stamp: entry.stamp, wasNeeded: needed)]))
    }

    @Test func `peers that were sent it are passed over while others are left`() {
        var node = node { $0.fanOut = 1 }
        node.put("k", "a")
        let receivers = (0..<4).flatMap { _ in node.tick().messages.map(\.to.rawValue) }
        #expect(receivers.sorted() == [2, 3, 4, 5])
    }

    @Test func `the fan-out is that many different peers`() {
        var node = node { $0.fanOut = 3 }
        node.put("k", "a")
        let receivers = node.tick().messages.map(\.to.rawValue)
        #expect(Set(receivers).count == 3)
        #expect(!receivers.contains(1))
    }

    @Test func `nothing is sent back to where it came from`() {
        for source in 2...5 {
            var node = node { $0.fanOut = 1 }
            let entry = Entry.of("k", "a", version: 3, by: source)
            node.receive(.rumors(RumorExchange(rumors: [entry])), from: source)
            let receivers = (0..<9).flatMap { _ in node.tick().messages.map(\.to.rawValue) }
            #expect(receivers.count >= 3)
            #expect(!receivers.contains(source))
        }
    }

    @Test func `interest is lost after so many vain contacts`() {
        var node = node { $0.interest = .counter(2) }
        node.put("k", "a")
        let entry = Entry.of("k", "a", version: 1, by: 1)
        node.receive(feedback(entry, needed: false), from: 2)
        node.receive(feedback(entry, needed: true), from: 3)
        #expect(node.core.rumorCount == 1)
        node.receive(feedback(entry, needed: false), from: 4)
        #expect(node.core.rumorCount == 0)
    }

    @Test func `by rounds, a round in which anybody needed it sets the count back`() {
        var node = node {
            $0.interest = .counter(2)
            $0.count = .byRound
        }
        node.put("k", "a")
        let entry = Entry.of("k", "a", version: 1, by: 1)
        for needed in [false, true, false] {
            node.receive(feedback(entry, needed: needed), from: 2)
            node.receive(feedback(entry, needed: false), from: 3)
            node.tick()
            #expect(node.core.rumorCount == 1)
        }
        node.receive(feedback(entry, needed: false), from: 2)
        node.tick()
        #expect(node.core.rumorCount == 0)
    }

    @Test func `blind, interest is lost after so many rounds`() {
        var node = node(members: 30) {
            $0.hasFeedback = false
            $0.interest = .counter(3)
        }
        node.put("k", "a")
        let sent = (0..<9).map { _ in node.tick().messages.count }
        #expect(sent == [2, 2, 2, 0, 0, 0, 0, 0, 0])
    }

    @Test func `the receiver says whether it needed it`() {
        var node = node()
        let entry = Entry.of("k", "a", version: 3, by: 2)
        let rumor = GossipMessage.rumors(RumorExchange(rumors: [entry]))
        #expect(
            node.receive(rumor, from: 2).messages.map(\.message) == [feedback(entry, needed: true)])
        #expect(
            node.receive(rumor, from: 3).messages.map(\.message) == [feedback(entry, needed: false)]
        )
    }

    @Test func `a rumor counts as needed until it is durable`() {
        var node = node()
        node.diskIsInstant = false
        let entry = Entry.of("k", "a", version: 3, by: 2)
        let rumor = GossipMessage.rumors(RumorExchange(rumors: [entry]))
        for sender in [2, 3] {
            #expect(
                node.receive(rumor, from: sender).messages.map(\.message)
                    == [feedback(entry, needed: true)])
        }
        node.completeDisk()
        #expect(
            node.receive(rumor, from: 3).messages.map(\.message) == [feedback(entry, needed: false)]
        )
    }

    @Test func `an exchange both ways takes three messages`() throws {
        var left = node(members: 2) { $0.direction = .pushPull }
        var right = ScriptedNode(id: 2, members: 2) {
            $0.rumors?.direction = .pushPull
            $0.antiEntropy = nil
        }
        left.put("l", "1")
        right.put("r", "2")
        let first = try #require(left.untilSending().messages.first)
        let second = try #require(right.receive(first.message, from: 1).messages.first)
        let third = try #require(left.receive(second.message, from: 2).messages.first)
        #expect(right.receive(third.message, from: 1).isEmpty)
        #expect(left.core.entries == right.core.entries)
        #expect(left.core.entries.count == 2)
    }

    @Test func `a newer write of the key is told to those who were told the older`() {
        for (defects, count) in [(GossipDefects(), 4), ([.sentNotCleared], 0)] {
            var node = node({ $0.fanOut = 1 }, defects: defects)
            node.put("k", "a")
            for _ in 0..<4 { node.tick() }
            node.put("k", "b")
            let messages = (0..<4).flatMap { _ in node.tick().messages }
            #expect(messages.count == count)
        }
    }

    @Test func `whom it told is noted, unless that is too much`() {
        for notes in [true, false] {
            var node = ScriptedNode { $0.notesPropagation = notes }
            node.put("k", "a")
            node.tick()
            #expect(node.traces.contains { $0.name == "told" } == notes)
        }
    }

    @Test func `what does not fit a datagram goes in several`() {
        var node = node { $0.fanOut = 1 }
        for key in 0..<100 { node.put("k\(key)", String(repeating: "x", count: 50)) }
        let messages = node.tick().messages
        #expect(messages.count > 7)
        #expect(messages.allSatisfy { $0.message.bytes <= 1400 })
        #expect(messages.flatMap(\.message.entries).count == 100)
    }

    @Test func `chosen peers are uniform`() {
        var counts = [Int](repeating: 0, count: 10)
        var node = node(members: 10) {
            $0.fanOut = 1
            $0.skipsTold = false
            $0.interest = .counter(.max)
        }
        node.put("k", "a")
        for _ in 0..<9000 {
            for message in node.tick().messages { counts[message.to.rawValue - 1] += 1 }
        }
        #expect(counts[0] == 0)
        // Chi-square with 8 degrees of freedom: 26.1 is passed once in a thousand times.
        let square = counts.dropFirst().reduce(0.0) {
            $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000
        }
        #expect(square < 26.1)
    }
}
