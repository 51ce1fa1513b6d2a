import HistoryModel
import Interpreter
import Testing
import Vocabulary
import Workloads

@Suite struct ScriptedOperationsTests {
    private func write(_ value: Int64, at start: Int64, thread: Int) -> ScriptedOperation {
        ScriptedOperation(
            start: Instant(nanoseconds: start), thread: ThreadID(thread),
            operation: OperationTemplate(function: .write, key: 1, value: .integer(value)))
    }

    private func ask(
        _ generator: inout ScriptedOperations, at time: Int64, free: [Int], threads: Int = 2
    ) -> GeneratorStep {
        var random = Seed(1).stream("test")
        return generator.next(
            GeneratorContext(
                now: Instant(nanoseconds: time), free: free.map { ThreadID($0) },
                threadCount: threads, faultsOver: false), random: &random)
    }

    private func begun(_ scripted: ScriptedOperation) -> GeneratorStep {
        .operation(scripted.operation, thread: scripted.thread)
    }

    @Test func `times count from the first question`() {
        let script = [write(1, at: 10, thread: 0), write(2, at: 30, thread: 1)]
        var generator = ScriptedOperations(script, threadCount: 2)
        #expect(
            ask(&generator, at: 1_000, free: [0, 1]) == .pending(until: Instant(nanoseconds: 1_010))
        )
        #expect(ask(&generator, at: 1_010, free: [0, 1]) == begun(script[0]))
        #expect(
            ask(&generator, at: 1_010, free: [1]) == .pending(until: Instant(nanoseconds: 1_030)))
        #expect(ask(&generator, at: 1_030, free: [1]) == begun(script[1]))
        #expect(ask(&generator, at: 1_030, free: [0]) == .pending(until: nil))
    }

    @Test func `a busy thread delays only its own operations`() {
        let script = [
            write(1, at: 0, thread: 0), write(2, at: 10, thread: 0), write(3, at: 20, thread: 1),
            write(4, at: 30, thread: 0),
        ]
        var generator = ScriptedOperations(script, threadCount: 2)
        #expect(ask(&generator, at: 0, free: [0, 1]) == begun(script[0]))
        #expect(ask(&generator, at: 20, free: [1]) == begun(script[2]))
        #expect(ask(&generator, at: 40, free: [1]) == .pending(until: nil))
        #expect(ask(&generator, at: 50, free: [0]) == begun(script[1]))
        #expect(ask(&generator, at: 60, free: [0, 1]) == begun(script[3]))
        #expect(ask(&generator, at: 60, free: [1]) == .pending(until: nil))
    }

    @Test func `operations begin in the order of the script, whatever their threads`() {
        let script = [
            write(1, at: 5, thread: 1), write(2, at: 5, thread: 0), write(3, at: 9, thread: 0),
        ]
        var generator = ScriptedOperations(script, threadCount: 2)
        _ = ask(&generator, at: 0, free: [0, 1])
        #expect(ask(&generator, at: 5, free: [0, 1]) == begun(script[0]))
        #expect(ask(&generator, at: 5, free: [0]) == begun(script[1]))
        #expect(ask(&generator, at: 8, free: [0, 1]) == .pending(until: Instant(nanoseconds: 9)))
        #expect(ask(&generator, at: 9, free: [0, 1]) == begun(script[2]))
    }

    @Test func `a thread whose next operation is far off holds no other up`() {
        let script = [write(1, at: 5, thread: 1), write(2, at: 90, thread: 0)]
        var generator = ScriptedOperations(script, threadCount: 2)
        #expect(ask(&generator, at: 0, free: [0, 1]) == .pending(until: Instant(nanoseconds: 5)))
        #expect(ask(&generator, at: 5, free: [0, 1]) == begun(script[0]))
    }

    @Test func `a thread that does not exist holds nothing up`() {
        var generator = ScriptedOperations([write(1, at: 0, thread: 2)], threadCount: 2)
        #expect(ask(&generator, at: 0, free: [0, 1]) == .pending(until: nil))
    }

    /// Every operation takes `latency`; each fourth outcome is unknown.
    private func play(_ configuration: RunConfiguration, origin: Int64, latency: Int64) -> History {
        var interpreter = Interpreter(
            source: configuration.generator,
            concurrency: configuration.concurrency, seed: Seed(1))
        var now = Instant(nanoseconds: origin)
        var underWay: [(end: Instant, completion: Completion)] = []
        var events: [Event] = []
        var steps = 0
        while steps < 10_000 {
            steps += 1
            let ended = underWay.filter { $0.end <= now }.map(\.completion)
            underWay.removeAll { $0.end <= now }
            var effects: [InterpreterEffect] = []
            interpreter.step(completions: ended, now: now, faultsOver: true, effects: &effects)
            var wake = Instant.distantFuture
            for effect in effects {
                switch effect {
                case .record(let event): events.append(event)
                case .invoke(let invocation):
                    let lost = events.count % 4 == 3 && invocation.operation.function != .read
                    underWay.append(
                        (
                            now + latency,
                            Completion(
                                thread: invocation.thread, type: lost ? .info : .ok,
                                value: invocation.operation.value)
                        ))
                case .wake(let at): wake = min(wake, at)
                case .finished: return History(events: events)
                }
            }
            now = underWay.map(\.end).reduce(wake, min)
        }
        return History(events: events)
    }

    @Test func `the register workload plays its script, then writes once, then reads each key`() {
        var configuration = RunConfiguration(workload: "test")
        configuration.concurrency = 3
        configuration.timeLimit = 1_000
        configuration.operations = [
            write(1, at: 10, thread: 0), write(2, at: 15, thread: 0), write(3, at: 20, thread: 2),
        ]
        let invoked = play(configuration, origin: 500, latency: 40).events.filter {
            $0.type == .invoke
        }
        #expect(invoked.map(\.time.nanoseconds) == [510, 520, 550, 1_500, 1_540, 1_580, 1_580])
        #expect(invoked.map(\.value) == [1, 3, 2, 1, 2, .null, .null])
        #expect(invoked.last?.function == .read)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `the script of a run plays the same run again`(seed: UInt64) {
        var random = Seed(seed).stream("script")
        var configuration = RunConfiguration(workload: "test")
        configuration.concurrency = Int.random(in: 1...5, using: &random)
        configuration.timeLimit = 2_000
        configuration.operations = (0..<40).map { number in
            write(
                Int64(number), at: Int64.random(in: 0..<2_000, using: &random),
                thread: Int.random(in: 0..<configuration.concurrency, using: &random))
        }.sorted { $0.start < $1.start }
        let first = play(configuration, origin: 300, latency: 70)
        let script = [ScriptedOperation](
            of: first, concurrency: configuration.concurrency,
            origin: Instant(nanoseconds: 300), loadEnd: Instant(nanoseconds: 2_300))
        #expect(!script.isEmpty)
        configuration.operations = script
        #expect(play(configuration, origin: 300, latency: 70) == first)
    }

    @Test func `a script holds invocations of the load only`() {
        func event(_ type: EventType, process: Int, at time: Int64) -> Event {
            Event(
                index: 0, time: Instant(nanoseconds: time), process: ProcessID(process), type: type,
                function: .read, key: 7)
        }
        let history = History(events: [
            event(.invoke, process: 11, at: 120), event(.ok, process: 11, at: 130),
            event(.invoke, process: 4, at: 199), event(.invoke, process: 2, at: 200),
        ])
        let script = [ScriptedOperation](
            of: history, concurrency: 5, origin: Instant(nanoseconds: 100),
            loadEnd: Instant(nanoseconds: 200))
        #expect(script.map(\.thread.rawValue) == [1, 4])
        #expect(script.map(\.start.nanoseconds) == [20, 99])
        #expect(script.allSatisfy { $0.operation == OperationTemplate(function: .read, key: 7) })
    }
}
