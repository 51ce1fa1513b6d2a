internal import HistoryModel
internal import ObjectBinding
internal import Objects
public import RaftCore
internal import Vocabulary
public import Workloads

// What workloads ask for and hear, in the words of the Raft store's client.

extension RaftClientConfiguration {
    /// The settings of a thread's client in a run: thread t is at home at node t mod n.
    ///
    /// Clients of registers leave what was not answered, since a write of unknown outcome costs the
    /// checker nothing. Of other objects an unknown outcome costs much, so their clients ask again
    /// and rely on the session; so do all clients if the nodes have the defect that this shows.
    public init(thread: Int, of configuration: RunConfiguration) {
        let nodes = configuration.nodeIDs
        self.init(home: nodes[thread % nodes.count])
        operationTimeout = configuration.operationTimeout
        retriesUnanswered =
            configuration.object != .register
            || configuration.defects.contains(RaftDefect.noSessions.rawValue)
    }
}

extension Completion {
    /// How the client's outcome ends an invocation.
    public init(_ outcome: RaftClientOutcome, of invocation: Invocation) {
        switch outcome {
        case .ok(let result, let node):
            self.init(result, of: invocation, by: node)
        case .fail(.object(let refusal), let node):
            self.init(.refused(refusal), of: invocation, by: node)
        case .fail(let failure, let node):
            self.init(invocation, .fail, failure.description, by: node)
        case .info(let unknown, let node):
            self.init(invocation, .info, unknown.description, by: node)
        }
    }

    private init(_ invocation: Invocation, _ type: EventType, _ error: String, by node: NodeID?) {
        self.init(
            thread: invocation.thread, type: type, value: invocation.operation.value,
            error: error, node: node)
    }
}
