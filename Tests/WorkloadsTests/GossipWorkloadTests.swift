import HistoryModel
import Interpreter
import Testing
import Vocabulary
import Workloads

/// What clients of a gossip store do.
@Suite struct `A workload of a gossip store` {
    /// Answers every operation at once, until the workload ends.
    private func history(
        _ kind: Workload, failing: ThreadID? = nil,
        change: (inout RunConfiguration) -> Void = { _ in }
    ) -> [Event] {
        var configuration = RunConfiguration(workload: "test")
        configuration.kind = kind
        configuration.nodes = 3
        configuration.concurrency = 6
        configuration.rate = 100
        configuration.timeLimit = 2_000_000_000
        change(&configuration)
        var interpreter = Interpreter(
            source: configuration.generator, concurrency: configuration.concurrency,
            seed: Seed(1))
        var now = Instant.zero
        var events: [Event] = []
        var completions: [Completion] = []
        for _ in 0..<100_000 {
            var effects: [InterpreterEffect] = []
            interpreter.step(
                completions: completions, now: now, faultsOver: true, effects: &effects)
            completions = []
            var wake: Instant?
            for effect in effects {
                switch effect {
                case .record(let event): events.append(event)
                case .invoke(let invocation):
                    completions.append(
                        Completion(
                            thread: invocation.thread,
                            type: invocation.thread == failing ? .fail : .ok, value: .null))
                case .wake(let instant): wake = instant
                case .finished: return events
                }
            }
            now = completions.isEmpty ? max(now, wake ?? now + 1) : now + 1
        }
        Issue.record("the workload does not end")
        return events
    }

    private func finalReads(_ events: [Event]) -> [Event] {
        events.filter { $0.type == .invoke && $0.time > Instant(nanoseconds: 2_100_000_000) }
    }

    @Test func `reads every key at every node in the end`() {
        let events = history(.gossipKV)
        let keys = Set(events.compactMap(\.key))
        let reads = finalReads(events)
        #expect(reads.allSatisfy { $0.function == .read })
        let seen = Set(reads.map { [$0.key ?? .null, .integer(Int64($0.process.rawValue % 3))] })
        #expect(seen.count == 3 * keys.count)
        #expect(reads.count == seen.count)
    }

    @Test func `leaves the store alone before that`() {
        var settle: Nanoseconds = 0
        let events = history(.gossipKV) { settle = $0.settleLength }
        let first = finalReads(events).first?.time ?? .zero
        let lastWrite = events.last { $0.function == .write }?.time ?? .zero
        #expect(first - lastWrite >= settle)
        #expect(settle >= 20 * 1_200_000_000)
    }

    @Test func `gives a node up that never answers`() {
        let events = history(.gSet, failing: ThreadID(1))
        let reads = finalReads(events)
        #expect(Set(reads.map { $0.process.rawValue % 6 }).contains(1))
        #expect(reads.count <= 3 * 20)
    }

    @Test func `writes each value once`() {
        let written = history(.gossipKV) { $0.keyValue.valueBytes = 8 }
            .filter { $0.type == .invoke && $0.function == .write }.map(\.value)
        #expect(written.count > 20)
        #expect(Set(written).count == written.count)
        #expect(written.first == "1.......")
    }

    @Test func `adds numbers of both signs to a counter, and new elements to a set`() {
        func added(_ kind: Workload) -> [Value] {
            history(kind).filter { $0.type == .invoke && $0.function == .add }.map(\.value)
        }
        let numbers = added(.pnCounter)
        #expect(numbers.contains { $0 < 0 } && numbers.contains { $0 > 0 })
        #expect(!numbers.contains(0))
        let elements = added(.broadcast)
        #expect(Set(elements).count == elements.count)
    }
}
