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
enum ClientEffect<Request: Sendable, Outcome: Sendable>: Sendable {
    case connect(NodeID)
    case disconnect(NodeID)
    case send(Request, id: UInt64, to: NodeID)
    /// The operation under way has ended.
    case finish(Outcome)
}

/// The client of a store, as the processes run it.
protocol ClientNode: Sendable {
    associatedtype Operation: Sendable
    associatedtype Request: Sendable
    associatedtype Response: Sendable
    associatedtype Outcome: Sendable

    var nextDeadline: Instant { get }

    /// Takes in one event.
    mutating func step(
        _ event: ClientEvent<Operation, Response>, now: Instant,
        effects: inout [ClientEffect<Request, Outcome>])

    /// How an outcome ends what was under way.
    func completion(_ outcome: Outcome, of invocation: Invocation) -> Completion
}

/// The client of one thread, with its connections.
struct SimulatedClient<Core: ClientNode>: Sendable {
    var core: Core
    /// What is under way.
    var invocation: Invocation?
    /// How often the connection to each node was lost; what belongs to an older one is void.
    var epochs: [Int]
    var tickAt = Instant.distantFuture
    /// What the client wanted last; a place that is used again and again.
    var effects: [ClientEffect<Core.Request, Core.Outcome>] = []
    /// The latency of the client's connections, which nothing disturbs.
    var random: TimedRandom

    init(_ core: Core, thread: Int, _ configuration: RunConfiguration) {
        self.core = core
        epochs = Array(repeating: 0, count: configuration.nodeIDs.count)
        random = TimedRandom(Seed(configuration.seed), "client \(thread)")
    }

    // These two change nothing or little. They are `mutating` because the array would copy the
    // whole client out for anything else.

    /// When to wake the client, if that is sooner than was said before.
    mutating func newDeadline() -> Instant? {
        let deadline = core.nextDeadline
        guard deadline < tickAt else { return nil }
        tickAt = deadline
        return deadline
    }

    mutating func isDue(at now: Instant) -> Bool { now >= core.nextDeadline }
}
