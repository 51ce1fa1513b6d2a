import GossipCore
import Logging
import NIOCore
import NIOPosix
import NodeWire
import Vocabulary

/// Feeds a gossip store and its view of the members with what happens, and carries out what they want.
///
/// Everything happens on one event loop. The effects of all events that come in together are
/// gathered and carried out at once at the end of the loop's turn: first the trace, then the
/// disk, then the network, so that the trace never lags behind what others have seen.
final class GossipShell: FrameReceiver, DatagramReceiver {
    typealias Frame = GossipFrame

    private let loop: any EventLoop
    private let failed: (any Error) -> Void
    private var core: GossipCore
    private var members: Membership?
    private var trace: TraceFile
    private var tracedRefusals: [String: Instant] = [:]
    private let links: [NodeID: PeerLink<GossipFrame>]
    private let addresses: [NodeID: SocketAddress]
    private lazy var disk: GossipDiskWriter = makeDisk()
    private let storage: GossipStorage
    private let threads: NodeThreads
    private var endpoint: DatagramEndpoint<GossipShell>?

    private var storeEffects: [GossipEffect] = []
    private var memberEffects: [MembershipEffect] = []
    private var requests = PendingRequests<GossipFrame>()
    private var turnEndIsScheduled = false
    private let timer: DeadlineTimer
    private var refusals: RefusalLog

    init(
        core: GossipCore, members: Membership?, peers: [PeerAddress], storage: GossipStorage,
        trace: TraceFile, threads: NodeThreads, logger: Logger,
        failed: @escaping (any Error) -> Void
    ) throws {
        self.core = core
        self.members = members
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
                        from: core.id, to: $0, dialling: .onDemand, loop: loop, logger: logger)
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Begins to run.
    func start(on endpoint: DatagramEndpoint<GossipShell>) {
        self.endpoint = endpoint
        handle(.start)
        handleMembers(.start)
    }

    /// Says good-bye to the others.
    func leave() { handleMembers(.leave) }

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
        case .store(let message, let sender, let receiver):
            guard isExpected(sender, receiver, remote) else { return }
            handle(.received(message, from: sender))
        case .membership(var message, let sender, let receiver):
            guard isExpected(sender, receiver, remote) else { return }
            // Whom this node has no address of, it could neither ask nor suspect for a reason.
            message.updates.removeAll { $0.node != core.id && addresses[$0.node] == nil }
            handleMembers(.received(message, from: sender))
        case .request:
            refusals.note("a request in a datagram", from: remote, now: .monotonic)
        case .response, .ping, .pong: break
        }
    }

    private func isExpected(_ sender: NodeID, _ receiver: NodeID, _ remote: SocketAddress?) -> Bool
    {
        if receiver == core.id, addresses[sender] != nil { return true }
        refusals.note(
            "a message from \(sender), a stranger or to \(receiver)", from: remote,
            now: .monotonic)
        return false
    }

    private func handle(_ event: GossipEvent) {
        let now = Instant.monotonic
        core.step(event, now: now, effects: &storeEffects)
        for effect in storeEffects { perform(effect, now: now) }
        storeEffects.removeAll(keepingCapacity: true)
        scheduleTurnEnd()
    }

    private func handleMembers(_ event: MembershipEvent) {
        let now = Instant.monotonic
        members?.step(event, now: now, effects: &memberEffects)
        for effect in memberEffects { perform(effect, now: now) }
        memberEffects.removeAll(keepingCapacity: true)
        scheduleTurnEnd()
    }

    // MARK: - Effects

    private func perform(_ effect: GossipEffect, now: Instant) {
        switch effect {
        case .send(let message, let node, let channel):
            let frame = GossipFrame.store(message, from: core.id, to: node)
            switch channel {
            case .datagram: send(frame, to: node)
            case .stream: links[node]?.send(frame)
            }
        case .respond(let response, let id):
            requests.answer(id.rawValue) { .response(response, id: RequestID($0)) }
        case .save(let records, let token): disk.save(records, token)
        case .trace(let event): note(event, now: now)
        }
    }

    private func perform(_ effect: MembershipEffect, now: Instant) {
        switch effect {
        case .send(let message, let node):
            send(.membership(message, from: core.id, to: node), to: node)
        case .changed(let alive, let dead): handle(.membersChanged(alive: alive, dead: dead))
        case .left(let node): handle(.removed(node))
        case .trace(let update): trace.add(update, at: now)
        }
    }

    private func send(_ frame: GossipFrame, to node: NodeID) {
        if let address = addresses[node] { endpoint?.send(frame, to: address) }
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

    private var nextDeadline: Instant {
        min(core.nextDeadline, members?.nextDeadline ?? .distantFuture)
    }

    private func armTimer() {
        timer.arm(nextDeadline) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        let now = Instant.monotonic
        if now >= core.nextDeadline { handle(.tick) }
        if now >= members?.nextDeadline ?? .distantFuture { handleMembers(.tick) }
        armTimer()
    }

    private func makeDisk() -> GossipDiskWriter {
        GossipDiskWriter(
            storage: storage, loop: loop, thread: threads.disk,
            completed: { [weak self] in self?.handle(.saved($0)) }, failed: failed)
    }
}
