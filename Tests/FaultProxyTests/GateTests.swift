import FaultProxy
import Faults
import HistoryModel
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(1)))
struct GateTests {
    @Test
    func `a closed gate holds its own direction only`() async throws {
        try await EchoCluster.run(2) { cluster in
            let caller = try await cluster.dial(from: 1, to: 2)
            try await caller.send("before")
            #expect(await caller.receive(6) == Array("before".utf8))

            try await cluster.proxy.apply(cut: [link(2, 1)])
            try await caller.send("during")
            // The echo has come as far as the gate: the way there is open.
            try await cluster.waitUntilHeld(6, on: [link(2, 1)])
            #expect(caller.bytesReceived == 6)
            #expect(try await cluster.proxy.held(on: [link(1, 2)]) == HoldCount())

            try await cluster.proxy.heal([link(2, 1)], .resume)
            #expect(await caller.receive(12) == Array("beforeduring".utf8))
        }
    }

    @Test
    func `a gate stands in the connections that the receiver dialled too`() async throws {
        try await EchoCluster.run(2) { cluster in
            let caller = try await cluster.dial(from: 2, to: 1)
            try await cluster.proxy.apply(cut: [link(1, 2)])
            try await caller.send("echo")
            try await cluster.waitUntilHeld(4, on: [link(1, 2)])
            #expect(caller.bytesReceived == 0)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5].map { Seed($0) })
    func `resuming delivers everything in order, whenever the link is cut`(
        seed: Seed
    ) async throws {
        try await EchoCluster.run(2, heldBytesMax: 64 << 10) { cluster in
            let caller = try await cluster.dial(from: 1, to: 2)
            let links = [link(1, 2), link(2, 1)]
            try await withThrowingTaskGroup { group in
                group.addTask { try await expectEcho(of: 3_000_000, through: caller, seed: seed) }
                var random = seed.stream("cuts")
                for _ in 0..<20 {
                    let cut = links.filter { _ in Bool.random(using: &random) }
                    try await cluster.proxy.apply(cut: cut)
                    // The number of hops to the loop and back is the length of the cut.
                    for _ in 0..<Int.random(in: 0...300, using: &random) {
                        _ = await cluster.proxy.cutLinks
                    }
                    try await cluster.proxy.healAll(.resume)
                }
                try await group.waitForAll()
            }
        }
    }

    @Test
    func `what a gate holds in memory is bounded`() async throws {
        try await EchoCluster.run(2, heldBytesMax: 100_000) { cluster in
            try await cluster.proxy.apply(cut: [link(1, 2)])
            let caller = try await cluster.dial(from: 1, to: 2)
            try await withThrowingTaskGroup { group in
                group.addTask { try await caller.send([UInt8](repeating: 1, count: 20_000_000)) }
                try await cluster.waitUntilHeld(100_000, on: [link(1, 2)])
                let held = try await cluster.proxy.heal([link(1, 2)], .resume)
                // One read may overshoot the bound.
                #expect(held.bytes < 1_000_000)
                #expect(held.connections == 1)
                #expect(await caller.receive(20_000_000).count == 20_000_000)
                try await group.waitForAll()
            }
        }
    }

    @Test
    func `a reset breaks off what held bytes and nothing else`() async throws {
        try await EchoCluster.run(3) { cluster in
            let cut = try await cluster.dial(from: 1, to: 2)
            let idle = try await cluster.dial(from: 1, to: 2)
            let other = try await cluster.dial(from: 1, to: 3)
            for caller in [cut, idle, other] {
                try await caller.send("a")
                _ = await caller.receive(1)
            }
            try await cluster.proxy.apply(cut: [link(1, 2), link(2, 1)])
            try await cut.send("lost")
            try await cluster.waitUntilHeld(4, on: [link(1, 2)])
            let touched = try await cluster.proxy.healAll(.reset)
            #expect(touched.bytes == 4)
            #expect(touched.connections == 1)
            #expect(await cut.receiveEnd() == .reset)
            for caller in [idle, other] {
                try await caller.send("b")
                #expect(await caller.receive(2) == Array("ab".utf8))
            }
        }
    }

    @Test
    func `the end of a side is held with its bytes`() async throws {
        try await EchoCluster.run(2) { cluster in
            let caller = try await cluster.dial(from: 1, to: 2)
            try await cluster.proxy.apply(cut: [link(1, 2)])
            try await caller.send("last words")
            try await caller.finish()
            try await cluster.waitUntilHeld(10, on: [link(1, 2)])
            try await cluster.proxy.healAll(.resume)
            #expect(await caller.receiveEnd() == .finished)
            #expect(caller.bytesReceived == 10)
        }
    }

    @Test
    func `behind a cut link nobody learns that the other side has gone`() async throws {
        try await EchoCluster.run(2) { cluster in
            try await cluster.proxy.apply(cut: [link(2, 1)])
            await cluster.proxy.setTarget(NodeID(2), port: unusedPort)
            try await cluster.nodes[1].stop()
            let caller = try await cluster.dial(from: 1, to: 2)
            try await caller.send("anybody?")
            #expect(
                try await cluster.proxy.probe(directly: NodeID(2), timeout: .seconds(5))
                    != .timedOut)
            #expect(caller.bytesReceived == 0)
            try await cluster.proxy.healAll(.resume)
            #expect(await caller.receiveEnd() == .reset)
        }
    }

    @Test
    func `the first delivery after a heal is noted for each link`() async throws {
        try await EchoCluster.run(3) { cluster in
            let links = [link(1, 2), link(1, 3)]
            let caller = try await cluster.dial(from: 1, to: 2)
            try await cluster.proxy.apply(cut: links)
            try await cluster.proxy.healAll(.resume)
            #expect(try await cluster.proxy.firstDeliveries(across: links).isEmpty)
            #expect(
                try await cluster.proxy.proveHealed(links, timeout: .seconds(5)).isSeen,
                "a probe is no delivery")
            #expect(try await cluster.proxy.firstDeliveries(across: links).isEmpty)
            try await caller.send("first")
            _ = await caller.receive(5)
            let first = try await cluster.proxy.firstDeliveries(across: links)
            #expect(first.keys.sorted() == [link(1, 2)])
        }
    }

    @Test
    func `a cut of a link that does not exist cuts nothing`() async throws {
        try await EchoCluster.run(2) { cluster in
            await #expect(throws: FaultProxyError.noSuchGate(link(1, 1))) {
                try await cluster.proxy.apply(cut: [link(1, 2), link(1, 1)])
            }
            #expect(await cluster.proxy.cutLinks.isEmpty)
        }
    }
}

/// A port at which nobody listens; that of a stopped node may be somebody else's at once.
private let unusedPort = 1
