import Objects
import RaftCore
import Testing
import Vocabulary

/// What each of the defects of objects breaks, beside a node without it.
@Suite struct `A node with a defect of objects` {
    /// A leader of three nodes, whose entries commit when `commit` says so.
    private struct Leader {
        var node: ScriptedNode
        private var lastID: UInt64 = 0

        init(_ defects: RaftDefects) {
            node = ScriptedNode { $0.defects = defects }
            node.winElection()
            request(.openSession)
            commit()
        }

        /// Answers that came at once.
        @discardableResult
        mutating func request(_ request: ClientRequest) -> [String] {
            lastID += 1
            return answers(node.request(request, lastID))
        }

        @discardableResult
        mutating func change(_ operation: ObjectOperation, sequence: UInt64) -> [String] {
            request(
                .execute(
                    Command(
                        session: SessionID(2), sequence: sequence, key: "x", operation: operation)))
        }

        /// Answers that came with the commit of everything.
        @discardableResult
        mutating func commit() -> [String] {
            answers(node.acknowledge(node.core.log.lastIndex.rawValue, from: 2))
        }

        /// Loses the leadership to node 2, and wins it back; the log stays.
        mutating func leadAgain() {
            let last = node.core.log.last
            node.receive(
                .append(
                    term: node.core.term.rawValue + 1, after: last.index.rawValue,
                    last.term.rawValue), from: 2)
            node.winElection()
            commit()
        }

        /// Stops and starts with the log that is on its disk, and leads again.
        mutating func restart() {
            let state = RaftDurableState(
                hardState: HardState(term: node.core.term, vote: node.core.vote),
                log: node.core.log)
            node.core = RaftCore(
                configuration: node.core.configuration, state: state, seed: Seed(2))
            node.step(.start)
            node.winElection()
            commit()
        }

        func held(_ read: ObjectOperation) -> ObjectResult {
            node.core.machine.store.answer(read, on: "x")
        }

        private func answers(_ effects: [RaftEffect]) -> [String] {
            effects.sent.filter { $0.hasPrefix("answer") }.compactMap {
                $0.split(separator: ": ").last.map(String.init)
            }
        }
    }

    @Test(arguments: [false, true])
    func `no-sessions applies a command again that was sent again`(hasDefect: Bool) {
        var leader = Leader(hasDefect ? [.noSessions] : [])
        for _ in 0..<2 { leader.change(.addNumber(5), sequence: 1) }
        #expect(leader.commit() == ["done", "done"])
        #expect(leader.held(.readCounter) == .value(hasDefect ? 10 : 5))
    }

    @Test(arguments: [false, true])
    func `local-tokens hands out tokens again after a restart`(hasDefect: Bool) {
        var leader = Leader(hasDefect ? [.localTokens] : [])
        leader.change(.acquire(holder: 1), sequence: 1)
        leader.change(.release(holder: 1), sequence: 2)
        leader.change(.acquire(holder: 1), sequence: 3)
        leader.change(.acquire(holder: 1), sequence: 4)
        leader.change(.release(holder: 1), sequence: 5)
        #expect(leader.commit() == ["value 1", "done", "value 2", "held", "done"])
        leader.restart()
        leader.change(.acquire(holder: 1), sequence: 6)
        #expect(leader.commit() == [hasDefect ? "value 1" : "value 3"])
    }

    @Test(arguments: [false, true])
    func `read-modify-write-append loses one of two concurrent appends`(hasDefect: Bool) {
        var leader = Leader(hasDefect ? [.readModifyWriteAppend] : [])
        leader.change(.append(1), sequence: 1)
        leader.commit()
        leader.change(.append(2), sequence: 2)
        leader.change(.append(3), sequence: 3)
        #expect(leader.commit() == ["done", "done"])
        #expect(leader.held(.readList) == .elements(hasDefect ? [1, 3] : [1, 2, 3]))
    }

    @Test(arguments: [false, true])
    func `unlogged-ids hands out ids again after a restart`(hasDefect: Bool) {
        var leader = Leader(hasDefect ? [.unloggedIDs] : [])
        let answers = (1...2 as ClosedRange<UInt64>).flatMap {
            leader.change(.nextID, sequence: $0) + leader.commit()
        }
        #expect(answers == ["value 1", "value 2"])
        leader.restart()
        #expect(
            leader.change(.nextID, sequence: 3) + leader.commit()
                == [hasDefect ? "value 1" : "value 3"])
    }

    @Test(arguments: [ObjectOperation.read, .readSet, .readCounter, .readList], [false, true])
    func `stale-reads answers reads of every object without a quorum`(
        read: ObjectOperation, hasDefect: Bool
    ) {
        var leader = Leader(hasDefect ? [.staleReads] : [])
        #expect(leader.request(.read(read, key: "x")).isEmpty != hasDefect)
    }
}
