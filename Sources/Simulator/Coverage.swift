/// Interesting things that can happen in a run, so that faults that never reach them are noticed.
public enum CoverageMarker: Int, Hashable, Sendable, CaseIterable {
    /// A node was elected.
    case elected
    /// Two nodes stood for election in one term.
    case rivalCandidates
    /// A term passed without a leader.
    case failedElection
    /// A node was elected while another still believed to lead.
    case twoLeaders
    /// A leader stepped down because a majority was silent.
    case steppedDownAlone
    /// A leader stepped down because it saw a larger term.
    case deposed
    /// A leader was elected whose log had entries that were not committed.
    case inheritedEntries
    /// Entries that contradicted the leader's were removed.
    case truncated
    /// A follower refused entries and the leader had to go back.
    case backtracked
    /// A link of a leader was cut while it had entries that were not committed.
    case cutOffWithWrites
    /// A leader was killed while it had entries that were not committed.
    case killedWithWrites
    /// A leader was paused while another was elected, and went on.
    case resumedDeposed
    /// A node was killed between writing entries and syncing them.
    case killedBeforeSync
    /// Some of those entries were gone.
    case lostEntries
    /// Half a batch was on the disk.
    case torn
    /// A node was killed before its vote or term was on disk.
    case lostHardState
    /// Messages were held up by a cut and delivered late.
    case releasedLate
    /// The copy of a vote or of a request for one was delivered.
    case duplicateVote
    /// The copy of other messages was delivered.
    case duplicateAppend
    /// A message was delivered after one that was sent later.
    case overtaken
    /// A vote came that belonged to an earlier election.
    case staleVote
    /// A message came from a leader of an earlier term.
    case staleLeader
    /// A client's operation ended as unknown.
    case unknownOutcome
    /// Nodes held different things when a cut was healed.
    case diverged
    /// Two nodes gave out the same version of a key.
    case tiedVersions
    /// A deletion reached another node.
    case buried
    /// A node forgot a deletion that all had seen.
    case collected
    /// A node said good-bye.
    case left
    /// A node lost its store.
    case wiped
    /// A node went on after a pause in which messages had come for it.
    case resumedWithMessages
    /// A connection broke with a message on it.
    case streamReset
    /// A message came to a node that has lost its store since.
    case oldMessages
    /// Bytes came that were no message.
    case garbage
    /// A node refused what a client or another node sent.
    case refused
    /// The copy of a gossip message was delivered.
    case duplicateGossip
    /// The copy of a message about members was delivered.
    case duplicateNews
    /// A node did not answer and was suspected.
    case suspected
    /// A node that was down was held dead.
    case heldDead
    /// A node that was up was held dead.
    case heldDeadWrongly
    /// A node objected to what was said of it.
    case refuted
}

/// How often each marker was hit.
public struct Coverage: Hashable, Sendable {
    private var counts: [Int]

    /// Makes an empty count.
    public init() { counts = Array(repeating: 0, count: CoverageMarker.allCases.count) }

    /// How often something happened.
    public subscript(marker: CoverageMarker) -> Int { counts[marker.rawValue] }

    /// What can happen in a system and never did, in the order of the declaration.
    public func missed(in system: String) -> [CoverageMarker] {
        CoverageMarker.allCases.filter { self[$0] == 0 && $0.canHappen(in: system) }
    }

    /// Counts one more.
    mutating func hit(_ marker: CoverageMarker, _ times: Int = 1) {
        counts[marker.rawValue] += times
    }

    /// Adds what was counted elsewhere.
    public mutating func add(_ other: Coverage) {
        for place in counts.indices { counts[place] += other.counts[place] }
    }
}

extension CoverageMarker: CustomStringConvertible {
    /// What happened, in a few words.
    public var description: String {
        switch self {
        case .elected: "leader elected"
        case .rivalCandidates: "two candidates in a term"
        case .failedElection: "term without a leader"
        case .twoLeaders: "two leaders, in different terms"
        case .steppedDownAlone: "leader stepped down without a quorum"
        case .deposed: "leader deposed by a larger term"
        case .inheritedEntries: "leader inherited uncommitted entries"
        case .truncated: "conflicting suffix truncated"
        case .backtracked: "leader had to go back in a log"
        case .cutOffWithWrites: "leader cut off with writes in flight"
        case .killedWithWrites: "leader killed with writes in flight"
        case .resumedDeposed: "leader resumed after another was elected"
        case .killedBeforeSync: "kill between append and sync"
        case .lostEntries: "unsynced entries lost"
        case .torn: "torn record cut off"
        case .lostHardState: "vote or term lost before its sync"
        case .releasedLate: "held messages delivered late"
        case .duplicateVote: "vote delivered twice"
        case .duplicateAppend: "entries delivered twice"
        case .overtaken: "message overtaken by a later one"
        case .staleVote: "vote of an earlier election received"
        case .staleLeader: "entries of a deposed leader received"
        case .unknownOutcome: "operation with unknown outcome"
        case .diverged: "states different when a cut was healed"
        case .tiedVersions: "one version given out by two nodes"
        case .buried: "deletion passed on"
        case .collected: "deletion forgotten"
        case .left: "node said good-bye"
        case .wiped: "node lost its store"
        case .resumedWithMessages: "node resumed with messages waiting"
        case .streamReset: "connection broken with a message on it"
        case .oldMessages: "message for a store that was lost"
        case .garbage: "garbage received"
        case .refused: "something refused"
        case .duplicateGossip: "gossip delivered twice"
        case .duplicateNews: "news of members delivered twice"
        case .suspected: "member suspected"
        case .heldDead: "dead member held dead"
        case .heldDeadWrongly: "living member held dead"
        case .refuted: "suspicion refuted"
        }
    }
}

extension CoverageMarker {
    /// Whether it is one of what happens in runs of a system.
    func canHappen(in system: String) -> Bool {
        switch self {
        case .killedBeforeSync, .lostEntries, .torn, .releasedLate, .overtaken, .unknownOutcome:
            true
        default: (rawValue > Self.unknownOutcome.rawValue) == (system == "gossip")
        }
    }
}
