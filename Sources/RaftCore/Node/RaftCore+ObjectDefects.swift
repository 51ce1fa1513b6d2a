import Objects
import Vocabulary

// Where the bugs of objects would be: between a client's command and the log.

/// What a node with a defect keeps in memory instead of the log; gone when it stops.
struct UnloggedNumbers: Sendable {
    /// The last fencing token of each lock that the node handed out; with `local-tokens`.
    var tokens: [String: Int64] = [:]
    /// The last id of each source that the node handed out; with `unlogged-ids`.
    var ids: [String: Int64] = [:]
}

extension RaftCore {
    /// Puts a command into the log, unless a defect does something else.
    mutating func execute(_ command: Command, id: RequestID) {
        if configuration.defects.contains(.unloggedIDs), command.operation == .nextID {
            unlogged.ids[command.key, default: 0] += 1
            return emit(.respond(.answered(.value(unlogged.ids[command.key])), id: id))
        }
        propose(.command(withAppliedList(command)), id: id)
    }

    /// The append of an element as a write of all that was applied before it, with the defect
    /// `read-modify-write-append`.
    private func withAppliedList(_ command: Command) -> Command {
        guard configuration.defects.contains(.readModifyWriteAppend),
            case .append(let element) = command.operation,
            case .elements(let applied) = machine.store.answer(.readList, on: command.key)
        else { return command }
        var command = command
        command.operation = .writeList(applied + [element])
        return command
    }

    /// The answer to a client, with a token of the node's own with the defect `local-tokens`.
    mutating func withLocalToken(
        _ response: ClientResponse, to payload: LogEntry.Payload
    ) -> ClientResponse {
        guard configuration.defects.contains(.localTokens), case .command(let command) = payload,
            case .acquire = command.operation, case .answered(.value) = response
        else { return response }
        unlogged.tokens[command.key, default: 0] += 1
        return .answered(.value(unlogged.tokens[command.key]))
    }
}
