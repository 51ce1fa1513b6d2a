import FaultProxy
import Faults
import HistoryModel
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(1)))
struct ProbeTests {
    private let short = Duration.milliseconds(200)
    private let long = Duration.seconds(20)

    @Test
    func `a cut is seen while it lasts and its end after the heal`() async throws {
        try await EchoCluster.run(3) { cluster in
            let cut = [link(1, 2), link(2, 1), link(1, 3), link(3, 1)]
            #expect(try await cluster.proxy.proveHealed(cut, timeout: long).isSeen)
            try await cluster.proxy.apply(cut: cut)
            #expect(try await cluster.proxy.proveCut(cut, timeout: short).isSeen)
            try await cluster.proxy.healAll(.resume)
            #expect(try await cluster.proxy.proveHealed(cut, timeout: long).isSeen)
        }
    }

    @Test
    func `a gate that does not close is found out`() async throws {
        try await EchoCluster.run(3) { cluster in
            let cut = [link(1, 2), link(2, 1)]
            try await cluster.proxy.breakGate(link(2, 1))
            try await cluster.proxy.apply(cut: cut)
            guard
                case .missing(let text) = try await cluster.proxy.proveCut(
                    cut, timeout: .seconds(3))
            else {
                Issue.record("the broken gate was not noticed")
                return
            }
            #expect(text.hasPrefix("probe n2→n1 answered after"))
            #expect(!text.contains("n1→n2"))
        }
    }

    @Test
    func `a cut that was not healed is found out`() async throws {
        try await EchoCluster.run(2) { cluster in
            try await cluster.proxy.apply(cut: [link(1, 2)])
            #expect(
                try await cluster.proxy.proveHealed([link(1, 2)], timeout: short)
                    == .missing("probe n1→n2 timed out"))
        }
    }

    @Test
    func `a link cut one way is told from one cut both ways`() async throws {
        try await EchoCluster.run(2) { cluster in
            try await cluster.proxy.apply(cut: [link(1, 2)])
            #expect(try await cluster.proxy.probe(link(1, 2), timeout: short) == .timedOut)
            #expect(try await cluster.proxy.probe(link(2, 1), timeout: long).isAnswered)
        }
    }

    @Test
    func `a node that is down refuses its probes`() async throws {
        try await EchoCluster.run(2) { cluster in
            try await cluster.nodes[1].stop()
            for outcome in [
                try await cluster.proxy.probe(link(1, 2), timeout: long),
                try await cluster.proxy.probe(directly: NodeID(2), timeout: long),
            ] {
                guard case .refused = outcome else {
                    Issue.record("expected a refusal, not: \(outcome)")
                    continue
                }
            }
            #expect(try await cluster.proxy.probe(directly: NodeID(1), timeout: long).isAnswered)
        }
    }

    @Test
    func `a probe leaves no trace in the figures and nothing to deliver`() async throws {
        try await EchoCluster.run(2) { cluster in
            try await cluster.proxy.apply(cut: [link(1, 2)])
            #expect(try await cluster.proxy.probe(link(1, 2), timeout: short) == .timedOut)
            #expect(try await cluster.proxy.healAll(.resume) == HoldCount())
            #expect(try await cluster.proxy.probe(link(1, 2), timeout: long).isAnswered)
            #expect(cluster.nodes[1].bytesReceived == EchoProbes().request(nonce: 1).count)
            for traffic in await cluster.proxy.traffic() {
                #expect(traffic == LinkTraffic(link: traffic.link))
            }
        }
    }
}

extension ProbeOutcome {
    var isAnswered: Bool {
        if case .answered = self { true } else { false }
    }
}
