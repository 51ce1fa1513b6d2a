import Vocabulary

/// A member as one node sees it.
struct Member: Sendable {
    var update: MemberUpdate
    /// Who suspects it, as far as this node has heard.
    var accusers: [NodeID] = []
    var suspectedAt = Instant.zero

    var node: NodeID { update.node }
    var status: MemberStatus { update.status }
}
