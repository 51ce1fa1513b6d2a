import Objects
import Vocabulary

/// What a leader knows besides its log; void in any other role.
struct Leadership: Sendable {
    /// A follower as the leader sees it.
    struct Peer: Sendable {
        var node: NodeID
        /// The first entry that it is to be sent; a guess, so it may go back.
        var next = LogIndex.zero
        /// How far its log is known to be durable and equal; never goes back.
        var match = LogIndex.zero
        /// The last entry of the message that it has not answered yet.
        var awaited: LogIndex?
        /// When it last answered.
        var heardAt = Instant.zero
        /// The latest round that it answered.
        var round: UInt64 = 0
    }

    /// A client that waits for its entry to be applied.
    struct PendingWrite: Sendable {
        var index: LogIndex
        var id: RequestID
    }

    /// A client that waits for its read to be served.
    struct PendingRead: Sendable {
        var operation: ObjectOperation
        var key: String
        var id: RequestID
    }

    /// All other voters.
    var peers: [Peer]
    var heartbeatDeadline = Instant.zero
    /// The leader's first entry.
    var noOpIndex = LogIndex.zero
    /// Clients in the order of their entries.
    var writes: [PendingWrite] = []

    /// The latest round of confirming the leadership.
    var round: UInt64 = 0
    /// Reads that came before the round began, and wait for it.
    var confirmingReads: [PendingRead] = []
    /// What must be applied before they are served.
    var readIndex = LogIndex.zero
    /// Reads that came since, and wait for the next round.
    var waitingReads: [PendingRead] = []

    init(configuration: RaftConfiguration) {
        peers = configuration.membership.voters.filter { $0 != configuration.id }.map {
            Peer(node: $0)
        }
    }

    func place(of node: NodeID) -> Int? { peers.firstIndex { $0.node == node } }

    /// Begins a term of leadership with a log that ends at `last`.
    mutating func begin(after last: LogIndex, now: Instant) {
        for place in peers.indices {
            peers[place] = Peer(node: peers[place].node, next: last.next, heardAt: now)
        }
        noOpIndex = last.next
        round = 0
    }
}
