import Checkers
import HistoryModel
import Testing
import Vocabulary

@Suite struct CounterSumTests {
    /// A step of a history: one process each, unless a step ends an earlier one.
    private enum Step {
        case add(Int64, EventType)
        case read(Int64)
    }

    private func record(_ steps: [Step], finished: Bool = true) -> RunRecord {
        var events: [Event] = []
        func append(_ type: EventType, _ function: Function, _ process: Int, _ value: Value) {
            events.append(
                Event(
                    index: events.count, time: Instant(nanoseconds: Int64(events.count)),
                    process: ProcessID(process), type: type, function: function, value: value))
        }
        for (process, step) in steps.enumerated() {
            switch step {
            case .add(let number, let outcome):
                append(.invoke, .add, process, .integer(number))
                append(outcome, .add, process, .integer(number))
            case .read(let sum):
                append(.invoke, .read, process, .null)
                append(.ok, .read, process, .integer(sum))
            }
        }
        // The last read is the one of the phase after all faults.
        let end = Instant(nanoseconds: Int64(events.count - 2))
        return RunRecord(
            metadata: RunMetadata(
                id: "r", startedAt: "", workload: "pn-counter", system: "gossip", defects: [],
                nodes: 3, seed: 1, world: RunMetadata.real, command: [], configuration: "",
                versions: [:]),
            history: History(events: events),
            phases: [
                RunPhase(name: RunPhase.load, start: .zero, end: end),
                RunPhase(name: RecoveryChecker.phase, start: end, end: end),
            ], finished: finished)
    }

    private func verdict(_ steps: [Step], finished: Bool = true) throws -> Verdict {
        try CounterSumChecker().check(record(steps, finished: finished)).verdict
    }

    @Test(arguments: [0, 5, -3, 2])
    func `before it converges a counter may miss any change`(sum: Int64) throws {
        #expect(try verdict([.add(5, .ok), .add(-3, .ok), .read(sum), .read(2)]) == .valid)
    }

    @Test(arguments: [1, 4, -2, 7])
    func `but it may not hold what no choice of changes comes to`(sum: Int64) throws {
        #expect(try verdict([.add(5, .ok), .add(-3, .ok), .read(sum), .read(2)]) == .invalid)
    }

    @Test func `a change that was asked for later is not part of a sum`() throws {
        #expect(try verdict([.add(5, .ok), .read(12), .add(7, .ok), .read(12)]) == .invalid)
        #expect(try verdict([.add(5, .ok), .add(7, .ok), .read(12), .read(12)]) == .valid)
    }

    @Test func `a change that failed is part of no sum, one of unknown outcome may be`() throws {
        #expect(try verdict([.add(5, .fail), .add(1, .ok), .read(6), .read(1)]) == .invalid)
        #expect(try verdict([.add(5, .info), .add(1, .ok), .read(6), .read(1)]) == .valid)
    }

    @Test func `at the end unknown changes count whole or not at all`() throws {
        #expect(try verdict([.add(10, .ok), .add(5, .info), .read(15)]) == .valid)
        #expect(try verdict([.add(10, .ok), .add(5, .info), .read(12)]) == .invalid)
    }

    @Test func `without last reads a change that was not seen yet is not missing`() throws {
        #expect(try verdict([.add(5, .ok), .read(0)]) == .invalid)
        #expect(try verdict([.add(5, .ok), .read(0)], finished: false) == .unknown)
        #expect(try verdict([.add(5, .ok), .read(4)], finished: false) == .invalid)
    }

    @Test func `what a counter lacks to be judged is told`() throws {
        func reasons(_ steps: [Step], finished: Bool) throws -> [String] {
            try CounterSumChecker().check(record(steps, finished: finished)).reasons
        }
        #expect(
            try reasons([.add(5, .ok), .read(0)], finished: false) == [
                "The run was cut short, so what the counter would have come to is not known."
            ])
        #expect(try reasons([.read(0)], finished: false) == ["Nothing was added."])
        #expect(try reasons([.add(5, .ok)], finished: true) == ["The counter was never read."])
    }

    @Test func `sums are told as trying all choices tells them`() throws {
        var random = Seed(7).stream("sums")
        for _ in 0..<300 {
            let changes = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                Int64.random(in: -9...9, using: &random)
            }
            var sums: Set<Int64> = [0]
            for change in changes { sums.formUnion(sums.map { $0 + change }) }
            let total = changes.reduce(0, +)
            for sum in Int64(-40)...40 {
                let steps = changes.map { Step.add($0, .ok) } + [.read(sum), .read(total)]
                #expect(try (verdict(steps) == .valid) == sums.contains(sum))
            }
        }
    }

    @Test func `a change that is no integer of 64 bits leaves the sum unknown`() throws {
        var record = record([.add(5, .ok), .read(5)])
        record.history.events[0].value = "five"
        record.history.events[1].value = "five"
        #expect(try CounterSumChecker().check(record).verdict == .unknown)
    }
}
