public import Vocabulary

/// The client of one logical process as a value; decides between ok, fail and info.
///
/// It runs one operation at a time, at the first of its nodes that can be reached, and stays there
/// while the connection stands. A connection counts once the node itself has answered on it; until then
/// nothing is sent, so a failure is definite. After a request was sent, a lost connection or a
/// timeout leaves its outcome unknown.
///
/// The client carries the greatest version it has met: the next write gets a greater one,
/// whichever node takes it.
public struct GossipClientCore: Sendable {
    private struct Operation {
        var key: String
        var operation: GossipOperation
        var deadline: Instant
        var state: State
    }

    private enum State {
        /// The operation waits for a connection; no node has it. So many nodes were tried in vain.
        case connecting(NodeID, tried: Int)
        /// A node has the request.
        case awaiting(NodeID, RequestID)
        /// No node could be reached; the user learns it later.
        case refused(until: Instant)
    }

    /// What the client was told at the start.
    public let configuration: GossipClientConfiguration
    /// The greatest version that the client has met.
    public private(set) var seen: Version = 0
    private var connected: NodeID?
    /// Which of the nodes is the present one.
    private var place = 0
    private var lastRequest = RequestID(0)
    private var current: Operation?
    private var now = Instant.zero
    private var outbox: [GossipClientEffect] = []

    /// Makes a client that has done nothing yet.
    public init(configuration: GossipClientConfiguration) {
        self.configuration = configuration
    }

    /// Whether an operation is under way.
    public var isBusy: Bool { current != nil }

    /// When the client wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant {
        guard let current else { return .distantFuture }
        guard case .refused(let until) = current.state else { return current.deadline }
        return min(until, current.deadline)
    }

    /// Takes in one event and adds to `effects` what is to be done.
    public mutating func step(
        _ event: GossipClientEvent, now: Instant, effects: inout [GossipClientEffect]
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

    private mutating func invoke(_ operation: GossipOperation, on key: String) {
        guard current == nil, !configuration.nodes.isEmpty else { return }
        let node = configuration.nodes[place]
        current = Operation(
            key: key, operation: operation, deadline: now + configuration.operationTimeout,
            state: .connecting(node, tried: 0))
        if connected == node { send(to: node) } else { outbox.append(.connect(node)) }
    }

    private mutating func send(to node: NodeID) {
        guard let operation = current else { return }
        lastRequest.rawValue += 1
        let request: ClientRequest =
            switch operation.operation {
            case .get: .get(key: operation.key)
            case .list: .list(prefix: operation.key)
            case .put(let value): .put(key: operation.key, value: value, seen: seen)
            case .delete: .delete(key: operation.key, seen: seen)
            }
        current?.state = .awaiting(node, lastRequest)
        outbox.append(.send(request, id: lastRequest, to: node))
    }

    private mutating func finish(_ outcome: GossipClientOutcome) {
        current = nil
        outbox.append(.finish(outcome))
    }

    // MARK: - Events

    private mutating func connected(to node: NodeID) {
        guard configuration.nodes[place] == node else { return }
        connected = node
        if case .connecting(node, _) = current?.state { send(to: node) }
    }

    private mutating func disconnected(from node: NodeID) {
        if connected == node { connected = nil }
        switch current?.state {
        case .connecting(node, let tried): tryNext(tried: tried + 1)
        case .awaiting(node, _): finish(.info(.connectionLost, by: node))
        default: break
        }
    }

    private mutating func tryNext(tried: Int) {
        place = (place + 1) % configuration.nodes.count
        guard tried < configuration.nodes.count else {
            current?.state = .refused(until: now + configuration.refusalDelay)
            return
        }
        current?.state = .connecting(configuration.nodes[place], tried: tried)
        outbox.append(.connect(configuration.nodes[place]))
    }

    private mutating func tick() {
        guard let operation = current else { return }
        switch operation.state {
        case .refused(let until) where now >= min(until, operation.deadline):
            finish(.fail(.unreachable, by: nil))
        case .connecting(let node, _) where now >= operation.deadline:
            outbox.append(.disconnect(node))
            finish(.fail(.unreachable, by: node))
        case .awaiting(let node, _) where now >= operation.deadline:
            finish(.info(.timedOut, by: node))
        default:
            break
        }
    }

    private mutating func receive(_ response: ClientResponse, id: RequestID, from node: NodeID) {
        guard case .awaiting(node, id) = current?.state else { return }
        switch response {
        case .value(let value, let stamp):
            seen = max(seen, stamp?.version ?? 0)
            finish(.ok(.value(value, stamp), by: node))
        case .listed(let items):
            finish(.ok(.listed(items), by: node))
        case .stored(let stamp):
            seen = max(seen, stamp.version)
            finish(.ok(.stored(stamp), by: node))
        case .refused(let refusal):
            finish(.fail(.refused(refusal), by: node))
        }
    }
}
