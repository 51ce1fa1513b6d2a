import FaultProxy
import HistoryModel
import NIOCore
import NIOPosix
import Synchronization
import Vocabulary

/// A node that sends back all it reads, and some last words when its caller has ended.
final class EchoNode: Sendable {
    let port: Int
    private let channel: any Channel
    private let received: ReadLog

    init(lastWords: Int = 0) async throws {
        let log = ReadLog()
        received = log
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        EchoHandler(log: log, lastWords: lastWords))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    var bytesReceived: Int { received.count }

    func stop() async throws {
        if channel.isActive { try await channel.close() }
    }
}

private final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: ReadLog
    private let lastWords: Int

    init(log: ReadLog, lastWords: Int) {
        self.log = log
        self.lastWords = lastWords
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        log.append(unwrapInboundIn(data).readableBytesView)
        context.writeAndFlush(data, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            let written = context.eventLoop.makePromise(of: Void.self)
            let words = ByteBuffer(repeating: 0x2e, count: lastWords)
            context.writeAndFlush(wrapOutboundOut(words), promise: written)
            written.futureResult.assumeIsolated().whenComplete { _ in
                context.close(mode: .output, promise: nil)
            }
        }
    }
}

/// A connection whose bytes a test writes and reads one step at a time.
struct Caller: Sendable {
    private let channel: any Channel
    private let received: ReadLog

    /// Dials a port of this machine.
    init(port: Int, reads: Bool = true) async throws {
        let log = ReadLog()
        channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ReadLogHandler(log: log))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        received = log
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Begins to read, if it did not from the start.
    func startReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    func finish() async throws {
        try await channel.close(mode: .output)
    }

    func close() async {
        try? await channel.close()
    }

    /// Waits until `count` bytes have come, or the far side ended.
    func receive(_ count: Int) async -> [UInt8] {
        await received.waitFor(count)
    }

    /// Waits until the far side has ended its side, and tells how.
    func receiveEnd() async -> ReadLog.End {
        await received.waitForEnd()
    }

    var bytesReceived: Int { received.count }
}

/// The bytes that came over one connection, for tests that wait for them.
final class ReadLog: Sendable {
    enum End: Hashable, Sendable { case finished, reset }

    private struct State {
        var bytes: [UInt8] = []
        var end: End?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.bytes.count } }

    func append(_ bytes: some Sequence<UInt8>) {
        change { $0.bytes.append(contentsOf: bytes) }
    }

    func end(_ end: End) {
        change { $0.end = $0.end ?? end }
    }

    func waitFor(_ count: Int) async -> [UInt8] {
        while true {
            if let bytes = state.withLock({ state -> [UInt8]? in
                state.bytes.count >= count || state.end != nil ? state.bytes : nil
            }) {
                return bytes
            }
            await nextChange { $0.bytes.count >= count || $0.end != nil }
        }
    }

    func waitForEnd() async -> End {
        while true {
            if let end = state.withLock({ $0.end }) { return end }
            await nextChange { $0.end != nil }
        }
    }

    private func nextChange(unless isReached: @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if isReached(state) { return true }
                state.waiting.append(continuation)
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

private final class ReadLogHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let log: ReadLog

    init(log: ReadLog) {
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        log.append(unwrapInboundIn(data).readableBytesView)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { log.end(.finished) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        log.end(.finished)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        log.end(.reset)
        context.close(promise: nil)
    }
}

/// Asks with eight bytes and takes their echo for an answer.
struct EchoProbes: ProbeProtocol {
    func request(nonce: UInt64) -> [UInt8] {
        withUnsafeBytes(of: nonce.bigEndian) { Array($0) }
    }

    func accepts(_ reply: [UInt8], nonce: UInt64) -> Bool {
        reply.starts(with: request(nonce: nonce))
    }
}

/// The nodes of a small cluster of echo nodes, proxied.
struct EchoCluster {
    let proxy: FaultProxy
    let nodes: [EchoNode]

    static func run(
        _ count: Int, heldBytesMax: Int = FaultProxy.heldBytesMaxDefault,
        body: (EchoCluster) async throws -> Void
    ) async throws {
        let ids = (1...count).map { NodeID($0) }
        let start = ContinuousClock.now
        try await FaultProxy.run(
            nodes: ids, probes: EchoProbes(), heldBytesMax: heldBytesMax,
            now: {
                let (seconds, attoseconds) = (ContinuousClock.now - start).components
                return Instant(nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
            }
        ) { proxy in
            var nodes: [EchoNode] = []
            for id in ids {
                let node = try await EchoNode()
                nodes.append(node)
                await proxy.setTarget(id, port: node.port)
            }
            try await body(EchoCluster(proxy: proxy, nodes: nodes))
            for node in nodes { try await node.stop() }
        }
    }

    func dial(from viewer: Int, to peer: Int) async throws -> Caller {
        let port = try await proxy.port(from: .node(NodeID(viewer)), to: NodeID(peer))
        return try await Caller(port: port)
    }
}

/// The link from one node to another.
func link(_ from: Int, _ to: Int) -> DirectedLink {
    DirectedLink(from: NodeID(from), to: NodeID(to))
}

extension FaultRecord.Proof {
    /// Whether the probes saw what they should.
    var isSeen: Bool {
        if case .seen = self { true } else { false }
    }
}

extension EchoCluster {
    /// Dials and expects to be turned away, whether before or after the connection is made.
    func expectRefusal(from viewer: Int, to peer: Int) async {
        if let caller = try? await dial(from: viewer, to: peer) { _ = await caller.receiveEnd() }
    }

    /// Waits until closed gates hold at least so many bytes.
    func waitUntilHeld(_ bytes: Int, on links: [DirectedLink]) async throws {
        while try await proxy.held(on: links).bytes < bytes {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
