import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct RegisterStreamTests {
    private func replay(_ operations: OperationList) -> RegisterReplay {
        RegisterReplay(
            members: operations.indices.map { Int32($0) }, of: operations, initial: .null,
            reading: .register)
    }

    @Test(arguments: [true, false])
    func `what a stream decides agrees with trying every order`(uniqueValues: Bool) throws {
        var random = RandomHistory(
            rng: Seed(uniqueValues ? 51 : 52).stream("histories"), uniqueValues: uniqueValues)
        var decided = 0
        let rounds = Fuzzing.rounds(30_000)
        for round in 0..<rounds {
            random.liesPerMille = round % 3 * 125
            let history = History(events: random.events(count: 2 + round % 9))
            let operations = try OperationList(history)
            let stream = replay(operations)
            if stream.end == .undecided { continue }
            decided += 1
            try #require(
                (stream.end == nil) == BruteForce.isLinearizable(operations), "\(render(history))")
        }
        #expect(uniqueValues ? decided == rounds : decided > rounds / 10)
    }

    @Test func `what a stream forgets makes no difference`() throws {
        var random = RandomHistory(rng: Seed(53).stream("histories"), uniqueValues: true)
        var valid = 0
        let rounds = Fuzzing.rounds(3_000)
        for round in 0..<rounds {
            random.liesPerMille = [0, 1, 3, 10][round % 4]
            random.nearMissesPerMille = round % 3 * 10
            let events = random.events(count: 20 + round % 300)
            let isHeldUp = round % 5 == 0
            let history = History(events: isHeldUp ? events.duringOneRead : events)
            let operations = try OperationList(history)
            let reduced = RegisterHistory(
                members: operations.indices.map { Int32($0) }, of: operations, initial: .null)
            var monitor = try #require(ZoneMonitor(reduced))
            let isValid = monitor.violation() == nil
            if isValid { valid += 1 }
            let replayed = replay(operations)
            try #require((replayed.end == nil) == isValid, "round \(round)")
            guard isValid else { continue }
            #expect(replayed.judged == reduced.operations.count)
            #expect(replayed.remembered < (isHeldUp ? 400 : 60))
        }
        #expect(valid > rounds / 5 && valid < rounds * 19 / 20)
    }

    @Test func `a copy of a stream goes its own way`() {
        let initial = ValueCode.null
        var stream = RegisterStream(initial: initial)
        func read(_ found: ValueCode, at time: Int, in stream: inout RegisterStream) {
            let open = stream.begin(.read, before: found, after: found, at: time)
            stream.succeed(open, at: time + 1)
        }
        let write = stream.begin(.write, before: .yes, after: .yes, at: 0)
        stream.succeed(write, at: 1)
        var copy = stream
        read(initial, at: 2, in: &copy)
        #expect(copy.end == .violation)
        #expect(stream.end == nil && stream.judged == 1)
        read(.yes, at: 2, in: &stream)
        #expect(stream.end == nil && stream.judged == 2)
    }

    @Test func `judging as events come agrees with judging the whole`() throws {
        var random = RandomHistory(rng: Seed(54).stream("histories"), uniqueValues: true)
        var rng = Seed(54).stream("texts")
        var valid = 0
        let rounds = Fuzzing.rounds(3_000)
        for round in 0..<rounds {
            random.liesPerMille = [0, 3, 10, 100][round % 4]
            random.nearMissesPerMille = round % 2 * 10
            var events = random.events(count: 10 + round % 100)
            let isText = Bool.random(using: &rng)
            if isText { events = events.map(\.withTexts) }
            let history = History(events: events)
            var checker = try #require(StreamingChecker())
            for event in events { try checker.add(event) }
            let expected = try LinearizabilityChecker().check(history).verdict
            try #require(checker.verdict == expected, "\(render(history))")
            try #require((checker.violation != nil) == (expected == .invalid))
            if expected == .valid { valid += 1 }
            guard let violation = checker.violation else { continue }
            // Nothing was wrong before the event that is named.
            let before = events.prefix { $0.index < violation.index }
            let result = try LinearizabilityChecker().check(History(events: Array(before)))
            try #require(result.verdict == .valid, "\(render(history))")
        }
        #expect(valid > rounds / 5 && valid < rounds * 19 / 20)
    }

    @Test func `memory does not grow with the length`() throws {
        var checker = try #require(StreamingChecker(model: .kv))
        for round in 0..<20_000 {
            let text = Value.text("value \(round)")
            for (type, process) in [(EventType.invoke, 1), (.ok, 1)] {
                try checker.add(
                    Event(
                        index: 0, process: ProcessID(process), type: type, function: "put",
                        key: .integer(Int64(round % 3)), value: text))
                try checker.add(
                    Event(
                        index: 0, process: ProcessID(2), type: type, function: "get",
                        key: .integer(Int64(round % 3)), value: type == .ok ? text : .null))
            }
        }
        #expect(checker.verdict == .valid)
        #expect(checker.remembered < 20)
        #expect(checker.pooled < 10_000)
    }

    @Test func `what no stream can decide is left to the whole`() throws {
        var checker = try #require(StreamingChecker())
        for (process, value) in [(1, 5), (2, 5)] {
            try checker.add(
                Event(
                    index: process, process: ProcessID(process), type: .invoke, function: .write,
                    value: .integer(Int64(value))))
        }
        #expect(checker.verdict == .unknown && checker.undecidedKeys == 1)
        #expect(StreamingChecker(model: .multiRegister) == nil)
        #expect(throws: HistoryError.self) {
            try checker.add(Event(index: 3, process: ProcessID(9), type: .ok, function: .read))
        }
    }
}

extension [Event] {
    /// The same while one read of the initial value is under way.
    fileprivate var duringOneRead: [Event] {
        let process = ProcessID(1_000_000)
        let begin = Event(index: 0, process: process, type: .invoke, function: .read)
        let end = Event(index: 0, process: process, type: .ok, function: .read)
        var events = [begin] + self + [end]
        for index in events.indices { events[index].index = index }
        return events
    }
}

extension Event {
    /// The same with texts for numbers, which do not stand for themselves as codes.
    var withTexts: Event {
        var event = self
        event.value = value.asText
        event.found = found?.asText
        return event
    }
}

extension Value {
    fileprivate var asText: Value {
        switch self {
        case .integer(let number): .text("number \(number)")
        case .list(let values): .list(values.map(\.asText))
        default: self
        }
    }
}
