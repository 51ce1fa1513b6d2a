internal import GossipBinding
internal import GossipCore
internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// The client of the gossip store in the simulated world.
struct GossipClientNode: ClientNode {
    private var core: GossipClientCore
    private let object: ObjectType
    private var effects: [GossipClientEffect] = []

    init(thread: Int, _ configuration: RunConfiguration) {
        object = configuration.object
        core = GossipClientCore(
            configuration: GossipClientConfiguration(configuration, thread: ThreadID(thread)))
    }

    var nextDeadline: Instant { core.nextDeadline }

    mutating func step(
        _ event: ClientEvent<GossipOperation, ClientResponse>, now: Instant,
        effects wanted: inout [ClientEffect<ClientRequest, GossipClientOutcome>]
    ) {
        let event: GossipClientEvent =
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

    func completion(_ outcome: GossipClientOutcome, of invocation: Invocation) -> Completion {
        Completion(outcome, of: invocation, on: object)
    }
}
