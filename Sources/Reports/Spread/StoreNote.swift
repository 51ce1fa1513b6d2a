import HistoryModel
import Vocabulary

/// Which write of a key: what orders the writes of a gossip store.
struct WriteName: Hashable, Comparable {
    var version: Int
    /// As traces name it: `n3`, or `n3/2` for the second life.
    var writer: String
    private let place: [Int]

    init(version: Int, writer: some StringProtocol) {
        self.version = version
        self.writer = String(writer)
        // As numbers: n10 comes after n9.
        place = writer.drop { $0 == "n" }.split(separator: "/").map { Int($0) ?? 0 }
    }

    static func < (left: WriteName, right: WriteName) -> Bool {
        left.version == right.version
            ? left.place.lexicographicallyPrecedes(right.place) : left.version < right.version
    }
}

extension WriteName: CustomStringConvertible {
    var description: String { "\(version)@\(writer)" }
}

/// What a node of a gossip store noted of a write.
struct StoreNote {
    enum Kind {
        case written, recovered, applied, told, collected
    }

    var kind: Kind
    var write: WriteName
    var key: Substring
    /// The node that it came from or went to.
    var other: Substring?

    /// Reads an event; nil if it tells of no write.
    init?(_ trace: NodeTraceEvent) {
        switch trace.name {
        case "written", "deleted": kind = .written
        case "recovered", "recovered-deleted": kind = .recovered
        case "applied", "buried": kind = .applied
        case "told": kind = .told
        case "collected": kind = .collected
        default: return nil
        }
        // The writer, the key, and then a node or the value.
        let words = trace.detail?.split(separator: " ", maxSplits: 2) ?? []
        guard let version = trace.index, words.count >= 2 else { return nil }
        write = WriteName(version: version, writer: words[0])
        key = words[1]
        other = kind == .applied || kind == .told ? words.dropFirst(2).first : nil
    }
}

extension FaultRecord {
    /// Whether its nodes lose their processes.
    var stopsProcesses: Bool {
        ["kill", "leave", "wipe"].contains { kind.hasPrefix($0) }
    }
}
