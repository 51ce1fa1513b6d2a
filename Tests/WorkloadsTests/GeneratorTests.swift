import HistoryModel
import Testing
import Vocabulary
import Workloads

@Suite struct GeneratorTests {
    private func context(
        free: [Int] = [0, 1, 2, 3], threads: Int = 4, at nanoseconds: Int64 = 0,
        faultsOver: Bool = false
    ) -> GeneratorContext {
        GeneratorContext(
            now: Instant(nanoseconds: nanoseconds), free: free.map { ThreadID($0) },
            threadCount: threads, faultsOver: faultsOver)
    }

    /// Reads only, so that a generator can be told apart by its key.
    private struct Reads: Generator {
        var key: Value

        mutating func next(
            _ context: GeneratorContext, random: inout RandomStream
        ) -> GeneratorStep {
            .operation(OperationTemplate(function: .read, key: key), thread: context.free[0])
        }
    }

    private func take(
        _ count: Int, from generator: inout some Generator, _ context: GeneratorContext
    ) -> [OperationTemplate?] {
        var random = Seed(1).stream("test")
        return (0..<count).map { _ in
            if case .operation(let operation, _) = generator.next(context, random: &random) {
                return operation
            }
            return nil
        }
    }

    @Test func `a limit lets so many through and no more`() {
        var generator = Limit(3, Reads(key: 1))
        #expect(
            take(5, from: &generator, context()).map { $0 == nil } == [
                false, false, false, true, true,
            ])
    }

    @Test func `a mix draws its parts by weight`() {
        var generator = Mix([(3, Reads(key: 1)), (1, Reads(key: 2)), (0, Reads(key: 3))])
        let keys = take(4_000, from: &generator, context()).compactMap { $0?.key }
        let second = keys.count { $0 == 2 }
        #expect(keys.count == 4_000)
        #expect(!keys.contains(3))
        #expect((900...1_100).contains(second))
    }

    @Test func `a mix goes on without a part that is exhausted`() {
        var generator = Mix([(5, Limit(1, Reads(key: 1))), (1, Reads(key: 2))])
        let keys = take(50, from: &generator, context()).compactMap { $0?.key }
        #expect(keys.count == 50)
        #expect(keys.count { $0 == 1 } == 1)
    }

    @Test func `a time limit counts from the first question`() {
        var random = Seed(1).stream("test")
        var generator = TimeLimit(100, Reads(key: 1))
        for (time, open) in [(1_000, true), (1_099, true), (1_100, false)] as [(Int64, Bool)] {
            let step = generator.next(context(at: time), random: &random)
            #expect((step == .exhausted) != open)
        }
    }

    @Test func `a staggered generator keeps its rate and does not catch up in a burst`() {
        var random = Seed(1).stream("test")
        var generator = Stagger(1_000, Reads(key: 1))
        var now: Int64 = 0
        var begun: [Int64] = []
        while now < 1_000_000 {
            if now == 500_000 { now = 600_000 }
            switch generator.next(context(at: now), random: &random) {
            case .operation: begun.append(now)
            case .pending(let until?): now = until.nanoseconds
            default: Issue.record("unexpected step")
            }
        }
        #expect((850...1_050).contains(begun.count))
        let afterPause = begun.count { (600_000..<610_000).contains($0) }
        #expect(afterPause < 25)
    }

    @Test func `a phase begins when all threads are free`() {
        var random = Seed(1).stream("test")
        var generator = Phases([Limit(1, Reads(key: 1)), Limit(1, Reads(key: 2))])
        let first = generator.next(context(), random: &random)
        #expect(first == .operation(.init(function: .read, key: 1), thread: ThreadID(0)))
        #expect(generator.next(context(free: [1, 2, 3]), random: &random) == .pending(until: nil))
        let second = generator.next(context(), random: &random)
        #expect(second == .operation(.init(function: .read, key: 2), thread: ThreadID(0)))
        #expect(generator.next(context(), random: &random) == .exhausted)
    }

    @Test func `nothing passes the barrier before the faults are over`() {
        var random = Seed(1).stream("test")
        var generator = Phases([AwaitFaultsOver(), Reads(key: 1)])
        #expect(generator.next(context(), random: &random) == .pending(until: nil))
        let step = generator.next(context(faultsOver: true), random: &random)
        #expect(step == .operation(.init(function: .read, key: 1), thread: ThreadID(0)))
    }

    @Test func `each thread has its own copy`() {
        var random = Seed(1).stream("test")
        var generator = EachThread(threadCount: 3, Limit(2, Reads(key: 1)))
        var served: [Int] = []
        while case .operation(_, let thread) = generator.next(
            context(free: [0, 1, 2], threads: 3), random: &random)
        {
            served.append(thread.rawValue)
        }
        #expect(served.sorted() == [0, 0, 1, 1, 2, 2])
    }

    @Test func `groups of threads work on keys of their own and go on to unused ones`() {
        var random = Seed(1).stream("test")
        var generator = IndependentKeys(threadCount: 4, groupSize: 2) { _ in
            Limit(5, Reads(key: .null))
        }
        var keys: [Int: Set<Value>] = [:]
        for _ in 0..<40 {
            let step = generator.next(context(), random: &random)
            guard case .operation(let operation, let thread) = step else { continue }
            keys[thread.rawValue / 2, default: []].formUnion(operation.key.map { [$0] } ?? [])
        }
        #expect(generator.keyCount == 8)
        #expect(keys[0]?.count == 4)
        #expect(keys[1]?.count == 4)
        #expect(keys[0]?.isDisjoint(with: keys[1] ?? []) == true)
    }

    @Test func `every value written to a register is new`() {
        var generator = RegisterOperations(mix: RegisterMix(read: 1, write: 2, cas: 2))
        generator.update(
            Event(index: 0, process: ProcessID(0), type: .ok, function: .read, value: 77),
            thread: ThreadID(0))
        let written = take(500, from: &generator, context()).compactMap { operation -> Value? in
            switch (operation?.function, operation?.value) {
            case (.write?, let value?): value
            case (.cas?, .list(let pair)?): pair[1]
            default: nil
            }
        }
        #expect(written.count > 200)
        #expect(Set(written).count == written.count)
    }

    @Test func `a compare-and-set expects what its thread last saw`() {
        var random = Seed(5).stream("test")
        var generator = RegisterOperations(mix: RegisterMix(read: 0, write: 0, cas: 1))
        func next() -> OperationTemplate? {
            let step = generator.next(context(free: [2]), random: &random)
            guard case .operation(let operation, _) = step else { return nil }
            return operation
        }
        func tell(_ type: EventType, _ function: Function, _ value: Value, found: Value? = nil) {
            generator.update(
                Event(
                    index: 0, process: ProcessID(2), type: type, function: function,
                    value: value, found: found), thread: ThreadID(2))
        }
        #expect(next()?.function == .read)
        tell(.ok, .read, 4)
        #expect(next()?.value == [4, 1])
        tell(.fail, .cas, [4, 1], found: 9)
        #expect(next()?.value == [9, 2])
        tell(.info, .cas, [9, 2])
        #expect(next()?.function == .read)
    }

    @Test func `final reads read every key until it was read with success`() {
        var random = Seed(1).stream("test")
        var generator = FinalReads()
        func tell(_ type: EventType, _ key: Value) {
            generator.update(
                Event(
                    index: 0, process: ProcessID(0), type: type, function: .read, key: key),
                thread: ThreadID(0))
        }
        tell(.invoke, 1)
        tell(.invoke, 0)
        var order: [Value] = []
        for outcome in [EventType.fail, .ok, .info, .ok] {
            let step = generator.next(context(), random: &random)
            guard case .operation(let operation, _) = step, let key = operation.key else {
                Issue.record("ended early: \(order)")
                return
            }
            order.append(key)
            tell(.invoke, key)
            tell(outcome, key)
        }
        #expect(order == [0, 0, 1, 1])
        #expect(generator.next(context(), random: &random) == .exhausted)
    }
}
