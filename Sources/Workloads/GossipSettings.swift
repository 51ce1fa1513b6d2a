public import Vocabulary

/// How the nodes of a gossip store spread what they know; other systems take no notice of it.
public struct GossipSettings: Hashable, Sendable {
    /// How new writes are spread; nil for not at all.
    public var rumors: Rumors? = Rumors()
    /// How stores are compared; nil for not at all.
    public var antiEntropy: AntiEntropy? = AntiEntropy()
    /// How members find and watch each other; nil if all are known and held alive for good.
    public var membership: Members? = Members()
    /// By how many percent of its length a round may begin late; if 0, all begin together.
    public var jitterPercent = 20
    /// One in so many rounds turns to a member that is held dead, if there is one.
    public var deadMemberPeriod = 8
    /// What a datagram holds, in bytes.
    public var datagramBytesMax = 1400
    /// What goes over a connection at a time, in bytes; 0 for datagrams only.
    public var streamBytesMax = 1 << 20
    /// How long a key may be, in bytes.
    public var keyBytesMax = 256
    /// How long a value may be, in bytes.
    public var valueBytesMax = 1 << 16
    /// The greatest version that can be honest.
    public var versionMax: UInt64 = 1 << 48
    /// How often a node notes its traffic, in rounds of anti-entropy.
    public var trafficPeriod = 2
    /// Whether a node notes whom it sends each write to.
    public var notesPropagation = true
    /// How long the defect `timer-tombstones` keeps a tombstone.
    public var tombstoneGrace: Nanoseconds = 3_000_000_000
    /// In how many rounds without a fault all nodes must agree; nil for 3·log2 of their number.
    public var roundsMax: Int?

    /// Makes the default settings.
    public init() {}

    /// The length of a round by which convergence is measured: one of anti-entropy, or else of rumors,
    /// at its longest.
    public var round: Nanoseconds {
        let interval = antiEntropy?.interval ?? rumors?.interval ?? 1_000_000_000
        return max(1, interval + interval * Nanoseconds(jitterPercent) / 100)
    }
}

extension GossipSettings {
    /// Which way data goes in an exchange, seen from the node that begins it.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// From the node that begins.
        case push
        /// To the node that begins.
        case pull
        /// Both ways.
        case pushPull = "push-pull"
    }

    /// What is counted before a node loses interest in a rumor.
    public enum Interest: String, Hashable, Sendable, CaseIterable {
        /// Interest is lost after `k` vain contacts.
        case counter
        /// Interest is lost with probability 1/k at each vain contact.
        case coin
    }

    /// How contacts are counted.
    public enum Count: String, Hashable, Sendable, CaseIterable {
        /// Each on its own.
        case contact
        /// All of a round together.
        case round
    }

    /// How new writes are spread.
    public struct Rumors: Hashable, Sendable {
        /// Which way rumors go.
        public var direction = Direction.push
        /// Whether the receiver says if it needed a rumor; else every contact is vain (blind).
        public var hasFeedback = true
        /// What is counted.
        public var interest = Interest.counter
        /// How much of it.
        public var k = 3
        /// How contacts are counted.
        public var count = Count.contact
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

    /// How stores are compared.
    public struct AntiEntropy: Hashable, Sendable {
        /// How differences are found.
        public enum Comparison: String, Hashable, Sendable, CaseIterable {
            /// By sending everything.
            case full
            /// By sending the key and version of everything.
            case versions
            /// By each writer's greatest version without a gap.
            case digest
            /// By sums over ranges of keys.
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
    }

    /// How members find and watch each other.
    public struct Members: Hashable, Sendable {
        /// How many others a node asks to let it join.
        public var contacts = 3
        /// How often a member is probed.
        public var probeInterval: Nanoseconds = 200_000_000
        /// How long a probe waits for the direct answer.
        public var probeTimeout: Nanoseconds = 80_000_000
        /// How many others are asked to probe a member that did not answer.
        public var indirectProbes = 3
        /// How long a suspect has to object at least, in probe intervals, times log2 of the members.
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

        /// Makes the default settings.
        public init() {}
    }
}
