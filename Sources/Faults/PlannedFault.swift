internal import HistoryModel
public import Vocabulary

/// How a partition ends for the connections that it held up.
public enum HealMode: String, Hashable, Sendable, CaseIterable {
    /// The bytes that were held are delivered, late but complete.
    case resume
    /// The connections that were held up are reset, as after a time-out.
    case reset
}

/// A fault as it stands in a schedule: everything that chance decides has been drawn.
public struct PlannedFault: Hashable, Sendable {
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

    /// Draws how strong the fault is, if its family has such a thing.
    public mutating func drawStrength(random: inout RandomStream) {
        kind.family.drawStrength(&self, &random)
    }
}

extension PlannedFault {
    /// Names the targets, now that the leader is known (or nil if there is none).
    ///
    /// A fault that wants the leader takes the first drawn node if there is no leader.
    public func resolved(leader: NodeID?) -> ResolvedFault { kind.resolve(self, leader) }

    /// Does the same to some nodes.
    func stop(
        _ nodes: [NodeID], note: String = "", _ verb: String, _ action: ([NodeID]) -> FaultAction
    ) -> ResolvedFault {
        let nodes = nodes.sorted()
        return ResolvedFault(
            [action(nodes)], nodes: nodes, summary: "\(Self.names(nodes))\(note) \(verb)")
    }

    /// Does it to the leader, or to the first drawn node if there is none.
    func stopLeader(
        _ leader: NodeID?, _ verb: String, _ action: ([NodeID]) -> FaultAction
    ) -> ResolvedFault {
        stop([leader ?? order[0]], note: Self.note(leader), verb, action)
    }

    /// Whether a fault that is meant for the leader has found one.
    static func note(_ leader: NodeID?) -> String { leader == nil ? " (no leader)" : " (leader)" }

    /// Nodes as a summary names them.
    static func names(_ nodes: [NodeID]) -> String {
        nodes.sorted().map(\.description).joined(separator: " ")
    }
}
