/// What nodes say to each other.
public enum GossipMessage: Hashable, Sendable {
    /// New writes, from one node to a few.
    case rumors(RumorExchange)
    /// All data.
    case state(StateExchange)
    /// What a node has, in short.
    case digest(Digest)
    /// What another node lacks.
    case delta(Delta)
    /// A step of the comparison of ranges.
    case ranges(RangeExchange)
}

/// A step of rumor mongering: at most three to an exchange.
///
/// Source: Demers et al. 1987, §1.4.
public struct RumorExchange: Hashable, Sendable {
    /// Whether the receiver of a rumor needed it.
    public struct Feedback: Hashable, Sendable {
        /// The key of the rumor.
        public var key: String
        /// Which write it was.
        public var stamp: Stamp
        /// Whether it was new.
        public var wasNeeded: Bool

        /// Makes the feedback on one rumor.
        public init(key: String, stamp: Stamp, wasNeeded: Bool) {
            self.key = key
            self.stamp = stamp
            self.wasNeeded = wasNeeded
        }
    }

    /// The rumors.
    public var rumors: [Entry]
    /// What became of those that came with the message that this one answers.
    public var feedback: [Feedback]
    /// Whether the receiver is asked for its own rumors.
    public var asks: Bool

    /// Makes a step; see the properties.
    public init(rumors: [Entry] = [], feedback: [Feedback] = [], asks: Bool = false) {
        self.rumors = rumors
        self.feedback = feedback
        self.asks = asks
    }

    var isEmpty: Bool { rumors.isEmpty && feedback.isEmpty && !asks }
}

/// All data of a node, or the part of it that the other side was seen to lack.
public struct StateExchange: Hashable, Sendable {
    /// The entries.
    public var entries: [Entry]
    /// Whether the receiver is asked for what it has beyond these.
    public var asks: Bool

    /// Makes a message; see the properties.
    public init(entries: [Entry], asks: Bool) {
        self.entries = entries
        self.asks = asks
    }
}

/// What a node has, in short: enough to send it only what it lacks.
public struct Digest: Hashable, Sendable {
    /// A hash of all entries, tombstones included.
    public var hash: UInt64
    /// How far the node is complete, in the order of the writers.
    public var maxima: [Maximum]
    /// Whether the sender wants what it lacks.
    public var pulls: Bool
    /// Whether the sender would give what the receiver lacks.
    public var pushes: Bool

    /// Makes a digest; see the properties.
    public init(hash: UInt64, maxima: [Maximum], pulls: Bool, pushes: Bool) {
        self.hash = hash
        self.maxima = maxima
        self.pulls = pulls
        self.pushes = pushes
    }
}

/// What another node lacks, by writer, oldest first.
public struct Delta: Hashable, Sendable {
    /// One writer's latest writes in a span of versions.
    public struct Part: Hashable, Sendable {
        /// Who wrote.
        public var writer: Writer
        /// The span begins above this version; the receiver must be complete up to it.
        public var after: Version
        /// The receiver is complete up to this version then.
        public var through: Version
        /// The writes; some may lie above the span.
        public var entries: [Entry]

        /// Makes a part; see the properties.
        public init(writer: Writer, after: Version, through: Version, entries: [Entry]) {
            self.writer = writer
            self.after = after
            self.through = through
            self.entries = entries
        }
    }

    /// The parts.
    public var parts: [Part]
    /// What the sender has, if it asks for what it lacks.
    public var ask: Digest?

    /// Makes a delta; see the properties.
    public init(parts: [Part], ask: Digest? = nil) {
        self.parts = parts
        self.ask = ask
    }
}

/// A step of the comparison of ranges of keys, both ways.
public struct RangeExchange: Hashable, Sendable {
    /// The sum of a range at the sender.
    public struct Sum: Hashable, Sendable {
        /// The range.
        public var range: KeyRange
        /// The sum of its entries' hashes.
        public var sum: UInt64

        /// Makes the sum of a range.
        public init(range: KeyRange, sum: UInt64) {
            self.range = range
            self.sum = sum
        }
    }

    /// What the sender holds of a small range.
    public struct Listing: Hashable, Sendable {
        /// The range.
        public var range: KeyRange
        /// Its keys with their stamps; no values.
        public var stamps: [KeyStamp]

        /// Makes the listing of a range.
        public init(range: KeyRange, stamps: [KeyStamp]) {
            self.range = range
            self.stamps = stamps
        }
    }

    /// A key and its latest write.
    public struct KeyStamp: Hashable, Sendable {
        /// The key.
        public var key: String
        /// The write.
        public var stamp: Stamp

        /// Names the latest write of a key.
        public init(key: String, stamp: Stamp) {
            self.key = key
            self.stamp = stamp
        }
    }

    /// Ranges that are still to be compared.
    public var sums: [Sum]
    /// Ranges that are small enough to be compared key by key.
    public var listings: [Listing]
    /// Keys that the sender wants.
    public var wants: [String]
    /// What the receiver lacks.
    public var entries: [Entry]
    /// Which way data goes after a listing, seen from its sender.
    public var direction: Direction

    /// Makes a step; see the properties.
    public init(
        sums: [Sum] = [], listings: [Listing] = [], wants: [String] = [], entries: [Entry] = [],
        direction: Direction = .pushPull
    ) {
        self.direction = direction
        self.sums = sums
        self.listings = listings
        self.wants = wants
        self.entries = entries
    }

    var isEmpty: Bool {
        sums.isEmpty && listings.isEmpty && wants.isEmpty && entries.isEmpty
    }
}
