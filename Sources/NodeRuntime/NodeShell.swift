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
final class NodeShell {
    private struct PendingRequest {
        var channel: any Channel
        var id: RequestID
    }

    private let loop: any EventLoop
    private let logger: Logger
    private let failed: (any Error) -> Void
    private var core: RaftCore
    private var trace: TraceFile
    private let links: [PeerLink]
    private let linkPlaces: [NodeID: Int]
    private lazy var disk: DiskWriter = makeDisk()
    private let storage: NodeStorage
    private let diskThread: NIOThreadPool

    private var effects: [RaftEffect] = []
    private var requests: [RequestID: PendingRequest] = [:]
    private var requestCount: UInt64 = 0
    private var unflushedClients: [any Channel] = []
    private var turnEndIsScheduled = false
    private let timer: DeadlineTimer
    private(set) var badFrames = 0

    init(
        core: RaftCore, peers: [PeerLink.Address], storage: NodeStorage, trace: TraceFile,
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
        links = peers.map { PeerLink(from: core.id, to: $0, loop: loop, logger: logger) }
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

    func received(_ message: RaftMessage, from sender: NodeID, to receiver: NodeID) {
        guard receiver == core.id else {
            countBadFrame()
            return logger.warning(
                "dropped a message for another node",
                metadata: ["from": "\(sender)", "to": "\(receiver)"])
        }
        handle(.received(message, from: sender))
    }

    func requested(_ request: ClientRequest, id: RequestID, on channel: any Channel) {
        requestCount += 1
        let unique = RequestID(requestCount)
        requests[unique] = PendingRequest(channel: channel, id: id)
        handle(.requested(request, id: unique))
    }

    func countBadFrame() { badFrames += 1 }

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
            if let place = linkPlaces[node] { links[place].send(message) }
        case .respond(let response, let id): respond(response, id: id)
        case .saveHardState(let state, let token): disk.save(state, token)
        case .appendLog(let index, let entries): disk.change(.append(at: index, entries))
        case .truncateLog(let index): disk.change(.truncate(from: index))
        case .syncLog(let token): disk.sync(token)
        case .trace(let event): note(event, now: now)
        }
    }

    private func respond(_ response: ClientResponse, id: RequestID) {
        guard let request = requests.removeValue(forKey: id), request.channel.isActive else {
            return
        }
        // A client that takes no answers is not worth memory.
        guard request.channel.isWritable else { return request.channel.close(promise: nil) }
        request.channel.pipeline.syncOperations.write(
            NIOAny(NodeFrame.response(response, id: request.id)), promise: nil)
        unflushedClients.append(request.channel)
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
        for channel in unflushedClients { channel.flush() }
        unflushedClients.removeAll(keepingCapacity: true)
        armTimer()
    }

    private func armTimer() {
        timer.arm(core.nextDeadline) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        if .monotonic >= core.nextDeadline { handle(.tick) } else { armTimer() }
    }

    private func makeDisk() -> DiskWriter {
        DiskWriter(
            storage: storage, loop: loop, thread: diskThread,
            completed: { [weak self] in self?.handle($0) }, failed: failed)
    }
}
