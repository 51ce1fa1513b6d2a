internal import Checkers
internal import Faults
internal import HistoryModel
internal import ObjectBinding
internal import RaftCore
public import Workloads

extension SystemDescription {
    /// The replicated store that comes with the harness, whose members are fixed.
    public static let raft = {
        var system = SystemDescription(
            name: "raft",
            summary:
                "the bundled store on Raft, as real processes: registers, queues, sets, locks, "
                + "counters, lists, ids", functions: FunctionTable.known.functions)
        system.defects = RaftDefect.allCases.map {
            DefectDescription(name: $0.rawValue, summary: $0.summary)
        }
        system.primitives = [.cut, .kill, .pause]
        system.hasLeader = true
        system.checkers = [RaftInvariantsChecker()]
        return system
    }()
}

extension RaftDefect {
    /// What is wrong when it is on.
    fileprivate var summary: String {
        switch self {
        case .staleReads: "the leader answers reads from its own state, without a quorum"
        case .noFsync: "entries are acknowledged at once and synced once a second"
        case .figure8: "a leader commits entries of older terms by counting their copies"
        case .upToDateByIndex: "a voter prefers the longer log, whatever its last term"
        case .countOldVotes: "a candidate counts votes of its earlier elections"
        case .noSessions: "a command that a client sends again is applied again"
        case .localTokens: "a leader counts the fencing tokens of locks itself, since its start"
        case .readModifyWriteAppend: "a leader appends to a list by writing what it has applied"
        case .unloggedIDs: "a leader hands out ids from its memory, without the log"
        }
    }
}
