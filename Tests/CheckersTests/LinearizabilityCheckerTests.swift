import Checkers
import HistoryModel
import Testing
import Vocabulary

@Suite struct LinearizabilityCheckerTests {
    private func check(
        _ script: String, _ checker: LinearizabilityChecker = LinearizabilityChecker()
    ) throws -> CheckerResult {
        try checker.check(History(script: script))
    }

    @Test func `an empty history is valid`() throws {
        let result = try LinearizabilityChecker().check(History())
        #expect(result.verdict == .valid)
        #expect(result.kind == nil)
        #expect(result.measures.first == .init("operations", "0"))
    }

    @Test func `a stale read is told by the write that replaced its value`() throws {
        let result = try check(
            """
            0 :invoke :write 1
            0 :ok :write 1
            0 :invoke :write 2
            0 :ok :write 2
            1 :invoke :read nil
            1 :ok :read 1
            """)
        #expect(result.verdict == .invalid)
        #expect(result.kind == "stale-read")
        let counterexample = try #require(result.counterexample)
        #expect(counterexample.summary == "C read 1, although 2 had taken the place of 1 before.")
        #expect(
            counterexample.participants.map(\.action) == ["write 1", "write 2", "read → 1"])
        #expect(
            counterexample.precedences.map { [$0.before, $0.after] } == [
                ["A", "B"], ["C", "B"], ["B", "C"],
            ])
        #expect(
            counterexample.precedences[2].because
                == "B returned (event 3) before C was called (event 4)")
    }

    @Test func `a value that nobody wrote is named, and the write of it that failed`() throws {
        let result = try check(
            """
            0 :invoke :write 7
            0 :fail :write 7
            1 :invoke :read nil
            1 :ok :read 7
            """)
        #expect(result.kind == "phantom-value")
        let counterexample = try #require(result.counterexample)
        #expect(counterexample.summary == "B read 7, but nobody ever wrote 7.")
        #expect(counterexample.participants.map(\.outcome) == ["fail", "ok"])
        #expect(counterexample.steps[1].contains("A (write 7) was reported as failed (event 1)"))
    }

    @Test func `two successful compare-and-sets from one value are named`() throws {
        let result = try check(
            """
            0 :invoke :write 3
            0 :ok :write 3
            1 :invoke :cas [3 4]
            2 :invoke :cas [3 5]
            1 :ok :cas [3 4]
            2 :ok :cas [3 5]
            """)
        #expect(result.kind == "lost-update")
        let counterexample = try #require(result.counterexample)
        #expect(counterexample.summary == "B and C both replaced 3, which was there only once.")
    }

    @Test(arguments: [
        """
        0 :invoke :cas [2 1]
        0 :info :cas :timed-out
        1 :invoke :cas [1 2]
        1 :ok :cas [1 2]
        1 :invoke :cas [2 3]
        1 :ok :cas [2 3]
        """,
        """
        3 :invoke :cas [1 2]
        1 :invoke :cas [1 3]
        1 :info :cas :timed-out
        2 :invoke :cas [3 1]
        3 :ok :cas [1 2]
        2 :ok :cas [3 1]
        """,
        """
        0 :invoke :write 5
        0 :ok :write 5
        1 :invoke :cas [1 2]
        2 :invoke :cas [2 1]
        1 :ok :cas [1 2]
        2 :ok :cas [2 1]
        """,
    ])
    func `a circle of compare-and-sets is confirmed`(script: String) throws {
        let result = try check(script)
        #expect(result.verdict == .invalid)
        #expect(result.counterexample != nil)
    }

    @Test func `a read of a value that is written only later is told as such`() throws {
        let result = try check(
            """
            0 :invoke :read nil
            0 :ok :read 3
            1 :invoke :write 3
            1 :ok :write 3
            """)
        #expect(result.counterexample?.summary == "A read 3, but only afterwards B wrote 3.")
    }

    @Test func `values that come back are told by what the register can have held`() throws {
        let result = try check(
            """
            0 :invoke :write 1
            0 :ok :write 1
            0 :invoke :write 2
            0 :ok :write 2
            0 :invoke :write 1
            0 :ok :write 1
            0 :invoke :write 2
            0 :ok :write 2
            1 :invoke :read nil
            1 :ok :read 1
            """)
        let counterexample = try #require(result.counterexample)
        #expect(
            counterexample.summary
                == "C read 1, but the register can only have held 2 at that time.")
        #expect(
            counterexample.participants.map(\.action) == ["write 1", "write 2", "read → 1"])
        #expect(
            counterexample.steps.first
                == "A (write 1) was the last to bring 1 before (returned at event 5).")
    }

    @Test func `an unknown write may take effect late, but not before it was called`() throws {
        let late = """
            0 :invoke :write 1
            0 :info :write :timed-out
            1 :invoke :read nil
            1 :ok :read nil
            1 :invoke :read nil
            1 :ok :read 1
            """
        #expect(try check(late).verdict == .valid)
        #expect(try check(late + "\n1 :invoke :read nil\n1 :ok :read nil").verdict == .invalid)
    }

    @Test func `the initial value may be written again`() throws {
        let script = """
            0 :invoke :write 2
            0 :ok :write 2
            0 :invoke :write 1
            0 :ok :write 1
            0 :invoke :read nil
            0 :ok :read 1
            """
        #expect(try check(script, LinearizabilityChecker(initial: 1)).verdict == .valid)
        #expect(try check(script + "\n0 :invoke :read nil\n0 :ok :read 2").verdict == .invalid)
    }

    /// The second write of 1 changes nothing but lets the write of 3 come before it.
    @Test(arguments: ["2 :ok :write 1", "2 :info :write 1"])
    func `a write of what is there already hides one that is pending`(end: String) throws {
        let result = try check(
            """
            0 :invoke :write 1
            0 :ok :write 1
            2 :invoke :write 1
            3 :invoke :write 3
            4 :invoke :cas [1 2]
            4 :ok :cas [1 2]
            3 :ok :write 3
            5 :invoke :cas [2 4]
            5 :ok :cas [2 4]
            \(end)
            """)
        #expect(result.verdict == .valid)
    }

    @Test func `keys are judged apart, and the worst decides`() throws {
        var events: [Event] = []
        func add(
            _ process: Int, _ type: EventType, _ function: Function, _ key: Value, _ value: Value
        ) {
            events.append(
                Event(
                    index: events.count, process: ProcessID(process), type: type,
                    function: function, key: key, value: value))
        }
        add(0, .invoke, .write, 1, 5)
        add(0, .ok, .write, 1, 5)
        add(0, .invoke, .read, 2, .null)
        add(0, .ok, .read, 2, .null)
        #expect(try LinearizabilityChecker().check(History(events: events)).verdict == .valid)
        add(0, .invoke, .read, 2, .null)
        add(0, .ok, .read, 2, 5)
        let result = try LinearizabilityChecker().check(History(events: events))
        #expect(result.verdict == .invalid)
        #expect(result.counterexample?.key == "2")
        #expect(result.reasons == ["key 2: A read 5, but nobody ever wrote 5."])
    }

    @Test func `a search that runs out of steps is unknown and says so`() throws {
        let checker = LinearizabilityChecker(budget: Budget(steps: 1, bytes: 1 << 20))
        let result = try check(
            """
            0 :invoke :write 1
            1 :invoke :write 1
            0 :ok :write 1
            1 :ok :write 1
            0 :invoke :cas [1 2]
            0 :ok :cas [1 2]
            0 :invoke :read nil
            0 :ok :read 2
            """, checker)
        #expect(result.verdict == .unknown)
        let reason = try #require(result.reasons.first)
        #expect(reason.contains("the search took more than 1 steps"))
        #expect(reason.contains("of 4 operations can be put in order"))
    }

    @Test func `an operation that is none of a register is unknown, not valid`() throws {
        let result = try check("0 :invoke :acquire nil\n0 :ok :acquire nil")
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains("event 0") == true)
    }

    @Test func `the verdict does not depend on the size of the slices`() throws {
        let history = try History(
            script: """
                0 :invoke :write 1
                1 :invoke :write 1
                0 :ok :write 1
                2 :invoke :cas [1 2]
                1 :ok :write 1
                2 :ok :cas [1 2]
                0 :invoke :read nil
                0 :ok :read 1
                """)
        var conclusions: [KeyResult?] = []
        for steps in [1, 2, 7, .max] {
            var checks = try LinearizabilityChecker().keyChecks(of: history)
            while !checks[0].advance(steps: steps) {}
            conclusions.append(checks[0].conclusion)
        }
        #expect(Set(conclusions).count == 1)
    }
}
