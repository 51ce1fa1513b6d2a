public import Vocabulary

/// Which way data goes in an exchange, seen from the node that begins it.
public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// From the node that begins.
    case push
    /// To the node that begins.
    case pull
    /// Both ways.
    case pushPull = "push-pull"

    /// Whether the node that begins gives.
    public var pushes: Bool { self != .pull }
    /// Whether the node that begins takes.
    public var pulls: Bool { self != .push }
}

/// How nodes spread what is new.
///
/// Source: Demers et al. 1987, §1.4: susceptible, infective, removed.
public struct RumorSettings: Hashable, Sendable {
    /// When a node loses interest in a rumor.
    public enum Interest: Hashable, Sendable {
        /// After `k` vain contacts, or after `k` rounds if there is no feedback.
        case counter(Int)
        /// With probability 1/k at each of them.
        case coin(Int)
    }

    /// How contacts are counted.
    public enum Count: Hashable, Sendable {
        /// Each on its own.
        case byContact
        /// A round in which anybody needed the rumor sets the count back, a vain one adds one.
        ///
        /// Source: the footnote to table 3 of the paper.
        case byRound
    }

    /// Which way rumors go.
    public var direction = Direction.push
    /// Whether the receiver says if it needed a rumor; else each round counts as vain.
    public var hasFeedback = true
    /// When a node loses interest.
    public var interest = Interest.counter(3)
    /// How contacts are counted.
    public var count = Count.byContact
    /// How many peers a node turns to in a round.
    public var fanOut = 2
    /// How long a round is.
    public var interval: Nanoseconds = 100_000_000
    /// Whether peers that were sent a rumor are passed over while others are left.
    public var skipsTold = true
    /// Whether a rumor is kept from the peer that it came from.
    public var suppressesEcho = true

    /// Makes the default settings.
    public init() {}
}

/// How nodes compare all they have.
///
/// Source: Demers et al. 1987, §1.3.
public struct AntiEntropySettings: Hashable, Sendable {
    /// How differences are found.
    ///
    /// Tombstones are collected only with `digest` and `ranges`: with them nodes learn how far the
    /// others are complete.
    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        /// By sending everything.
        case full
        /// By sending the key and version of everything.
        case versions
        /// By each writer's greatest version without a gap.
        case digest
        /// By sums over ranges of keys, for large states; always both ways.
        case ranges
    }

    /// Which way data goes.
    public var direction = Direction.pushPull
    /// How differences are found.
    public var comparison = Comparison.digest
    /// How long a round is.
    public var interval: Nanoseconds = 1_000_000_000

    /// Makes the default settings.
    public init() {}

    /// Whether nodes learn how far the others are complete.
    var collectsTombstones: Bool { comparison == .digest || comparison == .ranges }
}

/// What a node is told before it starts.
public struct GossipConfiguration: Hashable, Sendable {
    /// The node itself.
    public var id: NodeID
    /// All members, the node included, in the order of their numbers.
    public var members: [NodeID]
    /// How many times the node was started, this time included.
    public var incarnation = 1
    /// How many times it was started with an empty store, this time included.
    public var generation = 1
    /// How new writes are spread; nil if not at all.
    public var rumors: RumorSettings? = RumorSettings()
    /// How differences are removed; nil if not at all.
    public var antiEntropy: AntiEntropySettings? = AntiEntropySettings()
    /// By how many percent of its length a round may begin late; if 0, all begin together.
    public var jitterPercent = 20
    /// One in so many rounds turns to a member that is held dead, if there is one.
    public var deadMemberPeriod = 8
    /// What a datagram holds.
    public var datagramBytesMax = 1400
    /// What goes over a connection at a time; if 0, there are only datagrams, which will do for rumors
    /// and for comparison by digest.
    public var streamBytesMax = 1 << 20
    /// How long a key may be.
    public var keyBytesMax = 256
    /// How long a value may be; an entry may not fill more than half a message either.
    public var valueBytesMax = 1 << 16
    /// The greatest version that can be honest.
    public var versionMax: Version = 1 << 48
    /// How often the node notes its traffic, in rounds of anti-entropy.
    public var trafficPeriod = 2
    /// Whether the node notes whom it sends each write to: most of what it notes, and needed only for the
    /// stories of what was lost.
    public var notesPropagation = true
    /// How long the defect `timer-tombstones` keeps a tombstone.
    public var tombstoneGrace: Nanoseconds = 3_000_000_000
    /// The bugs that the node has.
    public var defects: GossipDefects = []

    /// Makes the configuration of a node, with defaults for the rest.
    public init(id: NodeID, members: [NodeID]) {
        self.id = id
        self.members = members
    }

    /// The greatest message of any kind.
    var messageBytesMax: Int { max(datagramBytesMax, streamBytesMax) }

    /// The name under which the node writes.
    public var writer: Writer { Writer(id, generation: generation) }
}
