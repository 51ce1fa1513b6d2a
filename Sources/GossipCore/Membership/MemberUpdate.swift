public import Vocabulary

/// What a member is held for.
public enum MemberStatus: String, Hashable, Sendable, CaseIterable {
    /// It answers.
    case alive
    /// It did not answer, and has some time to object.
    case suspect
    /// It did not object.
    case dead
    /// It said that it leaves.
    case left
}

/// What one node tells another about a third, or about itself.
public struct MemberUpdate: Hashable, Sendable {
    /// Whom it is about.
    public var node: NodeID
    /// What it is held for.
    public var status: MemberStatus
    /// The number that only the member itself raises, to object to what is said of it.
    public var incarnation: UInt64
    /// Of a suspicion: whose probe found no answer, whoever passes it on.
    public var accuser: NodeID?

    /// Makes an update; see the properties.
    public init(
        node: NodeID, status: MemberStatus, incarnation: UInt64, accuser: NodeID? = nil
    ) {
        self.node = node
        self.status = status
        self.incarnation = incarnation
        self.accuser = accuser
    }

    /// Whether this is news to who holds `other` for true.
    ///
    /// Source: SWIM (Das, Gupta & Motivala 2002), §4.2. Unlike there, a greater incarnation also
    /// brings back who was held dead, since members held dead are still asked.
    func overrides(_ other: MemberUpdate) -> Bool {
        incarnation == other.incarnation
            ? status.rank > other.status.rank : incarnation > other.incarnation
    }
}

extension MemberUpdate {
    /// The name that a node's view of another has in trace files; `index` is the incarnation.
    public static var traceName: String { "member" }

    /// The other node and what it is held for, such as `n3 dead`.
    public var traceDetail: String { "\(node) \(status.rawValue)" }
}

extension MemberStatus {
    /// Of two statuses of one incarnation the higher one counts.
    fileprivate var rank: Int {
        switch self {
        case .alive: 0
        case .suspect: 1
        case .dead: 2
        case .left: 3
        }
    }
}
