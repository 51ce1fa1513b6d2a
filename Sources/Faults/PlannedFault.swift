public import HistoryModel
public import Vocabulary

/// How a partition ends for the connections that it held up.
public enum HealMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// The bytes that were held are delivered, late but complete.
    case resume
    /// The connections that were held up are reset, as after a time-out.
    case reset
}

/// A fault as it stands in a schedule: everything that chance decides has been drawn.
public struct PlannedFault: Hashable, Sendable, Codable {
    /// Its number in the schedule, from 1.
    public var id: Int
    /// What kind of fault.
    public var kind: FaultKind
    /// When it is to be applied, counted from the start of the load.
    public var start: Instant
    /// How long it is to last.
    public var duration: Nanoseconds
    /// All nodes in a drawn order; the first ones are those that are hit.
    public var order: [NodeID]
    /// How a partition heals.
    public var heal: HealMode
    /// For a one-way partition: whether the node is not heard, instead of hearing nobody.
    public var mutes: Bool
    /// To begin so long after the first election that follows the start, or, if there is none for as
    /// long as the fault is to last, then; nil to begin at the start.
    ///
    /// The moments after an election are when a leader has entries that nobody else has yet.
    public var afterElection: Nanoseconds?
    /// For what happens to datagrams: to how many in a thousand.
    public var perMille: Int
    /// For datagrams that are late: how late.
    public var lateness: ClosedRange<Nanoseconds>

    /// To how many datagrams in a thousand something happens if nothing is said of it.
    public static let perMilleDefault = 300
    private static let perMilleDrawn = 100...500

    /// Makes a planned fault; see the properties.
    public init(
        id: Int, kind: FaultKind, start: Instant, duration: Nanoseconds, order: [NodeID],
        heal: HealMode = .resume, mutes: Bool = false, afterElection: Nanoseconds? = nil,
        perMille: Int = perMilleDefault,
        lateness: ClosedRange<Nanoseconds> = DatagramConditions.latenessDefault
    ) {
        self.id = id
        self.kind = kind
        self.start = start
        self.duration = duration
        self.order = order
        self.heal = heal
        self.mutes = mutes
        self.afterElection = afterElection
        self.perMille = perMille
        self.lateness = lateness
    }

    /// Draws to how many datagrams something happens; nothing is drawn for other kinds.
    public mutating func drawStrength(random: inout RandomStream) {
        guard kind.family == .datagrams else { return }
        perMille = .random(in: Self.perMilleDrawn, using: &random)
    }
}

/// What is done to the system, with every node named.
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
}

/// A fault whose targets are known.
public struct ResolvedFault: Hashable, Sendable {
    /// What is done.
    public var action: FaultAction
    /// The nodes it is aimed at.
    public var nodes: [NodeID]
    /// What it does, for a person.
    public var summary: String
}

extension PlannedFault {
    /// Names the targets, now that the leader is known (or nil if there is none).
    ///
    /// A fault that wants the leader takes the first drawn node if there is no leader.
    public func resolved(leader: NodeID?) -> ResolvedFault {
        switch kind.family {
        case .partition: partition(leader: leader)
        case .kill: stopping(leader: leader, verb: "killed") { .kill($0) }
        case .pause: stopping(leader: leader, verb: "paused") { .pause($0) }
        case .churn where kind == .leaveOne:
            stopping(leader: leader, verb: "left") { .leave($0) }
        case .churn: stopping(leader: leader, verb: "wiped") { .wipe($0) }
        case .datagrams: disturbance()
        }
    }

    /// Disturbs the datagrams from and to the first half of the nodes.
    private func disturbance() -> ResolvedFault {
        let nodes = Array(order.prefix(max(1, order.count / 2)))
        let conditions = DatagramConditions(of: kind, perMille: perMille, lateness: lateness)
        let share = "\(perMille / 10)" + (perMille % 10 == 0 ? "" : ".\(perMille % 10)")
        return ResolvedFault(
            action: .disturb(Topology.around(nodes, in: order), conditions),
            nodes: nodes.sorted(),
            summary: "\(share) % of the datagrams of \(names(nodes)) \(conditions.summary)")
    }

    private func partition(leader: NodeID?) -> ResolvedFault {
        let half = order.count / 2
        switch kind {
        case .partitionMajoritiesRing:
            return cut(Topology.majoritiesRing(order), nodes: order, "ring \(names(order))")
        case .partitionBridge:
            let bridge = order[half]
            let groups = [Array(order[..<half]), Array(order[(half + 1)...])]
            return cut(
                Topology.separate(groups), nodes: [bridge],
                "\(names(groups[0])) | \(names(groups[1])), \(bridge) sees both")
        case .partitionOneWay:
            let target = order[0]
            let others = Array(order.dropFirst())
            let links =
                mutes
                ? Topology.mute(target, others: others) : Topology.deafen(target, others: others)
            return cut(
                links, nodes: [target], mutes ? "nobody hears \(target)" : "\(target) hears nobody")
        case .partitionHalves:
            return split(Array(order[..<half]), leader: nil)
        default:
            let wantsLeader = kind == .partitionLeader
            return split(
                [wantsLeader ? leader ?? order[0] : order[0]], leader: wantsLeader ? leader : nil)
        }
    }

    private func split(_ side: [NodeID], leader: NodeID?) -> ResolvedFault {
        let rest = order.filter { !side.contains($0) }
        let note = kind == .partitionLeader ? (leader == nil ? " (no leader)" : " (leader)") : ""
        return cut(
            Topology.separate([side, rest]), nodes: side.sorted(),
            "\(names(side))\(note) | \(names(rest))")
    }

    private func cut(
        _ links: [DirectedLink], nodes: [NodeID], _ summary: String
    ) -> ResolvedFault {
        ResolvedFault(action: .cut(links, heal: heal), nodes: nodes, summary: summary)
    }

    private func stopping(
        leader: NodeID?, verb: String, _ action: ([NodeID]) -> FaultAction
    ) -> ResolvedFault {
        let count = order.count
        let wantsLeader = kind == .killLeader || kind == .pauseLeader
        let targets: [NodeID] =
            switch kind {
            case .killMinority: Array(order.prefix((count - 1) / 2))
            case .killMajority: Array(order.prefix(count / 2 + 1))
            case .killAll: order
            default: [wantsLeader ? leader ?? order[0] : order[0]]
            }
        let note = wantsLeader ? (leader == nil ? " (no leader)" : " (leader)") : ""
        let nodes = targets.sorted()
        return ResolvedFault(
            action: action(nodes), nodes: nodes, summary: "\(names(nodes))\(note) \(verb)")
    }

    private func names(_ nodes: [NodeID]) -> String {
        nodes.sorted().map(\.description).joined(separator: " ")
    }
}
