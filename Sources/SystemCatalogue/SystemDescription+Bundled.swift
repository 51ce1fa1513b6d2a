public import Checkers
internal import GossipBinding
internal import HistoryModel
internal import ObjectBinding
internal import RaftBinding
public import Workloads

extension SystemDescription {
    /// The systems that come with the harness, the default first.
    public static let bundled: [SystemDescription] = [.raft, .gossip, .memory]

    /// The system of this name, if there is one.
    public static func named(_ name: String) -> SystemDescription? {
        bundled.first { $0.name == name }
    }

    /// Objects in the harness's own process: no nodes, no network, no faults.
    public static let memory = SystemDescription(
        name: "memory", summary: "linearizable objects inside the harness; no processes",
        functions: FunctionTable.known.functions)
}

extension JudgingPlan {
    /// What a run is judged by: what its workload promises clients, and what its system promises of itself.
    public init(_ configuration: RunConfiguration) {
        self = configuration.judgingPlan
        systemCheckers = SystemDescription.named(configuration.system)?.checkers ?? []
    }
}
