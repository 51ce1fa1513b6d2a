import FaultProxy
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(1)))
struct RelayTests {
    @Test
    func `bytes pass intact both ways while many links are busy`() async throws {
        try await EchoCluster.run(5) { cluster in
            try await withThrowingTaskGroup { group in
                for viewer in 1...5 {
                    for peer in 1...5 where peer != viewer {
                        for connection in 0..<4 {
                            let caller = try await cluster.dial(from: viewer, to: peer)
                            group.addTask {
                                let seed = Seed(UInt64(viewer * 100 + peer * 10 + connection))
                                try await expectEcho(of: 200_000, through: caller, seed: seed)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let traffic = await cluster.proxy.traffic()
            #expect(traffic.count == 25)
            for link in traffic where link.link.viewer != .clients {
                #expect(link.connections == 4)
                #expect(link.bytesToPeer == 800_000)
                #expect(link.bytesFromPeer == 800_000)
                #expect(link.bytesHeld == 0)
            }
        }
    }

    @Test
    func `a side that ended can still be answered at length`() async throws {
        try await EchoCluster.run(2) { cluster in
            let caller = try await cluster.dial(from: 1, to: 2)
            try await caller.send([UInt8](repeating: 7, count: 3_000_000))
            try await caller.finish()
            #expect(await caller.receiveEnd() == .finished)
            #expect(caller.bytesReceived == 3_000_000)
        }
    }

    @Test
    func `a caller that speaks and ends before its peer is dialled is heard`() async throws {
        try await EchoCluster.run(2) { cluster in
            for _ in 0..<300 {
                let caller = try await cluster.dial(from: 1, to: 2)
                try await caller.send("brief")
                try await caller.finish()
                #expect(await caller.receiveEnd() == .finished)
                #expect(await caller.receive(5) == Array("brief".utf8))
            }
        }
    }

    @Test
    func `a reader that is late gets all that came before the end`() async throws {
        try await EchoCluster.run(2) { cluster in
            // How much fits on the way to somebody who does not read: then it stands still.
            let (full, first) = try await cluster.callLate(lastWords: 32_000_000)
            #expect(full < 32_000_000)
            await first.close()
            // A little more than that, so that the end comes while bytes still wait in the proxy.
            let count = full + 300_000
            let (_, caller) = try await cluster.callLate(lastWords: count)
            try await caller.startReading()
            #expect(await caller.receiveEnd() == .finished)
            #expect(caller.bytesReceived == count)
        }
    }

    @Test
    func `a connection to a node without a port is closed at once`() async throws {
        try await EchoCluster.run(2) { cluster in
            await cluster.proxy.setTarget(NodeID(2), port: nil)
            await cluster.expectRefusal(from: 1, to: 2)
        }
    }

    @Test
    func `a connection to a node that is down is closed and works again on its new port`()
        async throws
    {
        try await EchoCluster.run(2) { cluster in
            try await cluster.nodes[1].stop()
            await cluster.expectRefusal(from: 1, to: 2)

            let revived = try await EchoNode()
            await cluster.proxy.setTarget(NodeID(2), port: revived.port)
            let caller = try await cluster.dial(from: 1, to: 2)
            try await caller.send("again")
            #expect(await caller.receive(5) == Array("again".utf8))
            try await revived.stop()
        }
    }

    @Test
    func `clients have an address of their own for each node`() async throws {
        try await EchoCluster.run(2) { cluster in
            let port = try await cluster.proxy.port(from: .clients, to: NodeID(2))
            let caller = try await Caller(port: port)
            try await caller.send("hello")
            #expect(await caller.receive(5) == Array("hello".utf8))
        }
    }

    @Test
    func `an address that does not exist is named`() async throws {
        try await EchoCluster.run(2) { cluster in
            let link = ProxiedLink(from: .node(NodeID(1)), to: NodeID(9))
            await #expect(throws: FaultProxyError.noSuchLink(link)) {
                try await cluster.proxy.port(from: .node(NodeID(1)), to: NodeID(9))
            }
        }
    }
}

extension EchoCluster {
    /// Calls a node that answers at length, without reading, until nothing moves any more.
    ///
    /// - Returns: how much the proxy has passed on, and the caller.
    fileprivate func callLate(lastWords: Int) async throws -> (Int, Caller) {
        let node = try await EchoNode(lastWords: lastWords)
        await proxy.setTarget(NodeID(2), port: node.port)
        let before = await proxy.traffic()[1].bytesFromPeer
        let port = try await proxy.port(from: .clients, to: NodeID(2))
        let caller = try await Caller(port: port, reads: false)
        try await caller.finish()
        var (last, moved) = (-1, 0)
        while last < moved || moved == 0 {
            try await Task.sleep(for: .milliseconds(50))
            (last, moved) = (moved, await proxy.traffic()[1].bytesFromPeer - before)
        }
        try await node.stop()
        return (moved, caller)
    }
}

/// Sends random bytes in pieces of random size and expects the same bytes back.
func expectEcho(of count: Int, through caller: Caller, seed: Seed) async throws {
    var random = seed.stream("bytes")
    let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    var sent = 0
    while sent < count {
        let end = min(count, sent + Int.random(in: 1...20_000, using: &random))
        try await caller.send(Array(bytes[sent..<end]))
        sent = end
    }
    #expect(await caller.receive(count) == bytes)
}
