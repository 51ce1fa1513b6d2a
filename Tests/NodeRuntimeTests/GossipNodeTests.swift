import Foundation
import GossipCore
import Logging
import NIOCore
import NIOPosix
import NodeRuntime
import NodeWire
import Testing
import Vocabulary

/// Gossip nodes in this process, on real sockets and files.
@Suite(.timeLimit(.minutes(1))) struct `Gossip nodes on loopback` {
    let directory: TemporaryDirectory
    let group = MultiThreadedEventLoopGroup.singleton

    init() throws { directory = try TemporaryDirectory() }

    private func start(
        _ id: Int, ports: [Int], defects: GossipDefects = []
    ) throws -> GossipNode {
        let ids = ports.indices.map { NodeID($0 + 1) }
        var configuration = GossipConfiguration(id: NodeID(id), members: ids)
        configuration.antiEntropy?.interval = 50_000_000
        configuration.defects = defects
        let options = GossipNodeOptions(
            configuration: configuration,
            membership: MembershipConfiguration(
                id: NodeID(id), contacts: ids.filter { $0 != NodeID(id) }),
            host: "127.0.0.1", port: ports[id - 1],
            peers: ids.filter { $0 != NodeID(id) }.map {
                PeerAddress(node: $0, host: "127.0.0.1", port: ports[$0.rawValue - 1])
            },
            dataDirectory: directory.path + "/n\(id)", traceFile: directory.path + "/t\(id)",
            seed: Seed(UInt64(id)))
        return try GossipNode(
            options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { Issue.record($0) }
    }

    private func client(of node: GossipNode, _ id: Int) throws -> GossipClient {
        var configuration = GossipClientConfiguration(nodes: [NodeID(id)])
        configuration.operationTimeout = 20_000_000_000
        return GossipClient(
            configuration: configuration,
            addresses: [NodeID(id): try SocketAddress(ipAddress: "127.0.0.1", port: node.port)],
            loop: group.next())
    }

    /// Asks until the key holds the value, as it must in the end.
    private func await(_ value: String?, of key: String, at client: GossipClient) async throws {
        while true {
            let outcome = try await client.execute(.get, on: key).get()
            if case .ok(.value(value, _), _) = outcome { return }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func trace(_ id: Int) throws -> String {
        String(decoding: try directory.bytes(of: "t\(id)"), as: UTF8.self)
    }

    @Test func `three nodes come to agree, by datagrams and by connections`() async throws {
        let ports = try freePorts(3)
        let nodes = try (1...3).map { try start($0, ports: ports) }
        let clients = try zip(nodes, 1...).map { try client(of: $0, $1) }
        // Too long for a datagram.
        let long = String(repeating: "v", count: 20_000)
        guard case .ok(.stored, _) = try await clients[0].execute(.put("1"), on: "x").get(),
            case .ok(.stored, _) = try await clients[1].execute(.put(long), on: "y").get(),
            case .fail(.refused(.badKey), _) = try await clients[2].execute(.put("1"), on: "").get()
        else {
            Issue.record("a write was not taken, or a bad one was")
            return
        }
        for client in clients {
            try await self.await("1", of: "x", at: client)
            try await self.await(long, of: "y", at: client)
        }
        guard case .ok(.stored, _) = try await clients[2].execute(.delete, on: "x").get() else {
            Issue.record("the delete was not taken")
            return
        }
        for client in clients { try await self.await(nil, of: "x", at: client) }
        #expect(try trace(1).contains("\"name\":\"member\",\"index\":0,\"detail\":\"n2 alive\""))
        for client in clients { client.close() }
        for node in nodes { try node.stop() }
    }

    @Test func `a node finds its data again, and what it missed`() async throws {
        let ports = try freePorts(2)
        let first = try start(1, ports: ports)
        let before = try client(of: first, 1)
        _ = try await before.execute(.put("1"), on: "x").get()
        before.close()
        try first.stop()
        let second = try start(2, ports: ports)
        let other = try client(of: second, 2)
        _ = try await other.execute(.put("2"), on: "y").get()
        let again = try start(1, ports: ports)
        let after = try client(of: again, 1)
        try await self.await("1", of: "x", at: after)
        try await self.await("2", of: "y", at: after)
        try await self.await("1", of: "x", at: other)
        for client in [after, other] { client.close() }
        try again.stop()
        // Who has left comes back in another life, with nothing, and gets everything back.
        try second.leave()
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/n2/store"))
    }

    @Test(arguments: [false, true])
    func `garbage does not make a node deaf, unless it has that bug`(isDeaf: Bool) async throws {
        let ports = try freePorts(2)
        let nodes = [
            try start(1, ports: ports),
            try start(2, ports: ports, defects: isDeaf ? [.deafAfterGarbage] : []),
        ]
        let clients = try zip(nodes, 1...).map { try client(of: $0, $1) }
        let channel = try await DatagramBootstrap(group: group).bind(host: "127.0.0.1", port: 0)
            .get()
        let remote = try SocketAddress(ipAddress: "127.0.0.1", port: nodes[1].port)
        let join = GossipPayload.membership(MembershipMessage(.join))
        var unknownSender = ByteBuffer()
        FrameCodec.encode(
            GossipFrame.packet(GossipPacket(join, from: NodeID(9), to: NodeID(2))),
            into: &unknownSender)
        var misdirected = ByteBuffer()
        FrameCodec.encode(
            GossipFrame.packet(GossipPacket(join, from: NodeID(1), to: NodeID(1))),
            into: &misdirected)
        let garbage = [
            ByteBuffer(), ByteBuffer(string: "hello"), ByteBuffer(repeating: 0xff, count: 300),
            ByteBuffer(repeating: 0, count: 20_000), unknownSender, misdirected,
        ]
        let start = ContinuousClock.now
        for _ in 0..<20 {
            for bytes in garbage {
                try await channel.writeAndFlush(
                    AddressedEnvelope(remoteAddress: remote, data: bytes))
            }
        }
        while try !trace(2).contains("\"detail\":\"undecodable\"") {
            try await Task.sleep(for: .milliseconds(5))
        }
        _ = try await clients[0].execute(.put("1"), on: "x").get()
        if isDeaf {
            try await Task.sleep(for: .milliseconds(400))
            let outcome = try await clients[1].execute(.get, on: "x").get()
            #expect(outcome == .ok(.value(nil, nil), by: NodeID(2)))
        } else {
            try await self.await("1", of: "x", at: clients[1])
        }
        // Eighty came; at most one a second is noted, however long a busy machine takes.
        let noted = try trace(2).split(separator: "\n").count { $0.contains("undecodable") }
        let seconds = Int((ContinuousClock.now - start).components.seconds)
        #expect((1...(seconds + 2)).contains(noted), "\(noted) in \(seconds) s")
        #expect(try trace(2).contains("n9") == false)
        #expect(try trace(2).contains("\"detail\":\"stranger\""))
        try await channel.close()
        for client in clients { client.close() }
        for node in nodes { try node.stop() }
    }

    @Test func `a node answers pings that come as datagrams`() async throws {
        let node = try start(1, ports: [0])
        let channel = try await DatagramBootstrap(group: group)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<
                        AddressedEnvelope<ByteBuffer>, AddressedEnvelope<ByteBuffer>
                    >(
                        wrappingChannelSynchronously: channel)
                }
            }
        let remote = try SocketAddress(ipAddress: "127.0.0.1", port: node.port)
        try await channel.executeThenClose { inbound, outbound in
            var ping = ByteBuffer()
            FrameCodec.encode(GossipFrame.ping(nonce: 42), into: &ping)
            try await outbound.write(AddressedEnvelope(remoteAddress: remote, data: ping))
            for try await datagram in inbound {
                let frame = try FrameCodec.decodeWhole(GossipFrame.self, from: datagram.data)
                #expect(frame == .pong(nonce: 42, node: NodeID(1)))
                break
            }
        }
        try node.stop()
    }

    /// Ports that were free a moment ago, for connections and for datagrams.
    private func freePorts(_ count: Int) throws -> [Int] {
        let listeners = try (0..<count).map { _ in
            try ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).wait()
        }
        defer { for listener in listeners { try? listener.close().wait() } }
        return listeners.compactMap { $0.localAddress?.port }
    }
}
