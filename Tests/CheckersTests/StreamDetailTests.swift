import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// What streams come to and remember in histories where one condition decides it.
@Suite struct StreamDetailTests {
    /// Events one a line; `0 write 1` stands for one that begins and succeeds, with its answer behind
    /// an arrow if it has one.
    static func script(_ lines: [String]) -> String {
        lines.map { line in
            guard !line.contains(" :") else { return line }
            let parts = line.split(separator: ">").map { $0.trimmingPrefix { $0 == " " } }
            let words = parts[0].split(separator: " ", maxSplits: 2)
            let input = words.count > 2 ? String(words[2]) : "nil"
            let output = parts.count > 1 ? String(parts[1]) : input
            let call = "\(words[0]) :invoke :\(words[1]) \(input)"
            return call + "\n\(words[0]) :ok :\(words[1]) \(output)"
        }.joined(separator: "\n")
    }

    private func stream(
        _ model: String, _ lines: [String], initial: Value? = nil
    ) throws -> StreamingChecker {
        let known = try #require(ObjectModel.named(model))
        var stream = try #require(StreamingChecker(model: known, initial: initial))
        for event in try History(script: Self.script(lines)).events { try stream.add(event) }
        stream.finish()
        return stream
    }

    @Test(arguments: [
        ("set", ["0 add 1", "0 add 1", "0 contains 1 > false"], Verdict.invalid),
        (
            "set",
            [
                "1 :invoke :add 1", "1 :info :add 1", "0 contains 1 > true", "0 add 1",
                "0 contains 1 > false",
            ], .invalid
        ),
        (
            "set",
            [
                "0 :invoke :contains 1", "0 :info :contains 1", "1 :invoke :contains 1",
                "2 add 1 > true", "1 :ok :contains false",
            ], .valid
        ),
        (
            "set",
            [
                "1 :invoke :add 1", "0 add 1 > true", "0 remove 1 > true", "1 :ok :add 1",
                "0 contains 1 > true",
            ], .unknown
        ),
        (
            "cas-register",
            [
                "1 :invoke :read nil", "0 write 1", "0 write 2", "0 write 3", "1 :info :read nil",
                "0 write 1",
            ], .valid
        ),
        (
            "queue",
            [
                "1 :invoke :dequeue nil", "1 :info :dequeue nil", "2 :invoke :dequeue nil",
                "2 :info :dequeue nil", "0 enqueue 1", "0 enqueue 2", "0 enqueue 3",
                "0 dequeue > 3", "0 dequeue > nil", "0 enqueue 2",
            ], .valid
        ),
        ("lock", ["0 :invoke :acquire nil", "0 :info :acquire nil", "0 release"], .unknown),
        ("cas-register", ["0 cas [1 2 3]"], .unknown),
        ("cas-register", ["0 swap [nil 1]"], .unknown),
    ])
    func `a stream decides as much as it can, and no more`(
        model: String, lines: [String], verdict: Verdict
    ) throws {
        #expect(try stream(model, lines).verdict == verdict)
    }

    @Test(arguments: [
        ("queue", Value.list([1, 1]), ["0 dequeue > 1", "0 dequeue > 1"], Verdict.unknown),
        ("list-append", Value.list([1, 1]), ["0 read > [1 1]"], .unknown),
        ("list-append", Value.list([1, 2]), ["0 read > [1 2]"], .valid),
        ("list-append", .null, ["0 read > []"], .valid),
    ])
    func `a stream that begins with a value twice does not decide`(
        model: String, initial: Value, lines: [String], verdict: Verdict
    ) throws {
        #expect(try stream(model, lines, initial: initial).verdict == verdict)
    }

    @Test(arguments: [
        ("cas-register", ["0 write 1", "0 write 2", "0 write 3"], 1),
        ("cas-register", ["0 read > nil", "0 write 1", "0 write 2"], 1),
        ("queue", ["0 enqueue 1", "0 dequeue > 1"], 0), ("set", ["0 contains 1 > false"], 0),
    ])
    func `no more is remembered than can matter`(
        model: String, lines: [String], remembered: Int
    ) throws {
        #expect(try stream(model, lines).remembered == remembered)
    }

    @Test func `elements that are not there do not fill the table`() throws {
        let absent = (0..<40).map { "0 contains \($0) > false" }
        let added = (100..<116).map { "0 add \($0)" }
        #expect(try stream("set", absent + added + ["0 contains 7 > false"]).verdict == .valid)
    }

    @Test func `every key is judged on its own`() throws {
        var stream = try #require(StreamingChecker(model: .casRegister))
        let steps: [(Value, Function, Value)] = [(1, .write, 1), (2, .write, 2), (1, .read, 1)]
        for (place, step) in steps.enumerated() {
            for type in [EventType.invoke, .ok] {
                try stream.add(
                    Event(
                        index: place * 2 + (type == .ok ? 1 : 0), process: ProcessID(0), type: type,
                        function: step.1, key: step.0, value: step.2))
            }
        }
        #expect(stream.verdict == .valid)
        #expect(stream.operations == 3)
    }

    @Test func `a process that begins twice is refused`() throws {
        #expect(throws: HistoryError.self) {
            try stream("cas-register", ["0 :invoke :read nil", "0 :invoke :read nil"])
        }
    }

    @Test func `a failed operation that tells what it found is judged once`() {
        var stream = RegisterStream(initial: .null)
        let cas = stream.begin(.cas, before: .yes, after: .no, at: 0)
        stream.fail(cas, found: .null, at: 1)
        #expect(stream.judged == 1)
    }
}
