internal import Objects
internal import RaftBinding
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// The client of the Raft store in the simulated world.
struct RaftClientNode: ClientNode {
    private var core: RaftClientCore
    private var effects: [RaftClientEffect] = []

    init(thread: Int, _ configuration: RunConfiguration) {
        core = RaftClientCore(
            configuration: RaftClientConfiguration(thread: thread, of: configuration))
    }

    var nextDeadline: Instant { core.nextDeadline }

    mutating func step(
        _ event: ClientEvent<ObjectOperation, ClientResponse>, now: Instant,
        effects wanted: inout [ClientEffect<ClientRequest, RaftClientOutcome>]
    ) {
        let event: RaftClientEvent =
            switch event {
            case .invoked(let key, let operation): .invoked(key: key, operation)
            case .connected(let node): .connected(node)
            case .disconnected(let node): .disconnected(node)
            case .responded(let response, let id, let node):
                .responded(response, id: RequestID(id), from: node)
            case .tick: .tick
            }
        core.step(event, now: now, effects: &effects)
        for effect in effects {
            switch effect {
            case .connect(let node): wanted.append(.connect(node))
            case .disconnect(let node): wanted.append(.disconnect(node))
            case .send(let request, let id, let node):
                wanted.append(.send(request, id: id.rawValue, to: node))
            case .finish(let outcome): wanted.append(.finish(outcome))
            }
        }
        effects.removeAll(keepingCapacity: true)
    }

    func completion(_ outcome: RaftClientOutcome, of invocation: Invocation) -> Completion {
        Completion(outcome, of: invocation)
    }
}
