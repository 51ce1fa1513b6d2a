public import HistoryModel
public import Vocabulary

/// A primitive action on the system, with every node named: all that real and simulated carriers of
/// faults implement.
public enum FaultAction: Hashable, Sendable {
    /// Cut these links, and later let them carry again.
    case cut([DirectedLink], heal: HealMode)
    /// Kill these nodes at once, and later start them again.
    case kill([NodeID])
    /// Stop these nodes, and later continue them.
    case pause([NodeID])
    /// Let these nodes say good-bye and end, and later join again with an empty disk.
    case leave([NodeID])
    /// Kill these nodes at once, and later start them with an empty disk.
    case wipe([NodeID])
    /// Let this happen to the datagrams of these links, and later no more.
    case disturb([DirectedLink], DatagramConditions)

    /// Which primitive it is, whatever it is done to.
    public enum Primitive: String, Hashable, Sendable, CaseIterable {
        /// Links that are cut.
        case cut
        /// Processes that are killed.
        case kill
        /// Processes that are stopped.
        case pause
        /// Nodes that leave the cluster.
        case leave
        /// Nodes that lose their disks.
        case wipe
        /// Datagrams that are disturbed.
        case disturb
    }

    /// Which primitive it is.
    public var primitive: Primitive {
        switch self {
        case .cut: .cut
        case .kill: .kill
        case .pause: .pause
        case .leave: .leave
        case .wipe: .wipe
        case .disturb: .disturb
        }
    }

    /// The links that carry nothing meanwhile.
    var cutLinks: [DirectedLink] {
        if case .cut(let links, _) = self { return links }
        return []
    }

    /// What it does to the nodes that the fault is aimed at, as records keep it.
    var effects: FaultRecord.Effects {
        switch self {
        case .cut, .disturb: []
        case .kill: .endsProcesses
        case .pause: .stopsProcesses
        case .leave, .wipe: [.endsProcesses, .losesStores]
        }
    }
}

/// A fault whose targets are known.
public struct ResolvedFault: Hashable, Sendable {
    /// What is done, in this order; it is undone in the opposite one.
    public var actions: [FaultAction]
    /// The nodes it is aimed at.
    public var nodes: [NodeID]
    /// What it does, for a person.
    public var summary: String

    /// Makes a fault of primitive actions; see the properties.
    public init(_ actions: [FaultAction], nodes: [NodeID], summary: String) {
        self.actions = actions
        self.nodes = nodes
        self.summary = summary
    }
}
