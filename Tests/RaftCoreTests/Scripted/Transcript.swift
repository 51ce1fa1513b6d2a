import Objects
import RaftCore
import Vocabulary

/// Effects as lines of text, for transcripts that can be read beside the paper.
enum Transcript {
    static func lines(_ effects: [RaftEffect]) -> String {
        effects.map(line).joined(separator: "\n")
    }

    static func line(_ effect: RaftEffect) -> String {
        switch effect {
        case .send(let message, let node): "to \(node): \(text(message))"
        case .respond(let response, let id): "answer \(id.rawValue): \(text(response))"
        case .saveHardState(let state, _):
            "save term \(state.term.rawValue) vote \(state.vote.map(\.description) ?? "none")"
        case .appendLog(let index, let entries):
            "append \(text(entries)) at \(index.rawValue)"
        case .truncateLog(let index): "truncate from \(index.rawValue)"
        case .syncLog: "sync"
        case .trace(let event): "trace \(text(event))"
        }
    }

    static func text(_ message: RaftMessage) -> String {
        switch message {
        case .requestVote(let request):
            "\(request.isPreVote ? "preVote" : "requestVote") term \(request.term.rawValue) "
                + "last \(request.lastIndex.rawValue)/\(request.lastTerm.rawValue)"
        case .voteReply(let reply):
            "\(reply.isPreVote ? "preVoteReply" : "voteReply") term \(reply.term.rawValue) "
                + "for \(reply.electionTerm.rawValue) \(reply.granted ? "granted" : "refused")"
        case .appendEntries(let message):
            "appendEntries term \(message.term.rawValue) "
                + "after \(message.previousIndex.rawValue)/\(message.previousTerm.rawValue) "
                + "\(text(message.entries)) commit \(message.commitIndex.rawValue) "
                + "round \(message.round)"
        case .appendReply(let reply):
            "appendReply term \(reply.term.rawValue) \(text(reply.outcome)) round \(reply.round)"
        }
    }

    private static func text(_ outcome: AppendReply.Outcome) -> String {
        switch outcome {
        case .accepted(let match): "match \(match.rawValue)"
        case .rejected(let previous, let conflict, let retry):
            "reject \(previous.rawValue) conflict \(conflict.map { "\($0.rawValue)" } ?? "none") "
                + "retry \(retry.rawValue)"
        }
    }

    private static func text(_ entries: [LogEntry]) -> String {
        "[" + entries.map { "\(text($0.payload))/\($0.term.rawValue)" }.joined(separator: " ") + "]"
    }

    private static func text(_ payload: LogEntry.Payload) -> String {
        switch payload {
        case .noOp: "noOp"
        case .openSession: "open"
        case .command(let command): text(command)
        }
    }

    private static func text(_ command: Command) -> String {
        switch command.operation {
        case .write(let value): "\(command.key)=\(value)"
        case .compareAndSet(let expected, let new):
            "\(command.key):\(expected.map(String.init) ?? "nil")→\(new)"
        default: "\(command.key) \(command.operation)"
        }
    }

    private static func text(_ response: ClientResponse) -> String {
        switch response {
        case .opened(let session): "opened \(session.rawValue)"
        case .answered(let result): text(result)
        case .notLeader(let hint): "notLeader \(hint.map(\.description) ?? "unknown")"
        case .leadershipLost, .sessionExpired, .outdated: "\(response)"
        }
    }

    private static func text(_ result: ObjectResult) -> String {
        switch result {
        case .done: "done"
        case .value(let value): "value \(value.map(String.init) ?? "nil")"
        case .elements(let elements): "elements \(elements)"
        case .refused(.mismatch(let found)): "mismatch \(found.map(String.init) ?? "nil")"
        case .refused(let refusal): "\(refusal)"
        }
    }

    private static func text(_ event: RaftTraceEvent) -> String {
        var text = "\(event.name) term \(event.term.rawValue)"
        if let index = event.index { text += " index \(index.rawValue)" }
        if let count = event.count { text += " count \(count)" }
        if let detail = event.detail { text += " \(detail)" }
        return text
    }
}
