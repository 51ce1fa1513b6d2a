public import Checkers
public import HistoryModel
public import Vocabulary

/// How far a run has come, for a person who watches it.
public struct RunProgress: Sendable {
    /// Operations that have begun.
    public var invoked = 0
    /// Operations that have ended well.
    public var ok = 0
    /// Operations that certainly did not happen.
    public var fail = 0
    /// Operations of unknown outcome.
    public var info = 0
    /// The time of the run.
    public var now = Instant.zero
    /// When the load began.
    public var loadStart: Instant?
    /// How long the load is to last.
    public var timeLimit: Nanoseconds = 0
    /// The fault that is applied.
    public var fault: FaultRecord?
    /// The node that leads, and its term.
    public var leader: (node: NodeID, term: Int)?
    /// The first contradiction between what clients saw, if there is one so far.
    public var violation: StreamingChecker.Violation?
    /// What the run is doing: `load`, `recovery`, `stopping`.
    public var stage = "load"

    /// Makes the progress of a run that has not begun.
    public init() {}

    mutating func count(_ type: EventType) {
        switch type {
        case .invoke: invoked += 1
        case .ok: ok += 1
        case .fail: fail += 1
        case .info: info += 1
        }
    }
}
