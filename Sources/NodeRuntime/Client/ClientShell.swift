import NIOCore
import NIOPosix
import NodeWire
import Vocabulary

/// The acting half of a `NodeClient`; lives on its event loop.
final class ClientShell<Driver: ClientDriver> {
    private let addresses: [NodeID: SocketAddress]
    private let loop: any EventLoop
    private var driver: Driver
    private var effects: [ClientEffect<Driver.Frame, Driver.Outcome>] = []
    private var promise: EventLoopPromise<Driver.Outcome>?
    private var connections: [NodeID: any Channel] = [:]
    /// The latest attempt to reach each node; what an older one reports is of no interest.
    private var attempts: [NodeID: UInt64] = [:]
    private var attemptCount: UInt64 = 0
    private let timer: DeadlineTimer

    init(driver: Driver, addresses: [NodeID: SocketAddress], loop: any EventLoop) {
        self.driver = driver
        self.addresses = addresses
        self.loop = loop
        timer = DeadlineTimer(loop: loop)
    }

    func invoke(
        _ operation: Driver.Operation, on key: String,
        _ promise: EventLoopPromise<Driver.Outcome>
    ) {
        precondition(self.promise == nil, "a client runs one operation at a time")
        self.promise = promise
        handle(.invoked(key: key, operation))
    }

    func close() {
        for (node, attempt) in attempts.sorted(by: { $0.key < $1.key }) {
            connections[node]?.close(promise: nil)
            disconnected(from: node, attempt: attempt)
        }
        // What would be sent again ends as if its time were over.
        handle(.tick, now: .distantFuture)
    }

    // MARK: - Reports of connections

    /// A connection was accepted by somebody; returns whether it is still wanted.
    func opened(_ channel: any Channel, to node: NodeID, attempt: UInt64) -> Bool {
        guard attempts[node] == attempt else { return false }
        connections[node] = channel
        return true
    }

    /// The node itself has answered.
    func connected(to node: NodeID, attempt: UInt64) {
        guard attempts[node] == attempt else { return }
        handle(.connected(node))
    }

    func disconnected(from node: NodeID, attempt: UInt64) {
        guard attempts[node] == attempt else { return }
        attempts[node] = nil
        connections[node] = nil
        handle(.disconnected(node))
    }

    func received(_ frame: Driver.Frame, from node: NodeID) {
        handle(.received(frame, from: node))
    }

    // MARK: - Driving the core

    private func handle(
        _ event: ClientEvent<Driver.Operation, Driver.Frame>, now: Instant = .monotonic
    ) {
        driver.step(event, now: now, effects: &effects)
        let wanted = effects
        effects.removeAll(keepingCapacity: true)
        for effect in wanted { perform(effect) }
        armTimer()
    }

    private func perform(_ effect: ClientEffect<Driver.Frame, Driver.Outcome>) {
        switch effect {
        case .connect(let node): connect(to: node)
        case .disconnect(let node): disconnect(node)
        case .send(let frame, let node):
            connections[node]?.writeAndFlush(frame, promise: nil)
        case .finish(let outcome):
            let finished = promise
            promise = nil
            finished?.succeed(outcome)
        }
    }

    private func connect(to node: NodeID) {
        attemptCount += 1
        let attempt = attemptCount
        attempts[node] = attempt
        guard let address = addresses[node] else {
            return loop.assumeIsolated().execute {
                self.disconnected(from: node, attempt: attempt)
            }
        }
        let shell = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(FrameDecoder<Driver.Frame>()),
                        MessageToByteHandler(FrameEncoder<Driver.Frame>()),
                        ClientConnection(shell: shell.value, node: node, attempt: attempt))
                }
            }
            .connect(to: address)
            .assumeIsolated()
            .whenFailure { _ in self.disconnected(from: node, attempt: attempt) }
    }

    private func disconnect(_ node: NodeID) {
        attempts[node] = nil
        connections.removeValue(forKey: node)?.close(promise: nil)
    }

    private func armTimer() {
        timer.arm(driver.nextDeadline) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        if .monotonic >= driver.nextDeadline { handle(.tick) } else { armTimer() }
    }
}
