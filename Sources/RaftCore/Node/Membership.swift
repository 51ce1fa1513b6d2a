public import Vocabulary

/// The nodes that vote, and every question about their majorities.
public struct Membership: Hashable, Sendable {
    /// The voters in the order of their numbers.
    public let voters: [NodeID]

    /// Makes the membership of these voters.
    public init(voters: [NodeID]) {
        self.voters = voters.sorted()
    }

    /// Whether a node votes.
    public func contains(_ node: NodeID) -> Bool { voters.contains(node) }

    /// Whether the nodes of which `agrees` is true are a majority.
    public func isQuorum(_ agrees: (NodeID) -> Bool) -> Bool {
        voters.count(where: agrees) > voters.count / 2
    }

    /// The largest value that a majority has reached; nil without voters.
    ///
    /// - Complexity: O(n²) in the number of voters, without allocating.
    public func reachedByQuorum<Value: Comparable>(_ value: (NodeID) -> Value) -> Value? {
        var reached: Value?
        for voter in voters {
            let bound = value(voter)
            if let reached, bound <= reached { continue }
            if isQuorum({ value($0) >= bound }) { reached = bound }
        }
        return reached
    }
}
