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
}

/// How often each marker was hit.
public struct Coverage: Hashable, Sendable {
    private var counts: [Int]

    /// Makes an empty count.
    public init() { counts = Array(repeating: 0, count: CoverageMarker.allCases.count) }

    /// How often something happened.
    public subscript(marker: CoverageMarker) -> Int { counts[marker.rawValue] }

    /// The markers that were never hit, in the order of their declaration.
    public var missed: [CoverageMarker] { CoverageMarker.allCases.filter { self[$0] == 0 } }

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
        }
    }
}
