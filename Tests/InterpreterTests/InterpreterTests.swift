import HistoryModel
import Interpreter
import Testing
import Vocabulary
import Workloads

@Suite struct InterpreterTests {
    /// Runs a generator against registers that answer after a random time, without any waiting.
    private func simulate(
        _ source: Phases, concurrency: Int, seed: UInt64, infoPercent: Int = 0,
        backOff: Nanoseconds = 0
    ) -> [Event] {
        var interpreter = Interpreter(source: source, concurrency: concurrency, seed: Seed(seed))
        var random = Seed(seed).stream("answers")
        var pending: [(due: Instant, completion: Completion)] = []
        var events: [Event] = []
        var now = Instant.zero
        for _ in 0..<100_000 {
            var effects: [InterpreterEffect] = []
            let due = pending.filter { $0.due <= now }.map(\.completion)
            pending.removeAll { $0.due <= now }
            interpreter.step(
                completions: due, now: now, faultsOver: now.nanoseconds > 2_000_000,
                effects: &effects)
            var wake: Instant?
            for effect in effects {
                switch effect {
                case .record(let event): events.append(event)
                case .invoke(let invocation):
                    let isInfo = Int.random(in: 0..<100, using: &random) < infoPercent
                    let delay = Nanoseconds.random(in: 1_000...50_000, using: &random)
                    let completion = Completion(
                        thread: invocation.thread, type: isInfo ? .info : .ok,
                        value: invocation.operation.value, backOff: backOff)
                    pending.append((now + delay, completion))
                case .wake(let at): wake = at
                case .finished: return events
                }
            }
            let next = (pending.map(\.due) + (wake.map { [$0] } ?? [])).min()
            now = max(next ?? now + 100_000, now + 1)
        }
        Issue.record("the interpreter did not finish")
        return events
    }

    private func load(_ count: Int) -> Phases {
        Phases([Limit(count, RegisterOperations(mix: RegisterMix(read: 1, write: 1, cas: 1)))])
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `every history is one of sequential processes`(seed: UInt64) throws {
        let events = simulate(load(300), concurrency: 7, seed: seed, infoPercent: 20)
        let operations = try History(events: events).operations()
        #expect(operations.count == 300)
        #expect(events.map(\.index) == Array(0..<events.count))
    }

    @Test func `an unknown outcome retires the process and its thread goes on under a new one`() {
        let events = simulate(load(200), concurrency: 3, seed: 1, infoPercent: 50)
        var retired: Set<ProcessID> = []
        for event in events {
            #expect(!retired.contains(event.process))
            if event.type == .info { retired.insert(event.process) }
        }
        #expect(retired.count > 20)
        #expect(Set(events.map { $0.process.rawValue % 3 }) == [0, 1, 2])
    }

    @Test func `equal seeds give equal histories and others differ`() {
        let first = simulate(load(100), concurrency: 4, seed: 3)
        #expect(first == simulate(load(100), concurrency: 4, seed: 3))
        #expect(first != simulate(load(100), concurrency: 4, seed: 4))
    }

    @Test func `completions that wait are recorded before anything is invoked`() {
        var interpreter = Interpreter(source: load(10), concurrency: 2, seed: Seed(1))
        var effects: [InterpreterEffect] = []
        interpreter.step(completions: [], now: .zero, faultsOver: false, effects: &effects)
        effects = []
        let both = [0, 1].map { Completion(thread: ThreadID($0), type: .ok, value: .null) }
        interpreter.step(
            completions: both, now: Instant(nanoseconds: 5), faultsOver: false, effects: &effects)
        let types: [EventType] = effects.compactMap { effect in
            if case .record(let event) = effect { return event.type }
            return nil
        }
        #expect(types == [.ok, .ok, .invoke, .invoke])
    }

    @Test func `an invocation is recorded before it is sent`() {
        var interpreter = Interpreter(source: load(1), concurrency: 1, seed: Seed(1))
        var effects: [InterpreterEffect] = []
        interpreter.step(completions: [], now: .zero, faultsOver: false, effects: &effects)
        guard case .record(let event) = effects[0], case .invoke(let invocation) = effects[1]
        else {
            Issue.record("wrong order: \(effects)")
            return
        }
        #expect(event.process == invocation.process)
    }

    @Test func `a thread that is told to rest is woken and goes on`() {
        let events = simulate(load(20), concurrency: 1, seed: 1, backOff: 1_000_000)
        let invocations = events.filter { $0.type == .invoke }
        #expect(invocations.count == 20)
        for (earlier, later) in zip(invocations, invocations.dropFirst()) {
            #expect(later.time - earlier.time >= 1_000_000)
        }
    }

    @Test func `a completion of a thread that does nothing is ignored`() {
        var interpreter = Interpreter(source: load(1), concurrency: 1, seed: Seed(1))
        var effects: [InterpreterEffect] = []
        let stray = Completion(thread: ThreadID(0), type: .ok, value: .null)
        interpreter.step(completions: [stray], now: .zero, faultsOver: false, effects: &effects)
        #expect(effects.count == 2)
    }

    @Test func `after stop nothing is invoked and the end waits for what is open`() {
        var interpreter = Interpreter(source: load(100), concurrency: 2, seed: Seed(1))
        var effects: [InterpreterEffect] = []
        interpreter.step(completions: [], now: .zero, faultsOver: false, effects: &effects)
        interpreter.stop()
        effects = []
        let one = Completion(thread: ThreadID(0), type: .ok, value: .null)
        interpreter.step(completions: [one], now: .zero, faultsOver: false, effects: &effects)
        #expect(!effects.contains(.finished))
        let other = Completion(thread: ThreadID(1), type: .info, value: .null)
        interpreter.step(completions: [other], now: .zero, faultsOver: false, effects: &effects)
        #expect(effects.last == .finished)
    }

    @Test func `the register workload ends by reading every key once faults are over`() throws {
        var configuration = RunConfiguration(workload: "register")
        configuration.timeLimit = 1_000_000
        configuration.register.operationsPerKey = 20
        let events = simulate(
            configuration.generator, concurrency: 10, seed: 9, infoPercent: 5)
        let keys = Set(events.filter { $0.time.nanoseconds <= 1_000_000 }.compactMap(\.key))
        let last = events.filter { $0.time.nanoseconds > 2_000_000 && $0.type == .ok }
        #expect(keys.count > 2)
        let read = last.filter { $0.function == .read }
        #expect(Set(read.compactMap(\.key)).isSuperset(of: keys))
        #expect(last.count { $0.function != .read } <= 1, "one write at most, to see that it can")
    }
}
