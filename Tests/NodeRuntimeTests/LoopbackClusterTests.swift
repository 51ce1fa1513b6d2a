import Foundation
import Logging
import NIOCore
import NIOPosix
import NodeRuntime
import NodeWire
import Objects
import RaftCore
import Testing
import Vocabulary

/// Nodes in this process, on real sockets and files.
@Suite struct `Nodes on loopback` {
    let directory: TemporaryDirectory
    let group = MultiThreadedEventLoopGroup.singleton

    init() throws { directory = try TemporaryDirectory() }

    private func start(
        _ id: Int, host: String = "127.0.0.1", port: Int = 0, peers: [Int: Int] = [:]
    ) throws -> RaftNode {
        let voters = ([id] + peers.keys).map { NodeID($0) }
        let options = RaftNodeOptions(
            configuration: RaftConfiguration(
                id: NodeID(id), membership: Membership(voters: voters)),
            host: host, port: port,
            peers: peers.map { .init(node: NodeID($0.key), host: "127.0.0.1", port: $0.value) },
            dataDirectory: directory.path + "/n\(id)", traceFile: directory.path + "/t\(id)",
            seed: Seed(UInt64(id)))
        return try RaftNode(
            options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { Issue.record($0) }
    }

    private func client(of node: RaftNode) throws -> RaftClient {
        var configuration = RaftClientConfiguration(home: NodeID(1))
        configuration.operationTimeout = 20_000_000_000
        return RaftClient(
            configuration: configuration,
            addresses: [
                NodeID(1): try SocketAddress(ipAddress: "127.0.0.1", port: node.port)
            ],
            loop: group.next())
    }

    @Test func `a node serves its client and finds its data again`() async throws {
        for incarnation in 1...2 {
            let node = try start(1)
            let client = try client(of: node)
            let before: Int64? = incarnation == 1 ? nil : 8
            #expect(
                try await client.execute(.read, on: "x").get() == .ok(.value(before), by: NodeID(1))
            )
            #expect(
                try await client.execute(.compareAndSet(expected: before, new: 7), on: "x").get()
                    == .ok(.done, by: NodeID(1)))
            #expect(
                try await client.execute(.compareAndSet(expected: 5, new: 6), on: "x").get()
                    == .fail(.object(.mismatch(found: 7)), by: NodeID(1)))
            #expect(
                try await client.execute(.write(8), on: "x").get() == .ok(.done, by: NodeID(1)))
            client.close()
            try node.stop()
        }
    }

    @Test func `a node that can't listen says what to do about it`() throws {
        let node = try start(1)
        let taken = try #require(throws: CannotListen.self) { try start(2, port: node.port) }
        #expect(taken.description.contains("could not listen on 127.0.0.1:\(node.port)"))
        #expect(taken.description.hasSuffix("choose another port, or port 0 for a free one"))
        try node.stop()
        // An address that is kept for documentation, so no machine has it.
        let foreign = try #require(throws: CannotListen.self) { try start(3, host: "192.0.2.1") }
        #expect(foreign.description.hasSuffix("is 192.0.2.1 an address of this machine?"))
        #expect(!foreign.description.contains("port 0"))
    }

    @Test func `a node serves all objects and finds them again`() async throws {
        let changes: [(key: String, ObjectOperation)] = [
            ("queue", .enqueue(1)), ("queue", .enqueue(2)), ("queue", .dequeue),
            ("set", .addElement(2)), ("set", .addElement(1)), ("lock", .acquire(holder: 3)),
            ("counter", .addNumber(-4)), ("list", .append(2)), ("list", .append(1)),
            ("ids", .nextID),
        ]
        let node = try start(1)
        let client = try client(of: node)
        for (key, change) in changes {
            guard case .ok = try await client.execute(change, on: key).get() else {
                Issue.record("\(change)")
                break
            }
        }
        client.close()
        try node.stop()
        try await findObjects()
    }

    private func findObjects() async throws {
        let found: [(key: String, ObjectOperation, ObjectResult)] = [
            ("queue", .dequeue, .value(2)), ("set", .readSet, .elements([1, 2])),
            ("lock", .acquire(holder: 4), .refused(.held)), ("lock", .release(holder: 3), .done),
            ("lock", .acquire(holder: 4), .value(2)), ("counter", .readCounter, .value(-4)),
            ("list", .readList, .elements([2, 1])), ("ids", .nextID, .value(2)),
            ("ids", .readList, .refused(.wrongObject)),
        ]
        let node = try start(1)
        let client = try client(of: node)
        for (key, operation, result) in found {
            let outcome = try await client.execute(operation, on: key).get()
            if case .refused(let refusal) = result {
                #expect(outcome == .fail(.object(refusal), by: NodeID(1)))
            } else {
                #expect(outcome == .ok(result, by: NodeID(1)))
            }
        }
        client.close()
        try node.stop()
    }

    @Test func `a client that is closed asks no more`() async throws {
        let ports = try freePorts(1)
        var configuration = RaftClientConfiguration(home: NodeID(1))
        configuration.operationTimeout = 3_600_000_000_000
        configuration.refusalDelay = 3_600_000_000_000
        let client = RaftClient(
            configuration: configuration,
            addresses: [NodeID(1): try SocketAddress(ipAddress: "127.0.0.1", port: ports[0])],
            loop: group.next())
        let start = ContinuousClock.now
        let outcome = client.execute(.enqueue(1), on: "x")
        try await Task.sleep(for: .milliseconds(200))
        client.close()
        #expect(try await outcome.get() == .fail(.refused, by: NodeID(1)))
        // Far below an hour, however busy the machine is.
        #expect(ContinuousClock.now - start < .seconds(600))
    }

    @Test func `three nodes elect one and replicate`() async throws {
        let ports = try freePorts(3)
        let nodes = try (1...3).map { id in
            let peers = (1...3).filter { $0 != id }.map { ($0, ports[$0 - 1]) }
            return try start(
                id, port: ports[id - 1], peers: Dictionary(uniqueKeysWithValues: peers))
        }
        var configuration = RaftClientConfiguration(home: NodeID(2))
        configuration.operationTimeout = 20_000_000_000
        let addresses = try ports.enumerated().map { place, port in
            (NodeID(place + 1), try SocketAddress(ipAddress: "127.0.0.1", port: port))
        }
        let client = RaftClient(
            configuration: configuration, addresses: Dictionary(uniqueKeysWithValues: addresses),
            loop: group.next())
        for value in 1...20 as ClosedRange<Int64> {
            guard case .ok(.done, _) = try await client.execute(.write(value), on: "x").get(),
                case .ok(.value(value), _) = try await client.execute(.read, on: "x").get()
            else {
                Issue.record("write or read of \(value)")
                break
            }
        }
        client.close()
        for node in nodes { try node.stop() }
    }

    @Test func `a node answers a ping, and outlives garbage`() async throws {
        let node = try start(1)
        for garbage in [Data(), Data(repeating: 0xff, count: 64), Data("GET / HTTP/1.1\r\n".utf8)] {
            if !garbage.isEmpty {
                #expect(try await exchange(garbage, with: node) == Data())
            }
            var ping = ByteBuffer()
            FrameCodec.encode(RaftFrame.ping(nonce: 42), into: &ping)
            var answer = ByteBuffer(
                bytes: try await exchange(Data(ping.readableBytesView), with: node, isWhole: true))
            #expect(
                try FrameCodec.decode(RaftFrame.self, from: &answer)
                    == .pong(nonce: 42, node: NodeID(1)))
        }
        try node.stop()
    }

    /// Sends bytes and returns what comes back until the node closes, or one whole frame.
    private func exchange(
        _ bytes: Data, with node: RaftNode, isWhole: Bool = false
    ) async throws -> Data {
        let channel = try await ClientBootstrap(group: group)
            .connect(host: "127.0.0.1", port: node.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            var received = Data()
            for try await part in inbound {
                received += Data(part.readableBytesView)
                var buffer = ByteBuffer(bytes: received)
                if isWhole, try FrameCodec.decode(RaftFrame.self, from: &buffer) != nil { break }
            }
            return received
        }
    }

    private func freePorts(_ count: Int) throws -> [Int] {
        let listeners = try (0..<count).map { _ in
            try ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).wait()
        }
        defer { for listener in listeners { try? listener.close().wait() } }
        return listeners.compactMap { $0.localAddress?.port }
    }
}
