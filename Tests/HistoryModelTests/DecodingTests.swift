import HistoryModel
import Testing
import Vocabulary

@Suite struct DecodingTests {
    private func decode(_ text: String, keyedTuples: Bool = false) throws -> DecodedHistory {
        try DecodedHistory(Array(text.utf8), keyedTuples: keyedTuples)
    }

    @Test func `a log of Jepsen is read, whatever stands around the operations`() throws {
        let decoded = try decode(
            """
            2015-01-01 INFO  jepsen.core - Worker 0 starting
            INFO  jepsen.util - 0\t:invoke\t:read\tnil
            INFO  jepsen.util - :nemesis\t:info\t:start\tnil
            INFO  jepsen.util - 0   :ok   :read   3
            INFO  jepsen.util - 1\t:invoke\t:cas\t[3 4]
            INFO  jepsen.util - 1\t:info\t:cas\t:timed-out
            """)
        #expect(decoded.format == .jepsenLog)
        let events = decoded.history.events
        #expect(events.map(\.process.rawValue) == [0, 0, 1, 1])
        #expect(events.map(\.value) == [.null, 3, [3, 4], .null])
        #expect(events[3].error == "timed-out")
        #expect(try decoded.history.operations().map(\.outcome) == [.ok, .info])
    }

    @Test(arguments: ["[", "("])
    func `EDN is read as a vector, a list or one map after the other`(open: String) throws {
        let maps = """
            {:process 0, :type :invoke, :f :cas, :value [0 3], :time 1000, :index 0}
            {:index 1 :type :info :f :start :process :nemesis :value {:a #{1 2} "b" (3 4/5 1.5M)}}
            #jepsen.history.Op{:process 0 :f :cas :type :ok :value [0 3N] :time 1001 :index 2} ; end
            #_{:left "out"}
            {:process 1 :type :invoke :f :write :value "x \\"y\\" \\u00e4" :index 3 :error [:no nil]}
            """
        let close = open == "[" ? "]" : ")"
        let decoded = try decode(open + maps + close)
        #expect(decoded.format == .edn)
        #expect(decoded.skipped == 1)
        let events = decoded.history.events
        #expect(events.map(\.index) == [0, 2, 3])
        #expect(events.map(\.value) == [[0, 3], [0, 3], "x \"y\" ä"])
        #expect(events[1].time.nanoseconds == 1001)
        #expect(events[2].error == "[:no nil]")
        #expect(try decode(maps).history == decoded.history)
    }

    @Test func `JSON lines are read with comments, and with processes that are no clients`() throws
    {
        let decoded = try decode(
            """
            # a comment
            {"process": 3, "type": "invoke", "f": "write", "key": "k", "value": -7, "time": 5}
            {"process": "nemesis", "type": "info", "f": "kill", "value": {"a": [1, {}]}}
            {"value": null, "node": 2, "error": "say \\"no\\"", "f": "write", "type": "fail", "process": 3}
            """)
        #expect(decoded.format == .jsonLines)
        #expect(decoded.skipped == 1)
        let events = decoded.history.events
        #expect(events.map(\.index) == [0, 2])
        #expect(events[0].value == -7 && events[0].key == "k")
        #expect(events[1].node == NodeID(2) && events[1].error == "say \"no\"")
    }

    @Test func `pairs of key and value are taken apart only if asked to`() throws {
        let text = "{:process 0 :type :invoke :f :read :value [9 nil]}"
        #expect(try decode(text).history.events[0].key == nil)
        let event = try decode(text, keyedTuples: true).history.events[0]
        #expect(event.key == 9 && event.value == .null)
    }

    @Test func `what is written is read back the same`() throws {
        let events = [
            Event(
                index: 4, time: Instant(nanoseconds: 12), process: ProcessID(1), type: .invoke,
                function: .cas, key: "a\n\"b\"\u{1}", value: [.null, [true, "ü"]]),
            Event(
                index: 9, time: Instant(nanoseconds: 13), process: ProcessID(1), type: .fail,
                function: .cas, key: 3, value: .integer(.min), found: 8, error: "no: \\",
                node: NodeID(5)),
        ]
        let history = History(events: events)
        #expect(try DecodedHistory(history.jsonLines()).history == history)
        #expect(try DecodedHistory(history.edn()).history == history)
    }

    @Test(arguments: [
        ("{\"process\": 1, \"type\": \"invok\", \"f\": \"read\"}", "line 1, column 24"),
        ("{\"process\": 1,\n \"type\" \"ok\"}", "line 2, column 9: expected `:`, found `\"ok\"}`"),
        ("{:process 1 :type :ok :f :read :value [1 2}", "line 1, column 43"),
        ("[{:process 1 :type :ok :f :read :value 1}", "found the end of the file"),
        ("{:type :ok :f :read}", "expected an event with a process"),
        (
            "{:process 1 :type :ok :f :write :index 1} {:process 1 :type :ok :f :write :index 1}",
            "column 43: expected an event with an index above 1"
        ),
        ("INFO jepsen.util - 0 :invoke :read", "line 1, column 35: expected the value"),
        ("hello", "line 1, column 1: expected a history"),
        (String(repeating: "[", count: 100_000), "expected an event such as"),
        ("{:value " + String(repeating: "[", count: 100_000), "no more than 100"),
        ("{:value " + String(repeating: "#_", count: 100_000), "no more than 100"),
        ("{\"value\": " + String(repeating: "[", count: 100_000), "no more than 100"),
    ])
    func `a mistake is reported with its place`(text: String, message: String) throws {
        let error = try #require(throws: HistoryFormatError.self) { try decode(text) }
        #expect(error.description.contains(message), "\(error.description.prefix(300))")
    }

    @Test func `a mistake tells how many operations were read before it`() throws {
        let good = "{:process 0 :type :invoke :f :read}{:process 0 :type :ok :f :read :value 1}"
        let error = try #require(throws: HistoryFormatError.self) { try decode(good + "{:type") }
        #expect(error.operationsBefore == 1)
    }

    @Test func `what can't be part of a history is refused, or left out and counted`() throws {
        let lines: [(Int, EventType, Function, Int64)] = [
            (0, .invoke, .read, 5), (0, .invoke, .write, 6), (1, .ok, .read, 7),
            (0, .ok, .read, 4), (0, .ok, .write, 8), (0, .ok, .read, 9),
            (90_000, .invoke, .read, 10),
        ]
        let events = lines.enumerated().map { index, line in
            Event(
                index: index, time: Instant(nanoseconds: line.3), process: ProcessID(line.0),
                type: line.1, function: line.2)
        }
        func error(without left: Int...) throws -> HistoryError {
            let rest = History(events: events.filter { !left.contains($0.index) })
            return try #require(throws: HistoryError.self) { try rest.operations() }
        }
        #expect(try error() == .overlappingInvocations(index: 1, process: ProcessID(0)))
        #expect(
            try error(without: 1) == .completionWithoutInvocation(index: 2, process: ProcessID(1)))
        #expect(
            try error(without: 1, 2)
                == .timeWentBack(
                    index: 3, process: ProcessID(0), invoked: Instant(nanoseconds: 5),
                    completed: Instant(nanoseconds: 4)))
        #expect(
            try error(without: 1, 2, 3)
                == .functionChanged(index: 4, invoked: .read, completed: .write))
        let repaired = History(events: events).repaired()
        #expect(repaired.dropped == 4)
        #expect(repaired.history.events.map(\.index) == [0, 5, 6])
        #expect(try repaired.history.operations().map(\.outcome) == [.ok, .info])
    }

    @Test(arguments: [("nil", .null), ("7", 7), ("[1 \"x\"]", [1, "x"])] as [(String, Value)])
    func `a single value is read`(text: String, value: Value) throws {
        #expect(try Value(edn: text) == value)
        #expect(throws: HistoryFormatError.self) { try Value(edn: text + " 8") }
    }

    /// Truncated and corrupted files must end in an error or in a history, never in a crash.
    @Test func `damaged files never crash the readers`() throws {
        var rng = Seed(5).stream("damage")
        let sample = History(
            events: (0..<12).map {
                Event(
                    index: $0, process: ProcessID($0), type: .ok, function: .cas, key: "k\n",
                    value: [.null, ["x", true, .integer(Int64($0))]], error: "e")
            })
        let log = (0..<12).map { "jepsen.util - \($0) :ok :cas [1 (2 \"x\")] :why" }
            .joined(separator: "\n")
        let forms = Array(
            (EqualValueTests.forms + EqualValueTests.sameInEDN.map(\.1)).enumerated().map {
                "{:process \($0) :type :ok :f :read :node \"n1\" :value \($1) :key #:a{:b \($1)}}"
            }.joined(separator: "\n").utf8)
        let objects = Array(
            ["1e3", "-0.5e-7", ##"{"a": {"$edn": "#{\\u0041 0xF}"}, "b": [1.0, NaN]}"##].map {
                #"{"process": 0, "type": "ok", "f": "read", "node": "n1", "value": \#($0)}"#
            }.joined(separator: "\n").utf8)
        var failed = 0
        for round in 0..<5_000 {
            let samples = [sample.jsonLines(), sample.edn(), Array(log.utf8), forms, objects]
            var bytes = samples[round % samples.count]
            for _ in 0..<Int.random(in: 0...3, using: &rng) {
                let place = Int.random(in: 0..<bytes.count, using: &rng)
                bytes[place] = UInt8.random(in: 0...255, using: &rng)
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &rng))
            do {
                _ = try DecodedHistory(bytes).history.operations()
            } catch is HistoryFormatError {
                failed += 1
            } catch is HistoryError {}
        }
        #expect(failed > 1_000)
    }
}
