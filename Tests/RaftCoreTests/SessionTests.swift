import Objects
import RaftCore
import Testing
import Vocabulary

/// Thesis §6.3: a command counts once, however often it arrives.
@Suite struct `Sessions` {
    /// A cluster of one, so that every request commits at once.
    private func leader(sessionsMax: Int = 4) -> ScriptedNode {
        var node = ScriptedNode(voters: 1, change: { $0.sessionsMax = sessionsMax })
        node.tick()
        return node
    }

    private func command(
        _ session: UInt64, _ sequence: UInt64, _ operation: ObjectOperation
    ) -> ClientRequest {
        .execute(
            Command(
                session: SessionID(session), sequence: sequence, key: "x", operation: operation))
    }

    @Test func `a retry is answered as the first time, and applied once`() {
        var node = leader()
        #expect(node.request(.openSession, 1).sent == ["answer 1: opened 2"])
        let swap = command(2, 1, .compareAndSet(expected: nil, new: 5))
        #expect(node.request(swap, 2).sent == ["answer 2: done"])
        #expect(node.request(swap, 3).sent == ["answer 3: done"])
        let again = command(2, 2, .compareAndSet(expected: nil, new: 6))
        #expect(node.request(again, 4).sent == ["answer 4: mismatch 5"])
        #expect(node.request(command(2, 3, .write(7)), 5).sent == ["answer 5: done"])
        #expect(node.request(again, 6).sent == ["answer 6: outdated"])
        #expect(node.core.machine.store.answer(.read, on: "x") == .value(7))
    }

    @Test func `a retry whose session is gone is refused`() {
        var node = leader(sessionsMax: 2)
        node.request(.openSession, 1)
        #expect(node.request(command(2, 1, .write(1)), 2).sent == ["answer 2: done"])
        node.request(.openSession, 3)
        node.request(command(2, 2, .write(2)), 4)
        // The session opened second has the older last entry.
        #expect(node.request(.openSession, 5).sent == ["answer 5: opened 6"])
        #expect(node.request(command(4, 1, .write(9)), 6).sent == ["answer 6: sessionExpired"])
        #expect(node.request(command(2, 2, .write(2)), 7).sent == ["answer 7: done"])
        #expect(node.core.machine.store.answer(.read, on: "x") == .value(2))
    }

    @Test func `clients whose entries are undecided are told so when the leader steps down`() {
        var node = ScriptedNode()
        node.winElection()
        node.request(.openSession, 1)
        #expect(
            node.receive(.append(term: 2, after: 0, 0), from: 2).sent.first
                == "answer 1: leadershipLost")
    }
}
