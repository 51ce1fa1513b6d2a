import Objects
import RaftCore
import Testing
import Vocabulary

/// The one place where ok, fail and info are told apart.
@Suite struct `A client` {
    /// A client at home on node 1, driven by hand.
    struct Script {
        var core = RaftClientCore(configuration: .init(home: NodeID(1)))
        var now = Instant.zero

        @discardableResult
        mutating func step(_ event: RaftClientEvent) -> [RaftClientEffect] {
            var effects: [RaftClientEffect] = []
            core.step(event, now: now, effects: &effects)
            return effects
        }

        @discardableResult
        mutating func invoke(_ operation: ObjectOperation) -> [RaftClientEffect] {
            step(.invoked(key: "x", operation))
        }

        @discardableResult
        mutating func connect(_ node: Int) -> [RaftClientEffect] { step(.connected(NodeID(node))) }

        /// Answers the request of this number.
        @discardableResult
        mutating func answer(
            _ id: UInt64, _ response: ClientResponse, from node: Int = 1
        ) -> [RaftClientEffect] {
            step(.responded(response, id: RequestID(id), from: NodeID(node)))
        }

        mutating func tick() -> [RaftClientEffect] {
            now = core.nextDeadline
            return step(.tick)
        }

        /// A client that has asked node 1 to write.
        static func writing() -> Script {
            var script = Script()
            script.invoke(.write(5))
            script.connect(1)
            script.answer(1, .opened(SessionID(9)))
            return script
        }
    }

    static func write(_ sequence: UInt64) -> ClientRequest {
        .execute(
            Command(session: SessionID(9), sequence: sequence, key: "x", operation: .write(5)))
    }

    @Test func `opens a session before its first change only`() {
        var script = Script()
        #expect(script.invoke(.write(5)) == [.connect(NodeID(1))])
        #expect(script.connect(1) == [.send(.openSession, id: RequestID(1), to: NodeID(1))])
        #expect(
            script.answer(1, .opened(SessionID(9)))
                == [.send(Self.write(1), id: RequestID(2), to: NodeID(1))])
        #expect(script.answer(2, .answered(.done)) == [.finish(.ok(.done, by: NodeID(1)))])
        #expect(
            script.invoke(.write(5)) == [.send(Self.write(2), id: RequestID(3), to: NodeID(1))])
    }

    @Test func `follows a redirect under the same number, and starts at home the next time`() {
        var script = Script.writing()
        #expect(script.answer(2, .notLeader(hint: NodeID(3))) == [.connect(NodeID(3))])
        #expect(
            script.connect(3) == [.send(Self.write(1), id: RequestID(3), to: NodeID(3))])
        #expect(script.answer(3, .answered(.done), from: 3) == [.finish(.ok(.done, by: NodeID(3)))])
        #expect(
            script.invoke(.read) == [.send(.read(.read, key: "x"), id: RequestID(4), to: NodeID(1))]
        )
    }

    @Test func `fails when its node cannot be reached, but not at once`() {
        var script = Script()
        script.invoke(.write(5))
        #expect(script.step(.disconnected(NodeID(1))) == [])
        #expect(script.tick() == [.finish(.fail(.refused, by: NodeID(1)))])
        #expect(script.now == Instant(nanoseconds: 100_000_000))
    }

    @Test(arguments: [ObjectOperation.read, .write(5), .compareAndSet(expected: 1, new: 2)])
    func `does not know the outcome of what it sent`(operation: ObjectOperation) {
        for event in [RaftClientEvent.disconnected(NodeID(1)), .tick] {
            var script = Script.writing()
            script.answer(2, .answered(.done))
            script.invoke(operation)
            script.now = script.core.nextDeadline
            let reason: RaftClientOutcome.Unknown = event == .tick ? .timedOut : .connectionLost
            #expect(script.step(event) == [.finish(.info(reason, by: NodeID(1)))])
        }
        var script = Script.writing()
        #expect(
            script.answer(2, .leadershipLost)
                == [.finish(.info(.leadershipLost, by: NodeID(1)))])
    }

    @Test func `fails when the time ends and no node has the operation`() {
        var script = Script.writing()
        script.answer(2, .notLeader(hint: nil))
        var effects: [RaftClientEffect] = []
        var id: UInt64 = 2
        while script.core.isBusy {
            effects = script.tick()
            guard script.core.isBusy else { break }
            id += 1
            #expect(effects == [.send(Self.write(1), id: RequestID(id), to: NodeID(1))])
            script.answer(id, .notLeader(hint: nil))
        }
        #expect(effects == [.finish(.fail(.noLeader, by: nil))])
        #expect(script.now == Instant(nanoseconds: 1_000_000_000))
    }

    @Test func `fails when only the opening of a session is undecided`() {
        var script = Script()
        script.invoke(.write(5))
        script.connect(1)
        #expect(script.tick() == [.finish(.fail(.noLeader, by: nil))])
        #expect(script.answer(1, .opened(SessionID(9))) == [], "too late")
    }

    @Test func `says what a compare-and-set found`() {
        var script = Script.writing()
        script.answer(2, .answered(.done))
        script.invoke(.compareAndSet(expected: 1, new: 2))
        #expect(
            script.answer(3, .answered(.refused(.mismatch(found: 5))))
                == [.finish(.fail(.object(.mismatch(found: 5)), by: NodeID(1)))])
    }

    @Test func `bounds redirects that lead nowhere`() {
        var script = Script()
        script.invoke(.read)
        script.connect(1)
        script.connect(2)
        var id: UInt64 = 0
        var target = 1
        while target != 0 {
            id += 1
            let effects = script.answer(id, .notLeader(hint: NodeID(3 - target)), from: target)
            #expect(effects.isEmpty || effects[0] == resent(id + 1, to: 3 - target))
            target = effects.isEmpty ? 0 : 3 - target
        }
        #expect(id == 4)
        #expect(script.core.nextDeadline == Instant(nanoseconds: 20_000_000))
    }

    @Test func `follows redirects again after each delay`() {
        var script = Script()
        script.invoke(.read)
        script.connect(1)
        for attempt in 0..<10 as Range<UInt64> {
            #expect(
                script.answer(attempt + 1, .notLeader(hint: NodeID(2))) == [.connect(NodeID(2))])
            #expect(script.step(.disconnected(NodeID(2))) == [])
            #expect(script.tick() == [resent(attempt + 2, to: 1)])
        }
    }

    private func resent(_ id: UInt64, to node: Int) -> RaftClientEffect {
        .send(.read(.read, key: "x"), id: RequestID(id), to: NodeID(node))
    }

    @Test func `opens a new session when the cluster forgot the old one`() {
        var script = Script.writing()
        #expect(
            script.answer(2, .sessionExpired)
                == [.finish(.fail(.sessionExpired, by: NodeID(1)))])
        #expect(
            script.invoke(.write(5)) == [.send(.openSession, id: RequestID(3), to: NodeID(1))])
    }
}
