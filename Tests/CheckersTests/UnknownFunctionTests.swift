import HistoryModel
import Testing

@testable import Checkers

/// What a checker does not know it neither ignores nor takes for a violation.
@Suite struct UnknownFunctionTests {
    private static let objects = ObjectModel.all.map(\.name)
    private static let checkers = HistoryCheckers.all.map(\.name)

    private func judge(_ name: String, _ script: String) throws -> CheckerResult {
        let history = try History(script: script)
        if let model = ObjectModel.named(name) {
            return try LinearizabilityChecker(model: model).check(history)
        }
        return try #require(HistoryCheckers.named(name)).check(history)
    }

    /// Something that is done to an object and tells something, so that it is not unknown for want
    /// of any operation.
    private func usual(_ name: String) -> String {
        let operations: [String: [(String, String, String)]] = [
            "cas-register": [("write", "1", "1"), ("read", "nil", "1")],
            "register": [("write", "1", "1"), ("read", "nil", "1")],
            "kv": [("put", "\"a\"", "\"a\""), ("get", "nil", "\"a\"")],
            "multi-register": [("txn", "[[:w x 1]]", "[[:w x 1]]")],
            "mutex": [("acquire", "nil", "nil")], "lock": [("acquire", "nil", "nil")],
            "fenced-lock": [("acquire", "nil", "1")],
            "queue": [("enqueue", "1", "1"), ("dequeue", "nil", "1")],
            "stack": [("push", "1", "1"), ("pop", "nil", "1")],
            "priority-queue": [("insert", "1", "1"), ("poll", "nil", "1")],
            "set": [("add", "1", "1"), ("contains", "1", "true")],
            "list-append": [("append", "1", "1"), ("read", "nil", "[1]")],
            "counter": [("increment", "nil", "nil"), ("read", "nil", "1")],
            "set-full": [("add", "1", "1"), ("read", "nil", "[1]")],
            "total-queue": [("enqueue", "1", "1"), ("dequeue", "nil", "1")],
            "unique-ids": [("generate", "nil", "1")],
            "sessions": [("write", "1", "1"), ("read", "nil", "1")],
            "k-atomicity": [("write", "1", "1"), ("read", "nil", "1")],
        ]
        return (operations[name] ?? []).map {
            "0 :invoke :\($0) \($1)\n0 :ok :\($0) \($2)"
        }.joined(separator: "\n")
    }

    @Test(arguments: objects + checkers)
    func `a function that is not known makes the verdict unknown, and is named`(
        name: String
    ) throws {
        #expect(try judge(name, usual(name)).verdict == .valid)
        for end in ["ok", "info"] {
            for (place, strange) in ["\n1 :invoke :frobnicate 1\n1 :\(end) :frobnicate 1"]
                .flatMap({ [$0 + "\n" + usual(name), usual(name) + $0] }).enumerated()
            {
                let result = try judge(name, strange)
                if name == "unique-ids", end == "info" { continue }
                #expect(result.verdict == .unknown, "\(place) \(end) \(result.reasons)")
                #expect(result.reasons.first?.contains("frobnicate") == true, "\(result.reasons)")
            }
        }
    }

    /// The last operation can't be explained by those that are known.
    private static let impossible: [String: String] = [
        "cas-register": "read 9", "register": "read 9", "kv": "get \"b\"",
        "multi-register": "txn [[:r x 9]]", "mutex": "acquire nil", "lock": "acquire nil",
        "fenced-lock": "acquire 2", "queue": "dequeue 9", "stack": "pop 9",
        "priority-queue": "poll 9", "set": "contains false", "list-append": "read [9]",
        "counter": "read 9", "set-full": "read [9]", "total-queue": "dequeue 9",
        "unique-ids": "generate 1", "sessions": "read 0", "k-atomicity": "read nil",
    ]

    @Test(arguments: objects + checkers)
    func `what an earlier function that is not known may explain is no violation`(
        name: String
    ) throws {
        let parts = try #require(Self.impossible[name]).split(separator: " ", maxSplits: 1)
        let asked = ["txn": String(parts[1]), "contains": "1"][String(parts[0])] ?? "nil"
        let wrong = "\n0 :invoke :\(parts[0]) \(asked)\n0 :ok :\(parts[0]) \(parts[1])"
        #expect(try judge(name, usual(name) + wrong).verdict == .invalid)
        let strange = "1 :invoke :frobnicate 1\n1 :ok :frobnicate 1\n"
        let result = try judge(name, strange + usual(name) + wrong)
        // An identifier was handed out twice whatever else was done.
        guard name != "unique-ids" else { return #expect(result.verdict == .invalid) }
        #expect(result.verdict == .unknown, "\(result.reasons)")
        #expect(result.counterexample == nil)
    }

    @Test(arguments: objects + checkers)
    func `what failed did not happen, whatever it was`(name: String) throws {
        let script = usual(name) + "\n1 :invoke :frobnicate 1\n1 :fail :frobnicate 1"
        #expect(try judge(name, script).verdict == .valid)
    }

    @Test(arguments: objects + checkers)
    func `a stream that meets a function that it does not know leaves the verdict open`(
        name: String
    ) throws {
        guard let model = ObjectModel.named(name) else { return }
        guard var checker = StreamingChecker(model: model) else { return }
        let script = usual(name) + "\n1 :invoke :frobnicate 1\n1 :ok :frobnicate 1"
        for event in try History(script: script).events { try checker.add(event) }
        #expect(checker.verdict == .unknown)
    }

    @Test(arguments: [
        ("set-full", "add 1|add 1", "remove 1|remove 1", "read nil|read []"),
        ("k-atomicity", "write 1|write 1", "delete nil|delete nil", "read nil|read nil"),
        ("sessions", "write 2|write 2", "delete nil|delete nil", "read nil|read nil"),
        ("total-queue", "enqueue 1|enqueue 1", "purge nil|purge nil", "drain nil|drain []"),
    ])
    func `what a function that is not known may explain is no violation`(
        name: String, first: String, second: String, third: String
    ) throws {
        let script = [first, second, third].map { both in
            let parts = both.split(separator: "|")
            return "0 :invoke :\(parts[0])\n0 :ok :\(parts[1])"
        }.joined(separator: "\n")
        let result = try judge(name, script)
        let function = String(second.prefix { $0 != " " })
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains(function) == true, "\(result.reasons)")
        #expect(result.counterexample == nil)
    }

    @Test(arguments: [
        ("set-full", "add 1|add 1", "read nil|read \"[1]\""),
        ("total-queue", "enqueue 1|enqueue 1", "drain nil|drain 1"),
        ("total-queue", "enqueue nil|enqueue nil", "dequeue nil|dequeue nil"),
        ("sessions", "write 2|write 2", "read nil|read \"1\""),
        ("k-atomicity", "write 2|write 2", "cas 2|cas 2"),
    ])
    func `an answer of the wrong form makes the verdict unknown, and is named`(
        name: String, first: String, second: String
    ) throws {
        let script = [first, second].map { both in
            let parts = both.split(separator: "|")
            return "0 :invoke :\(parts[0])\n0 :ok :\(parts[1])"
        }.joined(separator: "\n")
        let result = try judge(name, script)
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains("event") == true, "\(result.reasons)")
        #expect(result.reasons.first?.contains("meant for") == false, "\(result.reasons)")
        let value = try #require(second.split(separator: " ").last)
        #expect(result.reasons.first?.contains(value) == true, "\(result.reasons)")
    }

    @Test(arguments: [
        (
            "fenced-lock", "acquire nil|acquire nil",
            "no acquire is judged that asks for nil and is answered nil"
        ),
        ("cas-register", "cas 1|cas 1", "no cas is judged that asks for 1"),
        ("set", "read nil|read 7", "no read is judged that is answered 7"),
        ("priority-queue", "insert 1/2|insert 1/2", "no insert is judged that asks for 1/2"),
        ("total-queue", "enqueue nil|enqueue nil", "no enqueue is judged that asks for nil"),
    ])
    func `a reason names the value that can't be judged, not the function`(
        name: String, operation: String, words: String
    ) throws {
        let parts = operation.split(separator: "|")
        let result = try judge(name, "2 :invoke :\(parts[0])\n2 :ok :\(parts[1])")
        #expect(result.verdict == .unknown)
        #expect(result.reasons.contains { $0.contains(words) }, "\(result.reasons)")
        #expect(!result.reasons.contains { $0.contains("only") || $0.contains("meant for") })
    }

    @Test func `identifiers of several functions, or what is only read, are not judged`() throws {
        let read = "0 :invoke :read nil\n0 :ok :read 7\n0 :invoke :read nil\n0 :ok :read 7"
        #expect(try judge("unique-ids", read).verdict == .unknown)
        let other = read.replacing(":read", with: ":next-ticket")
        #expect(try judge("unique-ids", other).verdict == .invalid)
        let mixed =
            "0 :invoke :next-ticket nil\n0 :ok :next-ticket 7\n"
            + "0 :invoke :spare nil\n0 :ok :spare 7"
        let result = try judge("unique-ids", mixed)
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains("next-ticket and spare") == true)
    }

    @Test(arguments: ["ping nil", "read 5", "write 5"])
    func `no other function excuses an identifier that was generated twice`(
        other: String
    ) throws {
        let function = String(other.prefix { $0 != " " })
        let beside = "\n1 :invoke :\(function) nil\n1 :ok :\(other)"
        let one = "0 :invoke :generate nil\n0 :ok :generate 5"
        let twice = try judge("unique-ids", one + "\n" + one + beside)
        #expect(twice.verdict == .invalid && twice.kind == "duplicate", "\(twice.reasons)")
        let once = try judge("unique-ids", one + beside)
        #expect(once.verdict == .unknown, "\(once.reasons)")
    }
}
