internal import GossipCore
internal import HistoryModel
internal import Synchronization
internal import Vocabulary
internal import Workloads

/// Follows the traces of all nodes, and knows from them who leads and who knows whom.
final class TraceWatcher: Sendable {
    private struct State {
        var tails: [TraceTail]
        var collected: [NodeTraceEvent] = []
        var leader: (node: NodeID, term: Int)?
        /// Whom each node holds alive, as `node other`.
        var acquaintances: Set<String> = []
    }

    private let state: Mutex<State>
    private let clock: RunClock

    init(environment: SystemEnvironment) {
        clock = environment.clock
        let tails = environment.configuration.nodeIDs.map {
            TraceTail(of: $0, path: environment.traceFile($0), clock: environment.clock)
        }
        state = Mutex(State(tails: tails))
    }

    /// Reads what is new.
    func look() {
        state.withLock { state in
            var new: [NodeTraceEvent] = []
            for index in state.tails.indices { new += state.tails[index].next() }
            for event in new.sorted(by: { $0.time < $1.time }) {
                Self.note(event, &state.leader)
                Self.note(event, &state.acquaintances)
                state.collected.append(event)
            }
        }
    }

    /// Adds something that the harness itself saw.
    func add(_ event: NodeTraceEvent) { state.withLock { $0.collected.append(event) } }

    /// Who leads in the largest term, if that node has not stepped down.
    var leader: (node: NodeID, term: Int)? { state.withLock { $0.leader } }

    /// How many ordered pairs of nodes there are of which the first holds the second alive.
    var acquaintances: Int { state.withLock { $0.acquaintances.count } }

    /// Takes what was collected since the last call, with a mark of the time until which it is whole.
    func take() -> [NodeTraceEvent] {
        let time = clock.now()
        look()
        // Nobody may look again: an error that stays has to become a gap now.
        if state.withLock({ $0.tails.contains(where: \.isBehind) }) { look() }
        return state.withLock { state in
            guard !state.collected.isEmpty else { return [] }
            defer { state.collected = [] }
            let mark = NodeTraceEvent(time: time, node: .harness, name: RunRecord.tracesRead)
            return state.collected + [mark]
        }
    }

    private static func note(
        _ event: NodeTraceEvent, _ leader: inout (node: NodeID, term: Int)?
    ) {
        let term = event.term ?? 0
        switch event.name {
        case "leader": if term >= leader?.term ?? 0 { leader = (event.node, term) }
        case "stepped-down", "started", "follower":
            if event.node == leader?.node { leader = nil }
        default: break
        }
    }

    private static func note(_ event: NodeTraceEvent, _ acquaintances: inout Set<String>) {
        guard event.name == MemberUpdate.traceName,
            let words = event.detail?.split(separator: " "), words.count == 2
        else { return }
        let pair = "\(event.node) \(words[0])"
        if words[1] == MemberStatus.alive.rawValue {
            acquaintances.insert(pair)
        } else {
            acquaintances.remove(pair)
        }
    }
}
