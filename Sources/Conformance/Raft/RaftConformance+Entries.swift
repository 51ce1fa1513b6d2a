internal import HistoryModel
internal import Objects
internal import RaftCore
internal import Vocabulary

// Statements about AppendEntries and the log, seen at nodes that are driven by hand.

extension RaftConformance {
    private static let n1 = NodeID(1)
    private static let n2 = NodeID(2)

    var heartbeats: ConformanceScenario {
        ConformanceScenario(
            "an idle leader sends empty AppendEntries at the interval, and nobody stands for election; "
                + "without them there is one election within the timeout",
            injecting: "5 nodes idle for 2 s; then the leader is cut off"
        ) {
            var raft = scripted(5)
            raft.run(for: 5 * Self.second) { $0.leader != nil }
            raft.run(for: Self.second)
            guard let leader = raft.leader else { return .init("nobody leads", false) }
            let term = raft[leader].term
            let start = raft.now
            raft.run(for: 2 * Self.second)
            let peer = NodeID(leader == Self.n1 ? 2 : 1)
            let beats = raft.sent.filter { $0.from == leader && $0.to == peer && $0.time > start }
            let gaps = zip(beats, beats.dropFirst()).map { $1.time - $0.time }
            let interval = raft[leader].configuration.heartbeatInterval
            let isRegular =
                gaps.allSatisfy { $0 == interval } && beats.count == 40
                && beats.allSatisfy { $0.message.entries?.entries.isEmpty == true }
            let isCalm = raft.nodes.allSatisfy { $0.core.term == term }

            raft.cutOff = [leader]
            let cut = raft.now
            let traceCount = raft.traces.count
            raft.run(for: Self.second)
            let candidates = raft.traces[traceCount...].filter {
                if case .candidate = $0.event { true } else { false }
            }
            let longest = raft[leader].configuration.electionTimeout.upperBound
            let asked = raft.sent.first { $0.time > cut && $0.message.request != nil }?.time
            let silence = (asked ?? .distantFuture) - cut
            let isElected = raft.leader.map { $0 != leader && raft[$0].term == term.next } ?? false
            return .init(
                "\(beats.count) messages to \(peer) in 2 s, all empty and \(interval / 1_000_000) ms "
                    + "apart: \(Self.yes(isRegular)); term unchanged: \(Self.yes(isCalm)); after the "
                    + "cut the first asks for votes within \(silence / 1_000_000) ms, "
                    + "\(candidates.count) candidate, elected in the next term: "
                    + Self.yes(isElected),
                isRegular && isCalm && silence <= longest && candidates.count == 1 && isElected)
        }
    }

    var acknowledgement: ConformanceScenario {
        ConformanceScenario(
            "a follower acknowledges entries once they are durable",
            injecting: "two entries to a follower whose disk is held up, then released"
        ) {
            let follower = Self.n2
            // The term is durable, so that nothing but the entries can hold the answer up.
            var raft = scripted(3, durable: (1...3).map { _ in Self.state(term: 1) })
            raft.holdDisk(of: follower)
            let entry = LogEntry(term: Term(1), payload: .noOp)
            raft.receive(
                .appendEntries(
                    AppendEntries(
                        term: Term(1), previousIndex: .zero, previousTerm: .zero,
                        entries: [entry, entry], commitIndex: .zero, round: 0)),
                at: follower, from: Self.n1)
            let early = Self.accepted(by: follower, in: raft)
            raft.releaseDisk(of: follower)
            let late = Self.accepted(by: follower, in: raft)
            return .init(
                "acknowledged before the sync: \(early) entries, after it: \(late)",
                early == 0 && late == 2)
        }
    }

    /// Up to which index a follower has acknowledged entries.
    private static func accepted(by follower: NodeID, in raft: ScriptedRaft) -> Int {
        raft.sent(by: follower, \.acknowledgement).compactMap { reply in
            if case .accepted(let match) = reply.outcome { match.rawValue } else { nil }
        }.max() ?? 0
    }

    var commitRule: ConformanceScenario {
        ConformanceScenario(
            "a leader commits entries of older terms only behind one of its own (Figure 8)",
            injecting:
                "n1 of 5 is elected in term 4 with an uncommitted entry of term 2; a majority "
                + "stores that entry, and later the first one of term 4"
        ) {
            let leader = Self.n1
            var raft = scripted(
                5, durable: [Self.state(term: 3, log: [1, 2])], entriesPerMessage: 1)
            Self.nominate(&raft)
            for voter in 2...3 { raft.receive(.grant(in: 4), at: leader, from: NodeID(voter)) }
            func store(upTo index: Int) -> Int {
                let reply = AppendReply(
                    term: Term(4), outcome: .accepted(match: LogIndex(index)), round: 0)
                for follower in 2...3 {
                    raft.receive(.appendReply(reply), at: leader, from: NodeID(follower))
                }
                return raft[leader].commitIndex.rawValue
            }
            let inherited = store(upTo: 2)
            let own = store(upTo: 3)
            return .init(
                "committed up to index \(inherited) when 3 of 5 store index 2 of term 2; up to "
                    + "\(own) when they store index 3 of term 4", inherited == 0 && own == 3)
        }
    }

    var logFormat: ConformanceScenario {
        ConformanceScenario(
            "a log entry has an index, a term and an operation",
            injecting: "a session and two writes at the leader of 3 nodes"
        ) {
            var raft = scripted(3)
            raft.run(for: 5 * Self.second) { $0.leader != nil }
            guard let leader = raft.leader else { return .init("nobody leads", false) }
            raft.step(leader, .requested(.openSession, id: RequestID(1)))
            raft.run(for: Self.second)
            for number in 1...2 {
                let command = Command(
                    session: SessionID(2), sequence: UInt64(number), key: "x",
                    operation: .write(Int64(number)))
                raft.step(leader, .requested(.execute(command), id: RequestID(UInt64(number) + 1)))
            }
            raft.run(for: Self.second)
            let log = raft[leader].log
            let entries = log.entries(from: log.firstIndex, countMax: .max)
            let words = entries.enumerated().map { place, entry in
                "\(place + 1): term \(entry.term.rawValue), \(Self.text(entry.payload))"
            }
            let wanted = [
                "1: term 1, no-op", "2: term 1, open a session",
                "3: term 1, command 1 of session 2 on x", "4: term 1, command 2 of session 2 on x",
            ]
            let isEqual = raft.nodes.allSatisfy {
                $0.core.log == log && $0.core.commitIndex == log.lastIndex
            }
            return .init(
                words.joined(separator: "; ") + "; the same and committed on all: "
                    + Self.yes(isEqual), words == wanted && isEqual)
        }
    }

    private static func text(_ payload: LogEntry.Payload) -> String {
        switch payload {
        case .noOp: "no-op"
        case .openSession: "open a session"
        case .command(let command):
            "command \(command.sequence) of session \(command.session.rawValue) on \(command.key)"
        }
    }
}
