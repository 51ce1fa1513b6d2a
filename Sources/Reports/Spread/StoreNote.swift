import HistoryModel
import Vocabulary

/// Which write of a key: what orders the writes of a gossip store.
struct WriteName: Hashable, Comparable {
    var version: Int
    private var writer: Int
    /// Which of the writer's lives, where it once lost its store.
    private var generation = 1

    /// Names a write by its version and its writer: `n3`, or `n3/2` for the second life.
    init(version: Int, writer: some StringProtocol) {
        self.version = version
        var numbers = (0, 0)
        var isGeneration = false
        for byte in writer.utf8.dropFirst() {
            if byte == UInt8(ascii: "/") {
                isGeneration = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                let digit = Int(byte - UInt8(ascii: "0"))
                if isGeneration {
                    numbers.1 = numbers.1 &* 10 &+ digit
                } else {
                    numbers.0 = numbers.0 &* 10 &+ digit
                }
            }
        }
        self.writer = numbers.0
        if isGeneration { generation = numbers.1 }
    }

    static func < (left: WriteName, right: WriteName) -> Bool {
        (left.version, left.writer, left.generation) < (
            right.version, right.writer, right.generation
        )
    }
}

extension WriteName: CustomStringConvertible {
    var description: String { "\(version)@n\(writer)" + (generation == 1 ? "" : "/\(generation)") }
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
        guard let version = trace.index, let detail = trace.detail,
            let afterWriter = detail.utf8.firstIndex(of: UInt8(ascii: " "))
        else { return nil }
        write = WriteName(version: version, writer: detail[..<afterWriter])
        let rest = detail[detail.utf8.index(after: afterWriter)...]
        let keyEnd = rest.utf8.firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
        key = rest[..<keyEnd]
        if kind == .applied || kind == .told, keyEnd < rest.endIndex {
            other = rest[rest.utf8.index(after: keyEnd)...]
        }
    }
}

extension FaultRecord {
    /// Whether its nodes lose their processes.
    var endsProcesses: Bool {
        effects.contains(.endsProcesses)
    }
}
