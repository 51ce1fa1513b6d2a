public import Vocabulary

/// One directed link between two nodes: what `from` sends to `to`.
public struct DirectedLink: Hashable, Comparable, Sendable, Codable {
    /// The node that sends.
    public var from: NodeID
    /// The node that receives.
    public var to: NodeID

    /// Names the link that carries what `from` sends to `to`.
    public init(from: NodeID, to: NodeID) {
        self.from = from
        self.to = to
    }

    /// Orders links by sender, then receiver.
    public static func < (left: DirectedLink, right: DirectedLink) -> Bool {
        (left.from, left.to) < (right.from, right.to)
    }
}

/// A fault as it was really injected: what, when, whether it was seen to work, what it touched.
public struct FaultRecord: Hashable, Sendable, Codable {
    /// Whether a probe showed what it should.
    public enum Proof: Hashable, Sendable, Codable {
        /// The probe saw it at this time.
        case seen(at: Instant)
        /// The probe saw something else; the text says what.
        case missing(String)
        /// The run ended before it could be probed.
        case notTried

        /// Whether the probe saw what it should.
        public var isSeen: Bool {
            if case .seen = self { return true }
            return false
        }

        /// What several probes of one fault show together: the first that is missing, else the last that
        /// was seen; not tried if one was not.
        public static func all(_ proofs: [Proof]) -> Proof {
            var last = Proof.notTried
            for proof in proofs {
                guard case .seen(let time) = proof else { return proof }
                if case .seen(let latest) = last, latest > time { continue }
                last = proof
            }
            return last
        }
    }

    /// The number of the fault in the schedule, from 1.
    public var id: Int
    /// What kind of fault, such as `partition-halves`.
    public var kind: String
    /// What it did, for a person: `n1 n2 | n3 n4 n5`.
    public var summary: String
    /// The nodes it was aimed at (killed, paused, or cut off), in order.
    public var nodes: [NodeID]
    /// The links it cut, in order.
    public var links: [DirectedLink]
    /// What it did to the nodes that it was aimed at.
    public var effects: Effects
    /// When it was applied.
    public var start: Instant
    /// When it was healed; nil if the run ended first.
    public var end: Instant?
    /// Whether a probe saw the fault while it was applied.
    public var applied: Proof
    /// Whether a probe saw everything work again after it was healed.
    public var healed: Proof
    /// When the first bytes crossed again after the heal.
    public var firstDelivery: Instant?
    /// How much it touched; what is counted is in `touchedUnit`.
    public var touched: Int
    /// What `touched` counts, such as `bytes held` or `processes killed`.
    public var touchedUnit: String

    /// Makes the record of a fault that has just been applied.
    public init(
        id: Int, kind: String, summary: String, nodes: [NodeID], links: [DirectedLink] = [],
        effects: Effects = [], start: Instant, touchedUnit: String
    ) {
        self.id = id
        self.kind = kind
        self.summary = summary
        self.nodes = nodes
        self.links = links
        self.effects = effects
        self.start = start
        self.touchedUnit = touchedUnit
        applied = .notTried
        healed = .notTried
        touched = 0
    }
}

extension FaultRecord {
    /// What a fault does to the processes and disks of its nodes.
    public struct Effects: OptionSet, Hashable, Sendable, Codable {
        /// The effects as bits, as run files keep them.
        public var rawValue: Int

        /// Makes a set of effects from its bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The processes end, and are started again in the end.
        public static let endsProcesses = Effects(rawValue: 1)
        /// The processes stand still, and go on in the end.
        public static let stopsProcesses = Effects(rawValue: 2)
        /// The nodes come back with nothing.
        public static let losesStores = Effects(rawValue: 4)

        /// What faults did of which a run file notes only the kind: those of 2026, when the kinds were
        /// `kill-…`, `pause-…`, `leave-…` and `wipe-…`.
        public init(ofKind kind: String) {
            let table: [String.SubSequence: Effects] = [
                "kill": .endsProcesses, "pause": .stopsProcesses,
                "leave": [.endsProcesses, .losesStores], "wipe": [.endsProcesses, .losesStores],
            ]
            self = kind.split(separator: "-").first.flatMap { table[$0] } ?? []
        }
    }
}
