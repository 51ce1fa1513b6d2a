public import HistoryModel
public import Vocabulary

/// What clients do in a run, and so which promise it is judged by.
public enum WorkloadKind: String, Hashable, Sendable, CaseIterable {
    /// Reads, writes and compare-and-sets of independent registers: linearizability.
    case register
    /// Writes, deletes and reads of keys at any node: convergence.
    case gossipKV = "gossip-kv"
    /// Values told to any node, which all must come to know: convergence, and no value is lost.
    case broadcast
    /// Elements added to a set at any node: as for broadcasts, with as many reads as additions.
    case gSet = "g-set"
    /// Numbers added to a counter at any node: convergence, and the sum is right in the end.
    case pnCounter = "pn-counter"

    /// Whether the nodes only promise to agree in the end.
    public var converges: Bool { self != .register }
}

extension RunConfiguration {
    /// The functions that the load consists of, so that a run in which one of them never succeeded has
    /// not tested what it was to test.
    public var functionsNeeded: [Function] {
        if let operations {
            var functions: [Function] = []
            for function in operations.map(\.operation.function)
            where !functions.contains(function) {
                functions.append(function)
            }
            return functions
        }
        let weights: [(Function, Int)] =
            switch kind {
            case .register:
                [
                    (.read, register.mix.read), (.write, register.mix.write),
                    (.cas, register.mix.cas),
                ]
            case .gossipKV:
                [(.read, keyValue.read), (.write, keyValue.write), (.delete, keyValue.delete)]
            case .broadcast, .gSet, .pnCounter: [(.read, keyValue.read), (.add, keyValue.write)]
            }
        return weights.filter { $0.1 > 0 }.map(\.0)
    }
}

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
