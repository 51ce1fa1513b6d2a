public import Vocabulary

/// How a run drives the keys of a gossip store.
public struct KeyValueSettings: Hashable, Sendable {
    /// The weight of reads.
    public var read = 5
    /// The weight of writes.
    public var write = 4
    /// The weight of deletes.
    public var delete = 1
    /// How many keys there are.
    public var keys = 30
    /// How long each value is at least, in bytes.
    public var valueBytes = 0
    /// How many rounds go by between the end of the faults and the last reads; nil for as many as the
    /// judgement needs.
    public var settleRounds: Int?

    /// Makes the default settings.
    public init() {}

    /// The sum of the weights.
    public var total: Int { read + write + delete }
}

extension RunConfiguration {
    /// How long the store is left alone before the last reads: at least as long as the nodes have to
    /// agree.
    public var settleLength: Nanoseconds {
        let bound = gossip.roundsMax ?? Self.convergenceRounds(for: nodes)
        return Nanoseconds(keyValue.settleRounds ?? max(bound, Self.reunionRounds) + 4)
            * gossip.round
    }

    /// How many rounds the sides of a cut may take to find each other again.
    public static let reunionRounds = 20

    /// Three times the logarithm of the number of nodes, at least three.
    public static func convergenceRounds(for nodes: Int) -> Int {
        3 * max(1, Int.bitWidth - max(0, nodes - 1).leadingZeroBitCount)
    }
}
