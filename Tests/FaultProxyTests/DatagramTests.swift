import FaultProxy
import Faults
import HistoryModel
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(1)))
struct DatagramTests {
    private let short = Duration.milliseconds(250)
    private let long = Duration.seconds(20)

    @Test
    func `datagrams cross the link that they are sent to, and are counted`() async throws {
        try await DatagramCluster.run(3) { cluster in
            try await cluster.send(0..<20, from: 1, to: 2)
            try await cluster.send(20..<23, from: 3, to: 2)
            try await cluster.wait(23, at: 2)
            #expect(Set(cluster.nodes[1].texts) == Set((0..<23).map { "m\($0)" }))
            #expect(cluster.nodes[0].texts.isEmpty && cluster.nodes[2].texts.isEmpty)
            let traffic = try await cluster.traffic(from: 1, to: 2)
            #expect(traffic.received == 20 && traffic.delivered == 20)
            #expect(traffic.lost + traffic.doubled + traffic.late + traffic.held == 0)
        }
    }

    @Test(arguments: [HealMode.resume, .reset])
    func `a cut link holds datagrams, one way, and delivers or loses them`(
        mode: HealMode
    ) async throws {
        try await DatagramCluster.run(2) { cluster in
            try await cluster.proxy.apply(cut: [link(1, 2)])
            try await cluster.send(0..<10, from: 1, to: 2)
            try await cluster.send(0..<10, from: 2, to: 1)
            try await cluster.wait(10, at: 1)
            try await cluster.waitUntilReceived(10, from: 1, to: 2)
            #expect(cluster.nodes[1].texts.isEmpty)
            let held = try await cluster.proxy.heal([link(1, 2)], mode)
            #expect(held.bytes == 20 && held.connections == 0)
            try await cluster.send(10..<11, from: 1, to: 2)
            try await cluster.wait(mode == .resume ? 11 : 1, at: 2)
            let numbers = mode == .resume ? 0..<11 : 10..<11
            #expect(cluster.nodes[1].texts == numbers.map { "m\($0)" })
            let traffic = try await cluster.traffic(from: 1, to: 2)
            #expect(traffic.held == 10 && traffic.lost == (mode == .resume ? 0 : 10))
        }
    }

    @Test
    func `a cut link holds the last datagrams only`() async throws {
        try await DatagramCluster.run(2) { cluster in
            try await cluster.proxy.apply(cut: [link(1, 2)])
            try await cluster.send(0..<100, from: 1, to: 2)
            try await cluster.waitUntilReceived(100, from: 1, to: 2)
            try await cluster.proxy.healAll(.resume)
            try await cluster.wait(64, at: 2)
            #expect(cluster.nodes[1].texts == (36..<100).map { "m\($0)" })
            #expect(try await cluster.traffic(from: 1, to: 2).lost == 36)
        }
    }

    @Test
    func `single datagrams are lost, doubled and overtaken as often as asked for`() async throws {
        try await DatagramCluster.run(2) { cluster in
            var conditions = DatagramConditions()
            conditions.lossPerMille = 200
            conditions.duplicatePerMille = 300
            conditions.latePerMille = 100
            conditions.lateness = 20_000_000...40_000_000
            await cluster.proxy.setConditions(conditions)
            let count = 600
            for start in stride(from: 0, to: count, by: 50) {
                try await cluster.send(start..<start + 50, from: 1, to: 2)
                try await cluster.waitUntilReceived(start + 50, from: 1, to: 2)
                // More than the kernel keeps for a socket would be lost by nobody's wish.
                let delivered = try await cluster.traffic(from: 1, to: 2).delivered
                try await cluster.wait(delivered, at: 2)
            }
            let traffic = try await cluster.traffic(from: 1, to: 2)
            #expect((80...160).contains(traffic.lost), "\(traffic)")
            #expect((100...190).contains(traffic.doubled), "\(traffic)")
            #expect((30...100).contains(traffic.late), "\(traffic)")
            let expected = count - traffic.lost + traffic.doubled
            try await cluster.wait(expected, at: 2)
            let numbers = cluster.nodes[1].texts.compactMap { Int($0.dropFirst()) }
            #expect(numbers.count == expected)
            #expect(Set(numbers).count == count - traffic.lost)
            #expect(numbers != numbers.sorted(), "nothing was overtaken")
        }
    }

    @Test
    func `what happens to datagrams is proven by one that it happened to`() async throws {
        try await DatagramCluster.run(3) { cluster in
            var conditions = DatagramConditions()
            conditions.lossPerMille = 1000
            let links = [link(1, 2), link(2, 1)]
            try await cluster.proxy.disturb(links, conditions)
            let unseen = try await cluster.proxy.proveDisturbed(links, timeout: short)
            #expect(!unseen.isSeen)
            try await cluster.send(0..<5, from: 3, to: 2)
            try await cluster.wait(5, at: 2)
            #expect(try await cluster.proxy.touched(on: links) == 0, "another link was disturbed")
            try await cluster.send(5..<8, from: 1, to: 2)
            #expect(try await cluster.proxy.proveDisturbed(links, timeout: long).isSeen)
            try await cluster.waitUntilReceived(3, from: 1, to: 2)
            #expect(try await cluster.proxy.calm(links) == 3)
            try await cluster.send(8..<9, from: 1, to: 2)
            try await cluster.wait(6, at: 2)
            #expect(cluster.nodes[1].texts.last == "m8")
            #expect(try await cluster.proxy.proveHealed(links, timeout: long).isSeen)
            try await cluster.proxy.disturb(links, conditions)
            #expect(try await cluster.proxy.calm(links) == 0, "the count goes on")
        }
        try await EchoCluster.run(2) { cluster in
            await #expect(throws: FaultProxyError.noDatagrams(link(1, 2))) {
                try await cluster.proxy.disturb([link(1, 2)], DatagramConditions())
            }
        }
    }

    @Test
    func `a cut is proven for datagrams as well, and its end`() async throws {
        try await DatagramCluster.run(2) { cluster in
            let cut = [link(1, 2), link(2, 1)]
            #expect(try await cluster.proxy.proveHealed(cut, timeout: long).isSeen)
            try await cluster.proxy.apply(cut: [link(1, 2)])
            #expect(try await cluster.proxy.probeDatagrams(link(1, 2), timeout: short) == .timedOut)
            let back = try await cluster.proxy.probeDatagrams(link(2, 1), timeout: long)
            #expect(back?.isAnswered == true)
            #expect(try await cluster.proxy.proveCut([link(1, 2)], timeout: short).isSeen)
            try await cluster.proxy.healAll(.reset)
            #expect(try await cluster.proxy.proveHealed(cut, timeout: long).isSeen)
            let traffic = try await cluster.traffic(from: 1, to: 2)
            #expect(traffic.received == 0 && cluster.nodes[1].texts.isEmpty, "a probe was counted")
        }
    }

    @Test
    func `a gate that does not close is found out by datagrams`() async throws {
        try await DatagramCluster.run(2) { cluster in
            try await cluster.proxy.breakGate(link(1, 2))
            try await cluster.proxy.apply(cut: [link(1, 2)])
            let proof = try await cluster.proxy.proveCut([link(1, 2)], timeout: .seconds(3))
            guard case .missing(let text) = proof else {
                Issue.record("the broken gate was not noticed")
                return
            }
            #expect(text.contains("datagram probe n1→n2 answered after"), "\(text)")
        }
    }

    @Test
    func `a link without datagrams has no probe of them`() async throws {
        try await EchoCluster.run(2) { cluster in
            let outcome = try await cluster.proxy.probeDatagrams(link(1, 2), timeout: short)
            #expect(outcome == nil)
        }
    }
}
