import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct TextTests {
    /// Operations one after the other, of one process.
    private func history(_ operations: [(Function, Value, EventType)]) -> History {
        var events: [Event] = []
        for (function, value, outcome) in operations {
            let isGet = function == .get
            for type in [EventType.invoke, outcome] {
                events.append(
                    Event(
                        index: events.count, process: ProcessID(outcome == .info ? 9 : 0),
                        type: type, function: function,
                        value: isGet && type == .invoke ? .null : value))
            }
        }
        return History(events: events)
    }

    private func conclusion(
        _ operations: [(Function, Value, EventType)], initial: Value? = nil
    ) throws -> KeyResult {
        try conclusion(of: history(operations), initial: initial)
    }

    private func conclusion(of history: History, initial: Value? = nil) throws -> KeyResult {
        let checker = LinearizabilityChecker(model: .kv, initial: initial)
        let list = try OperationList(history)
        var check = try #require(checker.keyChecks(of: list).first)
        while !check.advance(steps: 100) {}
        return try #require(check.conclusion)
    }

    /// Puts, appends and gets of numbers and texts, with the verdict.
    private static let numbers: [([(Function, Value, EventType)], Verdict)] = [
        // A number is no text, whether or not anything is appended anywhere.
        ([(.put, 1, .ok), (.get, "1", .ok)], .invalid),
        ([(.put, 1, .ok), (.get, "1", .ok), (.append, "a", .ok)], .invalid),
        ([(.put, "1", .ok), (.get, 1, .ok), (.append, "a", .ok)], .invalid),
        ([(.append, "1", .ok), (.get, 1, .ok)], .invalid),
        ([(.put, 1, .ok), (.get, "1", .ok), (.append, "a", .info)], .invalid),
        ([(.append, "a", .ok), (.put, 1, .ok), (.get, "1", .ok)], .invalid),
        // What an append makes of a number, or with one, is not known.
        ([(.put, 1, .ok), (.get, 1, .ok), (.append, "a", .ok), (.get, "1a", .ok)], .unknown),
        ([(.put, "a", .ok), (.append, 1, .ok), (.get, "a1", .ok)], .unknown),
        ([(.append, 1, .ok), (.put, "a", .ok), (.get, "b", .ok)], .invalid),
        ([(.append, 1, .fail), (.put, "a", .ok), (.get, "a", .ok)], .valid),
        // Nil is the empty text.
        ([(.put, .null, .ok), (.get, "", .ok), (.append, "a", .ok), (.get, "a", .ok)], .valid),
    ]

    @Test(arguments: numbers)
    func `a number is not the text of its digits`(
        operations: [(Function, Value, EventType)], verdict: Verdict
    ) throws {
        let result = try conclusion(operations)
        #expect(result.verdict == verdict, "\(result)")
        #expect((result.counterexample != nil) == (verdict == .invalid))
        #expect(result.reason?.contains("is no text") ?? false == (verdict == .unknown))
    }

    @Test func `a word found in two places`() throws {
        let two = try conclusion([
            (.append, "a;", .info), (.append, "b;", .ok), (.get, "a;b;", .ok),
            (.get, "b;a;", .ok), (.get, "b;a;", .ok), (.append, "c;", .ok),
        ])
        #expect(two.kind == "divergence")
        let counterexample = try #require(two.counterexample)
        #expect(
            counterexample.participants.map(\.action)
                == [#"append "b;""#, #"get → "a;b;""#, #"get → "b;a;""#])
        #expect(
            counterexample.summary
                == #"B and C found what A (append "b;") appended in different places."#)
        let twice = try conclusion([(.append, "a;", .ok), (.get, "a;a;", .ok)])
        #expect(twice.kind == "duplicate")
        #expect(
            twice.counterexample?.summary == #"B found what A (append "a;") appended twice."#)
    }

    @Test func `what was put can't stand behind something`() throws {
        let operations: [(Function, Value, EventType)] = [
            (.append, "a;", .ok), (.put, "b;", .ok), (.get, "a;b;", .ok),
        ]
        let result = try conclusion(operations)
        #expect(result.verdict == .invalid)
        #expect(result.kind == "phantom-value")
        #expect(result.method == .monitor)
    }

    @Test(arguments: [
        (
            [("put", "a;"), ("append", "b;")], "b;a;",
            #"B (get → "b;a;") found what A (put "a;") put behind "b;"."#
        ),
        (
            [("append", "a;")], "a;?",
            #"A (get → "a;?") found something behind "a;" that nobody had put or appended there."#
        ),
        (
            [("append", "a;")], "?",
            #"A (get → "?") found something at the start that nobody had put or appended."#
        ),
    ])
    func `a text that nobody can have made`(
        written: [(String, String)], got: String, summary: String
    ) throws {
        let result = try conclusion(
            written.map { (Function(rawValue: $0), .text($1), .ok) } + [(.get, .text(got), .ok)])
        #expect(result.counterexample?.summary == summary)
        #expect(result.kind == "phantom-value")
    }

    /// Not by who failed to write it, asked for it, or wrote something else.
    @Test func `a word out of place is told by who wrote it`() throws {
        var events = [
            Event(index: 0, process: ProcessID(5), type: .invoke, function: .get, value: "a;"),
            Event(index: 1, process: ProcessID(5), type: .ok, function: .get, value: ""),
        ]
        let written: [(Function, Value, EventType)] = [
            (.append, "0;", .ok), (.append, "a;", .fail), (.put, "a;", .ok), (.get, "0;a;", .ok),
        ]
        for var event in history(written).events {
            event.index = events.count
            events.append(event)
        }
        let result = try conclusion(of: History(events: events))
        #expect(
            result.counterexample?.summary
                == #"B (get → "0;a;") found what A (put "a;") put behind "0;"."#)
    }

    @Test func `words that can be taken for others are left to the search`() throws {
        for words: [Value] in [["a", "ab"], ["a", "a"], ["", "b"]] {
            let result = try conclusion([
                (.append, words[0], .ok), (.append, words[1], .ok),
                (.get, .text(words.map(\.string).joined()), .ok),
            ])
            #expect(result.verdict == .valid)
            #expect(result.method == .search, "\(words)")
        }
        #expect(try conclusion([(.append, "", .ok), (.get, "x", .ok)]).verdict == .invalid)
        let initial = try conclusion([(.append, "ab", .ok), (.get, "aab", .ok)], initial: "a")
        #expect(initial.verdict == .valid)
        #expect(initial.method == .search)
    }

    @Test func `a text that is not empty at first`() throws {
        let good = try conclusion(
            [(.get, "x;", .ok), (.append, "a;", .ok), (.get, "x;a;", .ok), (.put, "b;", .ok)],
            initial: "x;")
        #expect(good.verdict == .valid)
        #expect(good.method == .monitor)
        for (got, kind) in [("", "phantom-value"), ("a;", "phantom-value"), ("x;", "stale-read")] {
            let bad = try conclusion(
                [(.append, "a;", .ok), (.get, "x;a;", .ok), (.get, .text(got), .ok)],
                initial: "x;")
            #expect(bad.verdict == .invalid)
            #expect(bad.kind == kind, "\(got)")
            guard got == "a;" else { continue }
            #expect(
                bad.counterexample?.summary
                    == #"B (get → "a;") found nothing before what A (append "a;") appended."#)
        }
    }

    @Test func `what a get was given says nothing`() throws {
        let events = [
            Event(
                index: 0, process: ProcessID(0), type: .invoke, function: .append, value: "a;"),
            Event(index: 1, process: ProcessID(0), type: .fail, function: .append, value: "a;"),
            Event(index: 2, process: ProcessID(1), type: .invoke, function: .append, value: "b;"),
            Event(index: 3, process: ProcessID(1), type: .ok, function: .append, value: "b;"),
            Event(index: 4, process: ProcessID(2), type: .invoke, function: .get, value: "b;"),
            Event(index: 5, process: ProcessID(2), type: .info, function: .get),
            Event(index: 6, process: ProcessID(0), type: .invoke, function: .get),
            Event(index: 7, process: ProcessID(0), type: .ok, function: .get, value: "b;"),
        ]
        let conclusion = try conclusion(of: History(events: events))
        #expect(conclusion.verdict == .valid)
        #expect(conclusion.method == .monitor)
    }

    @Test func `a put needs no witness`() throws {
        let result = try conclusion([
            (.append, "0;", .ok), (.put, "a;", .ok), (.put, "b;", .ok), (.get, "a;", .ok),
            (.get, "b;", .ok),
        ])
        let counterexample = try #require(result.counterexample)
        #expect(counterexample.participants.count == 3)
        #expect(!counterexample.steps.contains { $0.contains("appended") })
    }

    @Test func `who shows what was appended to what bears witness`() throws {
        let result = try conclusion([
            (.append, "a;", .ok), (.append, "b;", .ok), (.get, "a;", .ok), (.get, "a;b;", .ok),
            (.get, "a;", .ok), (.get, "a;b;", .ok),
        ])
        let counterexample = try #require(result.counterexample)
        #expect(counterexample.participants.map(\.label) == ["A", "B", "C", "D"])
        #expect(counterexample.participants.last?.call == 6)
        #expect(
            counterexample.steps.first
                == #"B appended to "a;", as D (get → "a;b;") shows."#)
    }

    @Test func `no character of a long text is cut in two`() throws {
        let word = String(repeating: "é", count: 21)
        let (first, second) = (Value.text("x" + word), Value.text("\(word);"))
        let result = try conclusion([
            (.append, first, .ok), (.append, second, .ok),
            (.get, .text(first.string + second.string), .ok), (.get, first, .ok),
        ])
        let steps = try #require(result.counterexample).steps.joined()
        #expect(steps.contains("…"))
        #expect(!steps.contains("\u{FFFD}"))
    }

    @Test func `a long text is told by its end`() throws {
        let words = (0..<30).map { Value.text("\($0);") }
        let all = words.map(\.string).joined()
        let early = words.dropLast().map(\.string).joined()
        let result = try conclusion(
            words.map { (.append, $0, .ok) } + [(.get, .text(all), .ok), (.get, .text(early), .ok)])
        #expect(result.kind == "stale-read")
        let counterexample = try #require(result.counterexample)
        let end = "…" + String(all.suffix(40))
        #expect(counterexample.summary.contains(#"although "\#(end)" had taken the place of"#))
        #expect(counterexample.participants.count < 6)
    }

    @Test func `fifty clients append to one key`() throws {
        for isStale in [false, true] {
            let operations = try OperationList(Self.crowd(of: 50, isStale: isStale))
            let checks = LinearizabilityChecker(model: .kv).keyChecks(of: operations)
            var check = try #require(checks.first)
            while !check.advance(steps: 1) {}
            #expect(check.conclusion?.verdict == (isStale ? .invalid : .valid))
            #expect(check.conclusion?.steps == 0)
        }
    }

    /// Rounds in which all clients are at work at once, and take effect in any order.
    private static func crowd(of clients: Int, isStale: Bool) -> History {
        var rng = Seed(3).stream("crowd")
        var events: [Event] = []
        var texts = [""]
        func note(_ client: Int, _ type: EventType, _ action: (Function, Value)) {
            events.append(
                Event(
                    index: events.count, process: ProcessID(client), type: type,
                    function: action.0, value: action.1))
        }
        for round in 0..<20 {
            var answers: [(Int, Function, Value)] = []
            for client in (0..<clients).shuffled(using: &rng) {
                let word = Value.text("\(round)-\(client);")
                let last = texts.last ?? ""
                switch Int.random(in: 0..<20, using: &rng) {
                case 0:
                    texts.append(word.string)
                    answers.append((client, .put, word))
                case 1..<10:
                    texts.append(last + word.string)
                    answers.append((client, .append, word))
                default: answers.append((client, .get, .text(last)))
                }
            }
            for (client, function, value) in answers.shuffled(using: &rng) {
                note(client, .invoke, (function, function == .get ? .null : value))
            }
            for (client, function, value) in answers.shuffled(using: &rng) {
                note(client, .ok, (function, value))
            }
        }
        if isStale {
            note(0, .invoke, (.get, .null))
            note(0, .ok, (.get, .text(texts[texts.count - 60])))
        }
        return History(events: events)
    }
}
