internal import Objects
public import Vocabulary

/// The client of one logical process as a value; decides between ok, fail and info.
///
/// It runs one operation at a time and begins each at its home node, so that it stays with a
/// leader that was cut off together with it; redirects hold for that operation only.
///
/// - A connection counts once the node itself has answered on it: a proxy or a kernel accepts for
///   nodes that are dead or stopped. Until then nothing is sent, so a failure is definite.
/// - A redirect says that the node has certainly not appended the request, which is then sent to
///   another node under the same number.
/// - After a request was sent, a lost connection or a timeout leaves its outcome unknown, for reads
///   as well: nothing is gained by calling a read's end definite.
/// - With `retriesUnanswered` an operation whose connection or leader was lost is sent again under
///   the same number, so that the session answers as the first time (thesis §6.3). Without an
///   answer in the end its outcome is unknown, whatever the last node said.
///
/// Changes need a session, opened before the first of them and again if the cluster forgot it.
public struct RaftClientCore: Sendable {
    private struct Operation {
        var key: String
        var operation: ObjectOperation
        /// The command, once a session has numbered it.
        var command: Command?
        var deadline: Instant
        /// How many redirects were followed since the home node was asked.
        var redirects = 0
        /// The last node that had the operation and never answered, if it is sent again.
        var unanswered: NodeID?
        var state: State
    }

    private enum State {
        /// The operation waits for a connection; no node has it.
        case connecting(NodeID)
        /// A node has the request; `isOperation` is false while a session is being opened.
        case awaiting(NodeID, RequestID, isOperation: Bool)
        /// No node has it; the home node is asked again later.
        case backingOff(until: Instant)
        /// The home node could not be reached; the user learns it later.
        case refused(until: Instant)
    }

    /// What the client was told at the start.
    public let configuration: RaftClientConfiguration
    private var connected: [NodeID] = []
    private var session: SessionID?
    private var lastSequence: UInt64 = 0
    private var lastRequest = RequestID(0)
    private var current: Operation?
    private var now = Instant.zero
    private var outbox: [RaftClientEffect] = []

    /// Makes a client that has done nothing yet.
    public init(configuration: RaftClientConfiguration) {
        self.configuration = configuration
    }

    /// Whether an operation is under way.
    public var isBusy: Bool { current != nil }

    /// When the client wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant {
        guard let current else { return .distantFuture }
        switch current.state {
        case .backingOff(let until), .refused(let until): return min(until, current.deadline)
        case .connecting, .awaiting: return current.deadline
        }
    }

    /// Takes in one event and adds to `effects` what is to be done.
    public mutating func step(
        _ event: RaftClientEvent, now: Instant, effects: inout [RaftClientEffect]
    ) {
        self.now = now
        swap(&outbox, &effects)
        switch event {
        case .invoked(let key, let operation): invoke(operation, on: key)
        case .connected(let node): connected(to: node)
        case .disconnected(let node): disconnected(from: node)
        case .responded(let response, let id, let node): receive(response, id: id, from: node)
        case .tick: tick()
        }
        swap(&outbox, &effects)
    }

    // MARK: - Going about an operation

    private mutating func invoke(_ operation: ObjectOperation, on key: String) {
        guard current == nil else { return }
        current = Operation(
            key: key, operation: operation, deadline: now + configuration.operationTimeout,
            state: .connecting(configuration.home))
        approach(configuration.home)
    }

    private mutating func approach(_ node: NodeID) {
        if connected.contains(node) { return send(to: node) }
        current?.state = .connecting(node)
        outbox.append(.connect(node))
    }

    private mutating func send(to node: NodeID) {
        guard let (request, isOperation) = nextRequest() else { return }
        lastRequest.rawValue += 1
        current?.state = .awaiting(node, lastRequest, isOperation: isOperation)
        outbox.append(.send(request, id: lastRequest, to: node))
    }

    private mutating func nextRequest() -> (ClientRequest, isOperation: Bool)? {
        guard let current else { return nil }
        if current.operation.isRead {
            return (.read(current.operation, key: current.key), true)
        }
        if let command = current.command { return (.execute(command), true) }
        guard let session else { return (.openSession, false) }
        lastSequence += 1
        let command = Command(
            session: session, sequence: lastSequence, key: current.key,
            operation: current.operation)
        self.current?.command = command
        return (.execute(command), true)
    }

    /// Sends the operation again later if it may, since nobody knows what became of it.
    private mutating func loseAnswer(_ reason: RaftClientOutcome.Unknown, of node: NodeID) {
        guard configuration.retriesUnanswered else { return finish(.info(reason, by: node)) }
        current?.unanswered = node
        backOff()
    }

    /// Ends an operation that no node has now: with a failure, unless one may have taken it before.
    private mutating func giveUp(
        _ failure: RaftClientOutcome.Failure, _ reason: RaftClientOutcome.Unknown, by node: NodeID?
    ) {
        guard let unanswered = current?.unanswered else { return finish(.fail(failure, by: node)) }
        finish(.info(reason, by: unanswered))
    }

    private mutating func finish(_ outcome: RaftClientOutcome) {
        current = nil
        outbox.append(.finish(outcome))
    }

    // MARK: - Events

    private mutating func connected(to node: NodeID) {
        if !connected.contains(node) { connected.append(node) }
        if case .connecting(node) = current?.state { send(to: node) }
    }

    private mutating func disconnected(from node: NodeID) {
        connected.removeAll { $0 == node }
        switch current?.state {
        case .connecting(node) where node == configuration.home:
            current?.state = .refused(until: now + configuration.refusalDelay)
        case .connecting(node), .awaiting(node, _, isOperation: false):
            backOff()
        case .awaiting(node, _, isOperation: true):
            loseAnswer(.connectionLost, of: node)
        default:
            break
        }
    }

    private mutating func backOff() {
        current?.state = .backingOff(until: now + configuration.retryDelay)
        current?.redirects = 0
    }

    private mutating func tick() {
        guard let current else { return }
        switch current.state {
        case .refused(let until) where now >= min(until, current.deadline):
            giveUp(.refused, .connectionLost, by: configuration.home)
        case _ where now >= current.deadline:
            timeOut(current.state)
        case .backingOff(let until) where now >= until:
            approach(configuration.home)
        default:
            break
        }
    }

    private mutating func timeOut(_ state: State) {
        switch state {
        case .awaiting(let node, _, isOperation: true):
            finish(.info(.timedOut, by: node))
        case .connecting(let node):
            outbox.append(.disconnect(node))
            giveUp(.noLeader, .timedOut, by: node)
        case .awaiting, .backingOff, .refused:
            giveUp(.noLeader, .timedOut, by: nil)
        }
    }

    private mutating func receive(_ response: ClientResponse, id: RequestID, from node: NodeID) {
        guard case .awaiting(node, id, let isOperation) = current?.state else { return }
        switch response {
        case .opened(let opened):
            session = opened
            lastSequence = 0
            send(to: node)
        case .answered(.refused(let refusal)):
            finish(.fail(.object(refusal), by: node))
        case .answered(let result):
            finish(.ok(result, by: node))
        case .notLeader(let hint):
            redirect(to: hint, from: node)
        case .leadershipLost:
            if isOperation { loseAnswer(.leadershipLost, of: node) } else { backOff() }
        case .sessionExpired, .outdated:
            // This answer is about all copies, unless an earlier one was left with a node.
            session = nil
            giveUp(.sessionExpired, .sessionExpired, by: node)
        }
    }

    private mutating func redirect(to hint: NodeID?, from node: NodeID) {
        current?.redirects += 1
        let redirects = current?.redirects ?? 0
        guard let hint, hint != node, redirects <= configuration.redirectsMax else {
            return backOff()
        }
        approach(hint)
    }
}
