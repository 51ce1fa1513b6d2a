internal import HistoryModel
internal import RaftCore
internal import Vocabulary

/// A few Raft nodes that are driven by hand: a message takes a millisecond, a sync no time unless the disk
/// is held up.
struct ScriptedRaft {
    struct Sent {
        var message: RaftMessage
        var from: NodeID
        var to: NodeID
        var time: Instant
    }

    /// A node with its disk.
    struct Node {
        var core: RaftCore
        /// What a restart finds.
        var durable: RaftDurableState
        /// What was appended, durable or not.
        var entries: [LogEntry]
        /// Whether syncs wait for `releaseDisk`.
        var diskIsHeld = false
        var waiting: [RaftEffect] = []
    }

    static let latency: Nanoseconds = 1_000_000

    private(set) var nodes: [Node] = []
    private(set) var now = Instant.zero
    /// All messages so far, in the order in which they were sent.
    private(set) var sent: [Sent] = []
    private(set) var traces: [(node: NodeID, event: RaftTraceEvent)] = []
    private(set) var responses: [ClientResponse] = []
    /// Nodes that neither send to nor receive from any other.
    var cutOff: Set<NodeID> = []
    private var delivered = 0

    /// Makes nodes that have started with this on their disks.
    init(
        count: Int, durable: [RaftDurableState] = [],
        change: (inout RaftConfiguration) -> Void = { _ in }
    ) {
        let voters = (1...count).map { NodeID($0) }
        for (place, id) in voters.enumerated() {
            var configuration = RaftConfiguration(id: id, membership: Membership(voters: voters))
            change(&configuration)
            let state = place < durable.count ? durable[place] : RaftDurableState()
            nodes.append(
                Node(
                    core: RaftCore(configuration: configuration, state: state, seed: Seed(7)),
                    durable: state, entries: Self.entries(of: state.log)))
        }
        for id in voters { step(id, .start) }
    }

    private static func entries(of log: RaftLog) -> [LogEntry] {
        log.entries(from: log.firstIndex, countMax: .max)
    }

    subscript(node: NodeID) -> RaftCore { nodes[node.place].core }

    /// The node that leads in the largest term.
    var leader: NodeID? {
        nodes.filter { $0.core.role == .leader }.max { $0.core.term < $1.core.term }?.core.id
    }

    // MARK: - Events

    mutating func step(_ node: NodeID, _ event: RaftEvent) {
        var effects: [RaftEffect] = []
        nodes[node.place].core.step(event, now: now, effects: &effects)
        for effect in effects { perform(effect, of: node) }
    }

    mutating func receive(_ message: RaftMessage, at node: NodeID, from sender: NodeID) {
        step(node, .received(message, from: sender))
    }

    /// Lets the time pass to a node's next deadline, at which it acts; nothing is delivered.
    mutating func timeOut(_ node: NodeID) {
        now = max(now, self[node].nextDeadline)
        step(node, .tick)
    }

    /// Lets time pass: messages arrive and deadlines are met, in the order of time.
    mutating func run(
        for length: Nanoseconds, until isOver: (ScriptedRaft) -> Bool = { _ in false }
    ) {
        let end = now + length
        while !isOver(self) {
            let arrival =
                delivered < sent.count ? sent[delivered].time + Self.latency : .distantFuture
            let tick = nodes.map(\.core).min { $0.nextDeadline < $1.nextDeadline }
            let deadline = tick?.nextDeadline ?? .distantFuture
            guard min(arrival, deadline) <= end else { break }
            now = max(now, min(arrival, deadline))
            if arrival <= deadline {
                deliverNext()
            } else if let tick {
                step(tick.id, .tick)
            }
        }
        if !isOver(self) { now = end }
    }

    private mutating func deliverNext() {
        let packet = sent[delivered]
        delivered += 1
        guard !cutOff.contains(packet.from), !cutOff.contains(packet.to) else { return }
        receive(packet.message, at: packet.to, from: packet.from)
    }

    // MARK: - Disks and restarts

    /// From now on syncs of a node wait.
    mutating func holdDisk(of node: NodeID) { nodes[node.place].diskIsHeld = true }

    mutating func releaseDisk(of node: NodeID) {
        nodes[node.place].diskIsHeld = false
        let waiting = nodes[node.place].waiting
        nodes[node.place].waiting = []
        for effect in waiting { perform(effect, of: node) }
    }

    /// Kills a node and starts it again with what its disk has.
    mutating func restart(_ node: NodeID) {
        let old = nodes[node.place]
        var configuration = old.core.configuration
        configuration.incarnation += 1
        nodes[node.place] = Node(
            core: RaftCore(configuration: configuration, state: old.durable, seed: Seed(7)),
            durable: old.durable, entries: Self.entries(of: old.durable.log))
        step(node, .start)
    }

    private mutating func perform(_ effect: RaftEffect, of node: NodeID) {
        let place = node.place
        switch effect {
        case .send(let message, let receiver):
            sent.append(Sent(message: message, from: node, to: receiver, time: now))
        case .respond(let response, _): responses.append(response)
        case .trace(let event): traces.append((node, event))
        case .appendLog(_, let entries): nodes[place].entries += entries
        case .truncateLog(let index):
            nodes[place].entries.removeLast(nodes[place].entries.count - index.previous.rawValue)
        case .saveHardState, .syncLog: sync(effect, of: node)
        }
    }

    private mutating func sync(_ effect: RaftEffect, of node: NodeID) {
        let place = node.place
        guard !nodes[place].diskIsHeld else { return nodes[place].waiting.append(effect) }
        switch effect {
        case .saveHardState(let state, let token):
            nodes[place].durable.hardState = state
            step(node, .hardStateSynced(token))
        case .syncLog(let token):
            nodes[place].durable.log = RaftLog(entries: nodes[place].entries)
            step(node, .logSynced(token))
        default: break
        }
    }
}

extension ScriptedRaft {
    /// Messages from a node of the kind that `pick` finds, in their order.
    func sent<Message>(by node: NodeID, _ pick: (RaftMessage) -> Message?) -> [Message] {
        sent.filter { $0.from == node }.compactMap { pick($0.message) }
    }
}

extension RaftMessage {
    var request: RequestVote? { if case .requestVote(let request) = self { request } else { nil } }
    var vote: VoteReply? { if case .voteReply(let reply) = self { reply } else { nil } }
    var entries: AppendEntries? {
        if case .appendEntries(let message) = self { message } else { nil }
    }
    var acknowledgement: AppendReply? {
        if case .appendReply(let reply) = self { reply } else { nil }
    }

    static func grant(in term: Int, isPreVote: Bool = false) -> RaftMessage {
        .voteReply(
            VoteReply(
                term: Term(isPreVote ? term - 1 : term), electionTerm: Term(term),
                isPreVote: isPreVote, granted: true))
    }
}

extension NodeID {
    fileprivate var place: Int { rawValue - 1 }
}
