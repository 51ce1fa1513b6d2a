internal import HistoryModel
internal import Vocabulary

extension FaultGroup {
    static let partition = FaultGroup(
        rank: 0, family: .partition,
        kinds: [
            .partitionHalves, .partitionOne, .partitionLeader, .partitionMajoritiesRing,
            .partitionBridge, .partitionOneWay,
        ])
}

extension FaultFamily {
    /// Links between nodes are cut.
    public static let partition = FaultFamily(
        "partition", summary: "links between nodes are cut", unit: "bytes held", isOrdinary: true)
}

extension FaultKind {
    /// Two groups that can't talk to each other: a minority and a majority.
    public static let partitionHalves = partition(
        "partition-halves", "a minority and a majority that can't talk to each other",
        complexity: 3
    ) { fault, _ in
        fault.split(Array(fault.order.prefix(fault.order.count / 2)))
    }

    /// One node cut off from all others.
    public static let partitionOne = partition(
        "partition-one", "one node cut off from all others", complexity: 0
    ) { fault, _ in fault.split([fault.order[0]]) }

    /// The leader of the moment cut off from all others.
    public static let partitionLeader = partition(
        "partition-leader", "the leader cut off from all others", aimsAtLeader: true,
        complexity: 2
    ) { fault, leader in
        fault.split([leader ?? fault.order[0]], note: PlannedFault.note(leader))
    }

    /// Every node sees a majority, and no two see the same one.
    public static let partitionMajoritiesRing = partition(
        "partition-majorities-ring", "each node sees a majority, no two the same one",
        nodesMin: 4, complexity: 5
    ) { fault, _ in
        fault.cut(
            Topology.majoritiesRing(fault.order), nodes: fault.order,
            "ring \(PlannedFault.names(fault.order))")
    }

    /// Two groups that only one node can talk to both of.
    public static let partitionBridge = partition(
        "partition-bridge", "two halves that one node alone can talk to", nodesMin: 3,
        complexity: 4
    ) { fault, _ in
        let half = fault.order.count / 2
        let bridge = fault.order[half]
        let groups = [Array(fault.order[..<half]), Array(fault.order[(half + 1)...])]
        return fault.cut(
            Topology.separate(groups), nodes: [bridge],
            "\(PlannedFault.names(groups[0])) | \(PlannedFault.names(groups[1])), \(bridge) sees "
                + "both")
    }

    /// One node that is heard but hears nobody, or hears but isn't heard.
    public static let partitionOneWay = partition(
        "partition-one-way", "one node that hears nobody, or that nobody hears", complexity: 1
    ) { fault, _ in
        let target = fault.order[0]
        let others = Array(fault.order.dropFirst())
        return fault.mutes
            ? fault.cut(
                Topology.mute(target, others: others), nodes: [target], "nobody hears \(target)")
            : fault.cut(
                Topology.deafen(target, others: others), nodes: [target], "\(target) hears nobody")
    }

    private static func partition(
        _ name: String, _ summary: String, nodesMin: Int = 2, aimsAtLeader: Bool = false,
        complexity: Int,
        resolve: @escaping @Sendable (PlannedFault, _ leader: NodeID?) -> ResolvedFault
    ) -> FaultKind {
        FaultKind(
            name, of: .partition, summary, nodesMin: nodesMin, aimsAtLeader: aimsAtLeader,
            needs: [.cut], complexity: complexity, resolve: resolve)
    }
}

extension PlannedFault {
    /// Cuts these links.
    fileprivate func cut(
        _ links: [DirectedLink], nodes: [NodeID], _ summary: String
    ) -> ResolvedFault {
        ResolvedFault([.cut(links, heal: heal)], nodes: nodes, summary: summary)
    }

    /// Cuts all links between some nodes and the others.
    fileprivate func split(_ side: [NodeID], note: String = "") -> ResolvedFault {
        let rest = order.filter { !side.contains($0) }
        return cut(
            Topology.separate([side, rest]), nodes: side.sorted(),
            "\(Self.names(side))\(note) | \(Self.names(rest))")
    }
}
