import Objects
import RaftCore
import Vocabulary

// Entries and commands; the same form on the wire and on disk.

extension WireEntry {
    init(_ entry: LogEntry) {
        term = UInt64(entry.term)
        switch entry.payload {
        case .noOp: noOp = WireNothing()
        case .openSession: openSession = WireNothing()
        case .command(let value): command = WireCommand(value)
        }
    }
}

extension LogEntry {
    init(_ wire: WireEntry) throws(FrameError) {
        self.init(term: Term(try integer(wire.term, "term")), payload: .noOp)
        switch wire.payload {
        case .noOp: payload = .noOp
        case .openSession: payload = .openSession
        case .command(let command): payload = .command(try Command(command))
        case nil: throw .malformed(field: "entry")
        }
    }
}

extension WireCommand {
    init(_ command: Command) {
        session = command.session.rawValue
        sequence = command.sequence
        key = command.key
        operation = WireOperation(command.operation)
    }
}

extension Command {
    /// The longest key, in bytes; it keeps a full message of entries within one frame.
    private static let keyLengthMax = 4096

    /// A key that is not too long.
    static func key(_ key: String) throws(FrameError) -> String {
        guard key.utf8.count <= keyLengthMax else { throw .malformed(field: "key") }
        return key
    }

    init(_ wire: WireCommand) throws(FrameError) {
        self.init(
            session: SessionID(wire.session), sequence: wire.sequence, key: try Self.key(wire.key),
            operation: try ObjectOperation(wire.operation))
    }
}

extension UInt64 {
    init(_ term: Term) { self.init(term.rawValue) }
    init(_ index: LogIndex) { self.init(index.rawValue) }
}

/// A term or an index; beyond the range of either is garbage.
func integer(_ number: UInt64, _ field: String) throws(FrameError) -> Int {
    guard number <= UInt64(Int.max / 2) else { throw .malformed(field: field) }
    return Int(number)
}
