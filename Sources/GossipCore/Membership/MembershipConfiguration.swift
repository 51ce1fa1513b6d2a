public import Vocabulary

/// What a node is told about finding and watching the members.
public struct MembershipConfiguration: Hashable, Sendable {
    /// The node itself.
    public var id: NodeID
    /// Whom the node asks to let it join; any member will do.
    public var contacts: [NodeID]
    /// How often a member is probed.
    public var probeInterval: Nanoseconds = 200_000_000
    /// How long a probe waits for the direct answer.
    public var probeTimeout: Nanoseconds = 80_000_000
    /// How many others are asked to probe a member that did not answer.
    public var indirectProbeCount = 3
    /// How long a suspect has to object at least, in probe intervals, times the bits of the members' number.
    public var suspicionFactor = 3
    /// By how much longer it has while nobody else suspects it.
    public var suspicionSpread = 4
    /// How many others must suspect a member too for the shortest time to hold.
    public var confirmationsMax = 3
    /// How slow a node may get when it doubts itself.
    public var healthMax = 8
    /// One in so many probes goes to a member that is held dead, if there is one.
    public var deadProbePeriod = 5
    /// How many updates travel with a message.
    public var updatesMax = 16
    /// The bugs that the node has.
    public var defects: GossipDefects = []

    /// Makes the configuration of a node, with defaults for the rest.
    public init(id: NodeID, contacts: [NodeID]) {
        self.id = id
        self.contacts = contacts
    }
}
