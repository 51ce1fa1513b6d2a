/// A known bug that can be put back, to see whether it is found.
public enum GossipDefect: String, Hashable, Sendable, CaseIterable {
    /// Of two writes with equal versions the first that comes stays.
    case noTieBreak = "no-tie-break"
    /// The clock on the wall is the version, so that a fast clock wins for long.
    case wallClock = "wall-clock-lww"
    /// Tombstones are removed after a while, whoever has not seen them.
    case timerTombstones = "timer-tombstones"
    /// A member's incarnation does not rise when it hears that it is held dead.
    case incarnationNotRaised = "incarnation-not-raised"
    /// After a restart the versions begin anew.
    case versionReset = "version-reset-on-restart"
    /// Rumors that die at the first vain contact, and no anti-entropy behind them.
    case rumorOnly = "rumor-only"
    /// A node that is asked for what it has does not answer.
    case pullMute = "pull-mute"
    /// Anti-entropy gives and never takes, and only to nodes of larger numbers.
    case oneWayAntiEntropy = "one-way-anti-entropy"
    /// A delta that was cut off to fit its message counts as whole.
    case truncatedDelta = "truncated-delta"
    /// A delta counts although it begins above what the node has.
    case obsoleteDelta = "obsolete-delta"
    /// Who was sent an older write of a key counts as sent the new one.
    case sentNotCleared = "sent-not-cleared"
    /// A rumor that is known already goes back to where it came from, and lives again.
    case echoStorm = "echo-storm"
    /// After bytes that are no message the node hears nothing any more.
    case deafAfterGarbage = "deaf-after-garbage"
    /// Versions beyond the bound are believed.
    case acceptForged = "accept-forged"

    fileprivate var bit: UInt64 {
        1 << UInt64(Self.allCases.firstIndex(of: self) ?? 0)
    }
}

/// The defects of one node; none by default.
public struct GossipDefects: Hashable, Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt64 = 0

    /// Makes the set of these defects.
    public init(_ defects: some Sequence<GossipDefect>) {
        for defect in defects { bits |= defect.bit }
    }

    /// Makes the set of these defects.
    public init(arrayLiteral defects: GossipDefect...) { self.init(defects) }

    /// Whether the node has this defect.
    public func contains(_ defect: GossipDefect) -> Bool {
        bits != 0 && bits & defect.bit != 0
    }
}
