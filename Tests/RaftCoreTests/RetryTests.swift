import Objects
import RaftCore
import Testing
import Vocabulary

/// Thesis §6.3: an operation that was left without an answer is sent again under its number.
@Suite struct `A client that asks again` {
    /// A client that has asked node 1 to enqueue.
    private func asking() -> `A client`.Script {
        var script = `A client`.Script()
        var configuration = RaftClientConfiguration(home: NodeID(1))
        configuration.retriesUnanswered = true
        script.core = RaftClientCore(configuration: configuration)
        script.invoke(.enqueue(5))
        script.connect(1)
        script.answer(1, .opened(SessionID(9)))
        return script
    }

    private func sent(_ id: UInt64, to node: Int = 1) -> RaftClientEffect {
        .send(
            .execute(
                Command(session: SessionID(9), sequence: 1, key: "x", operation: .enqueue(5))),
            id: RequestID(id), to: NodeID(node))
    }

    @Test func `sends the same command after a lost connection`() {
        var script = asking()
        #expect(script.step(.disconnected(NodeID(1))) == [])
        #expect(script.now + 20_000_000 == script.core.nextDeadline)
        #expect(script.tick() == [.connect(NodeID(1))])
        #expect(script.connect(1) == [sent(3)])
        #expect(script.answer(2, .answered(.done)) == [], "the answer of the first copy")
        #expect(script.answer(3, .answered(.done)) == [.finish(.ok(.done, by: NodeID(1)))])
    }

    @Test func `sends the same command after the leader stepped down`() {
        var script = asking()
        #expect(script.answer(2, .leadershipLost) == [])
        #expect(script.tick() == [sent(3)])
        #expect(script.answer(3, .notLeader(hint: NodeID(2))) == [.connect(NodeID(2))])
        #expect(script.connect(2) == [sent(4, to: 2)])
        #expect(
            script.answer(4, .answered(.value(7)), from: 2)
                == [.finish(.ok(.value(7), by: NodeID(2)))])
    }

    @Test func `believes a refusal of a copy`() {
        var script = asking()
        script.answer(2, .leadershipLost)
        _ = script.tick()
        #expect(
            script.answer(3, .answered(.refused(.held)))
                == [.finish(.fail(.object(.held), by: NodeID(1)))])
    }

    /// No later answer says what became of the copy that was left.
    @Test(arguments: [true, false])
    func `does not know the outcome if it finds no leader in time`(isHomeGone: Bool) {
        var script = asking()
        script.answer(2, .leadershipLost)
        var effects = script.tick()
        #expect(effects == [sent(3)])
        script.answer(3, .notLeader(hint: nil))
        if isHomeGone {
            script.step(.disconnected(NodeID(1)))
            #expect(script.tick() == [.connect(NodeID(1))])
            script.step(.disconnected(NodeID(1)))
            #expect(script.tick() == [.finish(.info(.connectionLost, by: NodeID(1)))])
            return
        }
        for id in 4..<100 as Range<UInt64> where script.core.isBusy {
            effects = script.tick()
            script.answer(id, .notLeader(hint: nil))
        }
        #expect(effects == [.finish(.info(.timedOut, by: NodeID(1)))])
        #expect(script.now == Instant(nanoseconds: 1_000_000_000))
    }

    @Test func `does not know the outcome if the session is gone`() {
        var script = asking()
        script.answer(2, .leadershipLost)
        _ = script.tick()
        #expect(
            script.answer(3, .sessionExpired)
                == [.finish(.info(.sessionExpired, by: NodeID(1)))])
        #expect(
            script.invoke(.enqueue(6)) == [.send(.openSession, id: RequestID(4), to: NodeID(1))])
    }

    @Test func `fails as any other if nothing was left without an answer`() {
        var script = asking()
        #expect(
            script.answer(2, .sessionExpired)
                == [.finish(.fail(.sessionExpired, by: NodeID(1)))])
        script = asking()
        script.answer(2, .answered(.done))
        script.invoke(.dequeue)
        script.answer(3, .notLeader(hint: NodeID(3)))
        script.now = Instant(nanoseconds: 1_000_000_000)
        #expect(
            script.step(.tick) == [
                .disconnect(NodeID(3)), .finish(.fail(.noLeader, by: NodeID(3))),
            ])
    }
}
