import GossipCore
import Logging
import NIOCore
import NIOPosix
import NodeWire
import Vocabulary

/// Feeds a gossip node's process with what happens, and carries out what it wants.
///
/// Everything happens on one event loop. The effects of all events that come in together are
/// gathered and carried out at once at the end of the loop's turn: first the trace, then the
/// disk, then the network, so that the trace never lags behind what others have seen.
final class GossipShell: FrameReceiver, DatagramReceiver {
    typealias Frame = GossipFrame

    private let loop: any EventLoop
    private let failed: (any Error) -> Void
    private var process: GossipProcess
    private var trace: TraceFile
    private var tracedRefusals: [String: Instant] = [:]
    private let links: [NodeID: PeerLink<GossipFrame>]
    private let addresses: [NodeID: SocketAddress]
    private lazy var disk: GossipDiskWriter = makeDisk()
    private let storage: GossipStorage
    private let threads: NodeThreads
    private var endpoint: DatagramEndpoint<GossipShell>?

    private var effects: [GossipProcessEffect] = []
    private var requests = PendingRequests<GossipFrame>()
    private var turnEndIsScheduled = false
    private let timer: DeadlineTimer
    private var refusals: RefusalLog

    init(
        _ process: GossipProcess, peers: [PeerAddress], storage: GossipStorage, trace: TraceFile,
        threads: NodeThreads, logger: Logger, failed: @escaping (any Error) -> Void
    ) throws {
        self.process = process
        self.storage = storage
        self.trace = trace
        self.threads = threads
        self.failed = failed
        let loop = threads.loop
        self.loop = loop
        timer = DeadlineTimer(loop: loop)
        refusals = RefusalLog(logger: logger)
        addresses = try Dictionary(
            peers.map {
                ($0.node, try SocketAddress.makeAddressResolvingHost($0.host, port: $0.port))
            },
            uniquingKeysWith: { first, _ in first })
        links = Dictionary(
            peers.map {
                (
                    $0.node,
                    PeerLink(
                        from: process.id, to: $0, dialling: .onDemand, loop: loop, logger: logger)
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Begins to run.
    func start(on endpoint: DatagramEndpoint<GossipShell>) {
        self.endpoint = endpoint
        handle(.start)
    }

    /// Says good-bye to the others.
    func leave() { handle(.leave) }

    /// Ends all connections to peers.
    func stop() {
        timer.cancel()
        for link in links.values { link.close() }
    }

    // MARK: - Events

    func received(_ frame: GossipFrame, on channel: any NIOCore.Channel) {
        if case .request(let request, let id) = frame {
            let unique = RequestID(requests.add(id.rawValue, on: channel))
            handle(.requested(request, id: unique))
        } else {
            receive(frame, from: channel.remoteAddress)
        }
    }

    func received(_ frame: GossipFrame, from remote: SocketAddress) {
        receive(frame, from: remote)
    }

    func refusedDatagram(_ reason: String, from remote: SocketAddress) {
        refusals.note(reason, from: remote, now: .monotonic)
        handle(.undecodable)
    }

    func refused(_ error: FrameError, from remote: SocketAddress?) {
        refusals.note("\(error)", from: remote, now: .monotonic)
        handle(.undecodable)
    }

    private func receive(_ frame: GossipFrame, from remote: SocketAddress?) {
        switch frame {
        case .packet(var packet):
            guard isExpected(packet.from, packet.to, remote) else { return }
            if case .membership(var message) = packet.payload {
                // Whom this node has no address of, it could neither ask nor suspect for a reason.
                message.updates.removeAll { $0.node != process.id && addresses[$0.node] == nil }
                packet.payload = .membership(message)
            }
            handle(.received(packet))
        case .request:
            refusals.note("a request in a datagram", from: remote, now: .monotonic)
            handle(.strange)
        case .response, .ping, .pong: break
        }
    }

    private func isExpected(_ sender: NodeID, _ receiver: NodeID, _ remote: SocketAddress?) -> Bool
    {
        if receiver == process.id, addresses[sender] != nil { return true }
        refusals.note(
            "a message from \(sender), a stranger or to \(receiver)", from: remote,
            now: .monotonic)
        handle(.strange)
        return false
    }

    private func handle(_ event: GossipProcessEvent) {
        let now = Instant.monotonic
        process.step(event, now: now, effects: &effects)
        for effect in effects { perform(effect, now: now) }
        effects.removeAll(keepingCapacity: true)
        scheduleTurnEnd()
    }

    // MARK: - Effects

    private func perform(_ effect: GossipProcessEffect, now: Instant) {
        switch effect {
        case .send(let packet, .datagram):
            if let address = addresses[packet.to] { endpoint?.send(.packet(packet), to: address) }
        case .send(let packet, .stream): links[packet.to]?.send(.packet(packet))
        case .respond(let response, let id):
            requests.answer(id.rawValue) { .response(response, id: RequestID($0)) }
        case .save(let records, let token): disk.save(records, token)
        case .trace(let event): note(event, now: now)
        case .traceMember(let update): trace.add(update, at: now)
        }
    }

    /// Notes a transition; refusals at most once a second for each reason and sender, since whoever sends
    /// rubbish may send much of it.
    private func note(_ event: GossipTraceEvent, now: Instant) {
        if case .refused = event {
            let reason = event.detail ?? ""
            guard now >= tracedRefusals[reason] ?? .zero else { return }
            tracedRefusals[reason] = now + 1_000_000_000
        }
        trace.add(event, at: now)
    }

    private func scheduleTurnEnd() {
        guard !turnEndIsScheduled else { return }
        turnEndIsScheduled = true
        loop.assumeIsolated().execute { self.endTurn() }
    }

    private func endTurn() {
        turnEndIsScheduled = false
        do {
            try trace.flush()
        } catch {
            return failed(error)
        }
        disk.start()
        endpoint?.flush()
        for link in links.values { link.flush() }
        requests.flush()
        armTimer()
    }

    // MARK: - Time

    private func armTimer() {
        timer.arm(process.nextDeadline) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        if Instant.monotonic >= process.nextDeadline { handle(.tick) }
        armTimer()
    }

    private func makeDisk() -> GossipDiskWriter {
        GossipDiskWriter(
            storage: storage, loop: loop, thread: threads.disk,
            completed: { [weak self] in self?.handle(.saved($0)) }, failed: failed)
    }
}
