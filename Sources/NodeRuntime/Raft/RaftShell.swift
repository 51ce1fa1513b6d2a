import Logging
import NIOCore
import NIOPosix
import NodeWire
import RaftCore
import Vocabulary

/// Feeds a `RaftCore` with what happens and carries out what it wants.
///
/// Everything happens on one event loop. The effects of all events that come in together are
/// gathered and carried out at once at the end of the loop's turn: first the trace, then the
/// disk, then the network, so that the trace never lags behind what others have seen.
final class RaftShell: FrameReceiver {
    typealias Frame = RaftFrame

    private let loop: any EventLoop
    private let logger: Logger
    private let failed: (any Error) -> Void
    private var core: RaftCore
    private var trace: TraceFile
    private let links: [PeerLink<RaftFrame>]
    private let linkPlaces: [NodeID: Int]
    private lazy var disk: RaftDiskWriter = makeDisk()
    private let storage: RaftStorage
    private let diskThread: NIOThreadPool

    private var effects: [RaftEffect] = []
    private var requests = PendingRequests<RaftFrame>()
    private var turnEndIsScheduled = false
    private let timer: DeadlineTimer
    private var refusals: RefusalLog

    init(
        core: RaftCore, peers: [PeerAddress], storage: RaftStorage, trace: TraceFile,
        loop: any EventLoop, diskThread: NIOThreadPool, logger: Logger,
        failed: @escaping (any Error) -> Void
    ) {
        self.core = core
        self.storage = storage
        self.trace = trace
        self.loop = loop
        self.diskThread = diskThread
        self.logger = logger
        self.failed = failed
        timer = DeadlineTimer(loop: loop)
        refusals = RefusalLog(logger: logger)
        links = peers.map {
            PeerLink(from: core.id, to: $0, dialling: .always, loop: loop, logger: logger)
        }
        linkPlaces = Dictionary(
            peers.enumerated().map { ($1.node, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Begins to run.
    func start() {
        for link in links { link.open() }
        handle(.start)
    }

    /// Ends all connections to peers.
    func stop() {
        timer.cancel()
        for link in links { link.close() }
    }

    // MARK: - Events

    func received(_ frame: RaftFrame, on channel: any Channel) {
        switch frame {
        case .peer(let message, let sender, core.id):
            handle(.received(message, from: sender))
        case .peer(_, let sender, let receiver):
            refusals.note(
                "a message from \(sender) to \(receiver)", from: channel.remoteAddress,
                now: .monotonic)
        case .request(let request, let id):
            let unique = RequestID(requests.add(id.rawValue, on: channel))
            handle(.requested(request, id: unique))
        case .response, .ping, .pong:
            break
        }
    }

    func refused(_ error: FrameError, from remote: SocketAddress?) {
        refusals.note("\(error)", from: remote, now: .monotonic)
    }

    private func handle(_ event: RaftEvent) {
        let now = Instant.monotonic
        core.step(event, now: now, effects: &effects)
        for effect in effects { perform(effect, now: now) }
        effects.removeAll(keepingCapacity: true)
        scheduleTurnEnd()
    }

    // MARK: - Effects

    private func perform(_ effect: RaftEffect, now: Instant) {
        switch effect {
        case .send(let message, let node):
            guard let place = linkPlaces[node] else { return }
            links[place].send(.peer(message, from: core.id, to: node))
        case .respond(let response, let id):
            requests.answer(id.rawValue) { .response(response, id: RequestID($0)) }
        case .saveHardState(let state, let token): disk.save(state, token)
        case .appendLog(let index, let entries): disk.change(.append(at: index, entries))
        case .truncateLog(let index): disk.change(.truncate(from: index))
        case .syncLog(let token): disk.sync(token)
        case .trace(let event): note(event, now: now)
        }
    }

    private func note(_ event: RaftTraceEvent, now: Instant) {
        trace.add(event, at: now)
        switch event {
        case .leader, .follower, .steppedDown, .started:
            logger.info(
                "changed state",
                metadata: [
                    "raft.event": "\(event.name)", "raft.term": "\(event.term.rawValue)",
                    "detail": "\(event.detail ?? "")",
                ])
        default: break
        }
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
        for link in links { link.flush() }
        requests.flush()
        armTimer()
    }

    private func armTimer() {
        timer.arm(core.nextDeadline) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        if .monotonic >= core.nextDeadline { handle(.tick) } else { armTimer() }
    }

    private func makeDisk() -> RaftDiskWriter {
        RaftDiskWriter(
            storage: storage, loop: loop, thread: diskThread,
            completed: { [weak self] in self?.handle($0) }, failed: failed)
    }
}
