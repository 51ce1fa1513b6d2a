import HistoryModel
import Testing

/// What a success says of its operation beside what the invocation said.
@Suite struct CompletionTests {
    private static let rules: CompletionRules = [
        .write: .echo, .read: .answer, .cas: .comparison, "acquire": .attempt, "add": .update,
        "contains": .membership, "increment": .amount, "drain": .elements, "txn": .transaction,
    ]

    private func history(_ script: String, keyedTuples: Bool = false) throws -> History {
        try DecodedHistory(
            Array(script.utf8), format: .jepsenLog, keyedTuples: keyedTuples
        ).history
    }

    private func pair(_ function: String, _ asked: String, _ said: String, as type: String = "ok")
        throws -> History
    {
        try history("0 :invoke :\(function) \(asked)\n0 :\(type) :\(function) \(said)\n")
    }

    private func normalised(_ history: History) throws -> EventList {
        try history.normalised(by: Self.rules).history.events
    }

    static let contradictions = [
        ("write", "1", "7"), ("write", "1", "true"), ("write", ":a", "\":a\""),
        ("cas", "[1 2]", "[1 3]"),
        ("cas", "[1 2]", "2"), ("add", "1", "2"), ("add", "1", "[2 true]"), ("add", "1", "[1 2]"),
        ("increment", "nil", "5"), ("increment", "2", "5"), ("txn", "[[:r 1 nil]]", "[[:r 2 nil]]"),
        ("txn", "[[:w 1 2]]", "[[:w 1 3]]"), ("txn", "[[:w 1 2]]", "[[:r 1 2]]"),
        ("txn", "[[:w 1 2]]", "[[:w 1 2] [:r 1 2]]"),
        ("txn", "[[:w 1 2] [:r 1 nil]]", "[[:w 1 2]]"),
        ("txn", "[[:r 1 nil] [:r 2 nil]]", "[[:r 2 1] [:r 1 1]]"), ("txn", "[[:w 1 2]]", "[]"),
        ("txn", "[[:w 1 2]]", "7"), ("txn", "[[:r 1]]", "[[:r 2 5]]"),
        ("txn", "[[:w 1]]", "[[:w 1 5]]"), ("contains", "1", "[2 true]"),
    ]

    @Test(arguments: contradictions)
    func `a success that names something else than was asked for is refused, or counted`(
        function: String, asked: String, said: String
    ) throws {
        let history = try pair(function, asked, said)
        let error = try #require(throws: HistoryError.self) {
            try history.normalised(by: Self.rules)
        }
        #expect(
            error
                == .valueChanged(
                    index: 1, function: Function(rawValue: function),
                    invoked: try Value(edn: asked),
                    completed: try Value(edn: said)))
        let lenient = try history.normalised(by: Self.rules, isLenient: true)
        #expect(lenient.contradicted == 1)
        #expect(try lenient.history.operations().map(\.outcome) == [.info])
    }

    @Test(arguments: contradictions)
    func `what a failure or an unknown outcome names is no matter`(
        function: String, asked: String, said: String
    ) throws {
        for type in ["fail", "info"] {
            let history = try pair(function, asked, said, as: type)
            let result = try history.normalised(by: Self.rules)
            #expect(result.history == history && result.contradicted == 0)
        }
    }

    @Test(arguments: [
        ("write", "1", "1"), ("write", "1", "nil"), ("write", "[1 2]", "(1 2)"),
        ("read", "nil", "7"),
        ("read", "3", "7"), ("cas", "[1 2]", "[1 2]"), ("cas", "[1 2]", "nil"),
        ("acquire", "nil", "17"),
        ("add", "1", "1"), ("add", "1", "false"), ("add", "[1 true]", "[1 true]"),
        ("increment", "nil", "1"),
        ("increment", "3", "3"), ("txn", "[[:r 1 nil] [:w 2 3]]", "[[\"r\" 1 5] [:w 2 3]]"),
        ("txn", "[[:r 1 2]]", "[[:r 1 5]]"), ("txn", "[[:w 1 2]]", "nil"),
        ("txn", "[[:r 1] [:w 2 3]]", "[[:r 1 5] [:w 2 3]]"), ("contains", "[2 true]", "[2 true]"),
        ("other", "1", "2"),
    ])
    func `a success that repeats, answers or says nothing stands as it is`(
        function: String, asked: String, said: String
    ) throws {
        let history = try pair(function, asked, said)
        #expect(try normalised(history) == history.events)
    }

    @Test(arguments: [
        ("write", "nil", "5", "5"), ("cas", "nil", "[1 2]", "[1 2]"), ("add", "nil", "5", "5"),
        ("txn", "nil", "[[:w 1 2]]", "[[:w 1 2]]"),
    ])
    func `an invocation without a value takes its completion's`(
        function: String, asked: String, said: String, value: String
    ) throws {
        let events = try normalised(pair(function, asked, said))
        #expect(try events[0].value == Value(edn: value))
    }

    @Test(arguments: ["acquire", "cas"])
    func `a try that came back false failed`(function: String) throws {
        let events = try normalised(pair(function, "[1 2]", "false"))
        #expect(events[1].type == .fail && events[1].value == events[0].value)
        #expect(try normalised(pair(function, "[1 2]", "true"))[1].type == .ok)
    }

    @Test func `a try of false that came back false may have failed or succeeded`() throws {
        #expect(try normalised(pair("acquire", "false", "false"))[1].type == .info)
        #expect(try normalised(pair("acquire", "nil", "false"))[1].type == .fail)
    }

    @Test func `what an update of a set says is an answer, unless it may be the element`() throws {
        func said(_ asked: String, _ said: String, by function: String = "add") throws -> Value {
            try normalised(pair(function, asked, said))[1].value
        }
        #expect(try said("1", "[1 false]") == false)
        #expect(try said("false", "false") == .null)
        #expect(try said("false", "true") == true)
        #expect(try said("false", "[false true]") == true)
        #expect(try said("true", "true", by: "contains") == true)
        #expect(try said("1", "[1 true]", by: "contains") == true)
    }

    @Test func `all elements may come as a set`() throws {
        #expect(try normalised(pair("drain", "nil", "#{2 1}"))[1].value == [1, 2])
    }

    @Test func `an invocation without a key takes its completion's`() throws {
        let keyed = try history("0 :invoke :write nil\n0 :ok :write [3 5]\n", keyedTuples: true)
        let events = try normalised(keyed)
        #expect(events.map(\.key) == [3, 3] && events.map(\.value) == [5, 5])
        #expect(throws: HistoryError.self) { try keyed.operations() }
    }

    @Test func `operations whose value nobody knows are named`() throws {
        let supplied = "0 :invoke :write nil\n0 :ok :write 5\n"
        func valueless(_ script: String) throws -> [Function] {
            try history(script).normalised(by: Self.rules).valueless
        }
        #expect(try valueless(supplied) == [])
        #expect(try valueless(supplied + "1 :invoke :write nil\n1 :info :write nil\n") == [.write])
        #expect(try valueless(supplied + "1 :invoke :write nil\n") == [.write])
        #expect(try valueless(supplied + "1 :invoke :write nil\n1 :fail :write nil\n") == [])
        #expect(try valueless("1 :invoke :write nil\n1 :info :write nil\n") == [])
    }

    @Test func `events that do not pair are left for others to report`() throws {
        let odd = try history(
            "0 :ok :write 5\n1 :invoke :write 2\n1 :invoke :write 3\n1 :ok :read 4\n")
        #expect(try normalised(odd) == odd.events)
    }
}
