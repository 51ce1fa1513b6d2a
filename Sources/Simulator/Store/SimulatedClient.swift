internal import Vocabulary
internal import Workloads

/// What happens to a client, whatever store it is one of; requests are numbered.
enum ClientEvent<Operation: Sendable, Response: Sendable>: Sendable {
    case invoked(key: String, Operation)
    case connected(NodeID)
    case disconnected(NodeID)
    case responded(Response, id: UInt64, from: NodeID)
    case tick
}

/// What a client wants done.
enum ClientEffect<Request: Sendable>: Sendable {
    case connect(NodeID)
    case disconnect(NodeID)
    case send(Request, id: UInt64, to: NodeID)
    /// The operation under way has ended.
    case finish(Completion)
}

/// The client of a store, as the processes run it.
protocol ClientNode: Sendable {
    associatedtype Operation: Sendable
    associatedtype Request: Sendable
    associatedtype Response: Sendable

    var nextDeadline: Instant { get }

    /// Takes in one event; `invocation` is what is under way.
    mutating func step(
        _ event: ClientEvent<Operation, Response>, of invocation: Invocation?, now: Instant,
        effects: inout [ClientEffect<Request>])
}

/// The client of one thread, with its connections.
struct SimulatedClient<Core: ClientNode>: Sendable {
    var core: Core
    /// What is under way.
    var invocation: Invocation?
    /// How often the connection to each node was lost; what belongs to an older one is void.
    var epochs: [Int]
    var tickAt = Instant.distantFuture
    /// The latency of the client's connections, which nothing disturbs.
    var random: TimedRandom

    init(_ core: Core, thread: Int, _ configuration: RunConfiguration) {
        self.core = core
        epochs = Array(repeating: 0, count: configuration.nodeIDs.count)
        random = TimedRandom(Seed(configuration.seed), "client \(thread)")
    }
}
