import Checkers
import HistoryModel
import Runner
import Testing
import Vocabulary
import Workloads

@Suite struct JudgeTests {
    /// One register that many processes write the same two values to at once: a matter for search.
    private func crowded(rounds: Int, processes: Int) -> History {
        var events: [Event] = []
        func add(_ process: Int, _ type: EventType, _ function: Function, _ value: Value) {
            events.append(
                Event(
                    index: events.count, process: ProcessID(process), type: type,
                    function: function, key: 1, value: value))
        }
        for round in 0..<rounds {
            for process in 0..<processes {
                add(process, .invoke, .write, .integer(Int64((process + round) % 2)))
            }
            for process in 0..<processes {
                add(process, .ok, .write, .integer(Int64((process + round) % 2)))
            }
            add(0, .invoke, .read, .null)
            add(0, .ok, .read, .integer(Int64(round % 2)))
        }
        return History(events: events)
    }

    @Test func `all keys are judged, and the worst decides`() async throws {
        var events: [Event] = []
        for key in 0..<40 {
            let found: Value = key == 17 ? 9 : 1
            for (type, function, value) in [
                (.invoke, .write, 1), (.ok, .write, 1), (.invoke, .read, .null),
                (.ok, .read, found),
            ] as [(EventType, Function, Value)] {
                events.append(
                    Event(
                        index: events.count, process: ProcessID(0), type: type,
                        function: function, key: .integer(Int64(key)), value: value))
            }
        }
        let results = try await Judge().judge(RunRecord(history: History(events: events)))
        let result = try #require(results.first { $0.checker == LinearizabilityChecker.name })
        #expect(result.verdict == .invalid)
        #expect(result.reasons.count == 1)
        #expect(result.counterexample?.key == "17")
        #expect(result.measures.contains(.init("keys", "40")))
    }

    @Test func `what the budget does not suffice for is unknown`() async throws {
        var budget = CheckBudget()
        budget.time = 0
        let record = RunRecord(history: crowded(rounds: 4_000, processes: 8))
        let results = try await Judge(budget: budget).judge(record)
        let result = try #require(results.first { $0.checker == LinearizabilityChecker.name })
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains("budget") == true)
    }

    @Test func `a history in which nothing happened is unknown`() async throws {
        let results = try await Judge().judge(RunRecord(history: History()))
        #expect(Verdict.worst(results.map(\.verdict)) == .unknown)
    }
}
