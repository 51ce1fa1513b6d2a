internal import Faults
internal import GossipCore
internal import HistoryModel
public import Workloads

extension SystemDescription {
    /// The gossip store that comes with the harness, whose nodes agree in the end.
    public static let gossip = {
        var system = SystemDescription(
            name: "gossip",
            summary: "the bundled store that only agrees in the end, as real processes",
            functions: [
                .keyValue: [.read, .write, .delete], .set: [.add, .read], .counter: [.add, .read],
            ])
        system.defects = GossipDefect.allCases.map {
            DefectDescription(name: $0.rawValue, summary: $0.summary)
        }
        system.primitives = Set(FaultAction.Primitive.allCases)
        system.drawSettings = { $0.drawGossip(fixed: $1, &$2) }
        return system
    }()
}

extension GossipDefect {
    /// What is wrong when it is on.
    fileprivate var summary: String {
        switch self {
        case .noTieBreak: "of two writes with equal versions the first that comes stays"
        case .wallClock: "versions are read off the clock, so that a fast clock wins for long"
        case .timerTombstones: "tombstones are removed after a while, whoever has not seen them"
        case .incarnationNotRaised: "a member that is held dead objects without a new incarnation"
        case .versionReset: "after a restart the versions begin anew"
        case .rumorOnly: "rumors die at the first vain contact, with no anti-entropy behind them"
        case .pullMute: "a node that is asked for what it has does not answer"
        case .oneWayAntiEntropy: "anti-entropy gives and never takes, and only to larger numbers"
        case .truncatedDelta: "a delta that was cut off to fit its message counts as whole"
        case .obsoleteDelta: "a delta counts although it begins above what the node has"
        case .sentNotCleared: "who was sent an older write of a key counts as sent the new one"
        case .echoStorm: "a rumor that is known goes back to where it came from, and lives again"
        case .deafAfterGarbage: "after bytes that are no message the node hears nothing any more"
        case .acceptForged: "versions beyond the bound are believed"
        }
    }
}
