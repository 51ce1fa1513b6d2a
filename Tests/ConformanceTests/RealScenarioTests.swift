import Conformance
import GossipCore
import HistoryModel
import Testing
import Vocabulary

/// What is seen on the wires between processes is judged rightly.
@Suite struct `Conformance of the gossip store in processes` {
    @Test func `every claim is either shown or named, in the order of the simulated ones`() {
        let real = GossipConformance.realScenarios
        #expect(real.map(\.statement) == GossipConformance.scenarios.map(\.statement))
        let shown = real.filter { if case .experiment = $0.way { true } else { false } }
        #expect(shown.count >= 13)
    }

    /// What a scenario makes of these letters.
    private func isAsExpected(
        _ place: Int, _ packets: [SeenPacket], traces: [NodeTraceEvent] = []
    ) throws -> Bool {
        guard case .experiment(let experiment) = GossipConformance.realScenarios[place].way else {
            throw NotShown()
        }
        let record = RunRecord(history: History(events: []), traces: traces)
        return try experiment.observation(of: record, packets).isAsExpected
    }

    private struct NotShown: Error {}

    private func telling(_ from: Int, _ to: Int, _ key: Int, at milliseconds: Int) -> SeenPacket {
        let entry = Entry(
            key: "\(key)", value: "v",
            stamp: Stamp(version: Version(key + 1), writer: Writer(NodeID(1))))
        return SeenPacket(
            time: Instant(nanoseconds: Int64(milliseconds) * 1_000_000),
            packet: GossipPacket(
                .store(.rumors(RumorExchange(rumors: [entry]))), from: NodeID(from),
                to: NodeID(to)))
    }

    /// Three others of ten in each round, all pairs alike often.
    private func rounds(_ count: Int, twice: Bool = false, never: Int? = nil) -> [SeenPacket] {
        (0..<count).flatMap { round in
            (0..<3).map { step in
                let step = twice && step == 2 ? 1 : step
                var peer = 2 + (3 * round + step) % 9
                if peer == never { peer = 2 }
                return telling(1, peer, 0, at: 50 * round)
            }
        }
    }

    @Test func `peers are distinct and chosen alike often, or not`() throws {
        #expect(try isAsExpected(0, rounds(900)))
        #expect(try !isAsExpected(0, rounds(900, twice: true)))
        #expect(try !isAsExpected(0, rounds(900, never: 9)))
        #expect(try !isAsExpected(0, rounds(9)), "too little was seen")
    }

    @Test func `nobody is sent a write twice while others are left`() throws {
        let once = (0..<40).flatMap { key in (2...8).map { telling(1, $0, key, at: key * 10) } }
        #expect(try isAsExpected(1, once))
        #expect(try isAsExpected(1, once + [telling(1, 2, 0, at: 900)]), "nobody was left")
        #expect(try !isAsExpected(1, once + [telling(3, 4, 0, at: 1), telling(3, 4, 0, at: 2)]))
    }

    @Test func `nothing goes back to where it came from`() throws {
        let traces = (0..<20).flatMap { key in
            (2...8).map { node in
                NodeTraceEvent(
                    time: .zero, node: NodeID(node), name: "applied", index: key + 1,
                    detail: "n1 \(key) n1")
            }
        }
        let sound = [telling(1, 2, 0, at: 1), telling(2, 3, 0, at: 2)]
        #expect(try isAsExpected(2, sound, traces: traces))
        #expect(try !isAsExpected(2, sound + [telling(2, 1, 0, at: 3)], traces: traces))
    }
}
