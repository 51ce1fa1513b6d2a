internal import RaftCore
internal import Vocabulary
internal import Workloads

/// The client of one thread, with its connections.
struct SimulatedClient: Sendable {
    var core: RaftClientCore
    /// What is under way.
    var invocation: Invocation?
    /// How often the connection to each node was lost; what belongs to an older one is void.
    var epochs: [Int]
    var tickAt = Instant.distantFuture

    init(thread: Int, _ configuration: RunConfiguration) {
        let nodes = configuration.nodeIDs
        var settings = RaftClientConfiguration(home: nodes[thread % nodes.count])
        settings.operationTimeout = configuration.operationTimeout
        core = RaftClientCore(configuration: settings)
        epochs = Array(repeating: 0, count: nodes.count)
    }
}
