import HistoryModel
import Testing

/// Files of other programs: what they look like, and what must not pass for a history.
@Suite struct ForeignFileTests {
    private func decode(
        _ text: String, format: HistoryFormat? = nil, keyedTuples: Bool = false
    ) throws -> DecodedHistory {
        try DecodedHistory(Array(text.utf8), format: format, keyedTuples: keyedTuples)
    }

    private func mistake(in bytes: [UInt8]) throws -> String {
        try #require(throws: HistoryFormatError.self) { try DecodedHistory(bytes) }.description
    }

    @Test(arguments: [
        "2018-03-05 15:21:48,113{GMT}\tINFO\t[jepsen worker 3] jepsen.util: ",
        "INFO  jepsen.util - ", "INFO [2024-01-01 10:00:00,000] jepsen worker 0 - jepsen.util ", "",
        "  ",
    ])
    func `operations are read behind whatever a log puts in front of them`(prefix: String) throws {
        let lines = [
            "3\t:invoke\t:read\tnil", ":nemesis\t:info\t:start\tnil", "3 :ok   :read  7",
            "12        :invoke  :write  3", "12\t:info\t:write\t3\t:timeout",
        ]
        for end in ["\n", "\r\n"] {
            let decoded = try decode(lines.map { prefix + $0 }.joined(separator: end) + end)
            #expect(decoded.format == .jepsenLog && decoded.skipped == 1)
            let events = decoded.history.events
            #expect(events.map(\.process.rawValue) == [3, 3, 12, 12])
            #expect(events.map(\.type) == [.invoke, .ok, .invoke, .info])
            #expect(events.map(\.value) == [.null, 7, 3, 3])
            #expect(events.last?.error == ":timeout")
        }
    }

    @Test func `a file of nothing but operations may have comments and blank lines`() throws {
        let decoded = try decode("# a run\n\n0 :invoke :write 3\n  \n0 :ok :write 3\n")
        #expect(decoded.history.events.map(\.type) == [.invoke, .ok])
    }

    @Test(arguments: [
        ("INFO jepsen.util - no operation\nanything", "line 1, column 1: expected a line such as"),
        (
            "jepsen.util - 0 :invoke :read nil\njepsen.util - 0 :oops :read nil",
            "line 2, column 17: expected :invoke, :ok, :fail or :info, found `:oops"
        ),
        ("0 :invoke :read nil\n0 :oops :read 1", "line 2, column 3: expected :invoke, :ok"),
        ("0 :invoke :read nil\nhello", "line 2, column 1: expected a line such as"),
        ("0 :invoke :read", "line 1, column 16: expected the value of the operation"),
        ("[{\"process\": 0}]", "line 1, column 3: expected a keyword such as :process (JSON must"),
        ("{:process 0 :type :ok :f :read}", "expected an event with the value that was read"),
        (
            "{\"process\": 0, \"type\": \"ok\", \"f\": \"get\"}",
            "line 1, column 1: expected an event with the value that was read"
        ),
        (
            #"{"process": 0, "type": "ok", "f": "read", "value": "\ud801"}"#,
            "column 53: expected the escape of a whole character"
        ),
    ])
    func `a mistake in them has its line and what was expected`(
        text: String, message: String
    ) throws {
        let found = try mistake(in: Array(text.utf8))
        #expect(found.contains(message), "\(found)")
    }

    @Test func `a log that is none is refused at its first line`() throws {
        let error = try #require(throws: HistoryFormatError.self) {
            try decode("hello\nworld\n", format: .jepsenLog)
        }
        #expect(error.line == 1 && error.column == 1 && error.expected.contains("jepsen.util"))
    }

    @Test func `nil that is said is a value that was read`() throws {
        for text in [
            "{:process 0 :type :ok :f :read :value nil}",
            #"{"process": 0, "type": "ok", "f": "read", "value": null}"#,
        ] {
            #expect(try decode(text).history.events.map(\.value) == [.null])
        }
    }

    /// Bytes that no character begins with, that stop too early, or that go on as none does.
    static let broken: [[UInt8]] = [
        [0xff], [0x80], [0xc0, 0x80], [0xc3], [0xc3, 0x28], [0xe0, 0x80, 0x80], [0xe2, 0x82],
        [0xed, 0xa0, 0x80], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80],
        [0xf0, 0x9f, 0x98, 0x28], [0xf5, 0x80, 0x80, 0x80],
    ]

    @Test(arguments: broken)
    func `what is no text in UTF-8 is refused with its place`(bad: [UInt8]) throws {
        let good = "ä€😀\u{10ffff} and ASCII letters"
        for (start, end) in [
            ("{:process 0 :type :invoke :f :write :value \"", "\"}"),
            (#"{"process": 0, "type": "invoke", "f": "write", "value": ""#, #""}"#),
            ("jepsen.util - 0 :invoke :write \"", "\""), ("0 :invoke :write \"", "\""),
        ] {
            #expect(try decode(start + good + end).history.events.map(\.value) == [.text(good)])
            let bytes = Array("\n\(start)".utf8) + bad + Array(end.utf8)
            let found = try mistake(in: bytes)
            let place = "line 2, column \(start.utf8.count + 1): expected text in UTF-8"
            #expect(found.contains(place), "\(found)")
        }
    }

    @Test func `what else stands in a log need not be text`() throws {
        let bytes = [0xff, 0xfe, 0x0a] + Array("jepsen.util - 0 :invoke :write 3\n".utf8)
        #expect(try DecodedHistory(bytes, format: .jepsenLog).history.events.count == 1)
    }

    @Test func `an answer for another key than was asked for is refused, or left out`() throws {
        func history(_ invoked: String, _ completed: String) throws -> History {
            try decode(
                "{:process 0 :type :invoke :f :read \(invoked)}"
                    + "{:process 0 :type :ok :f :read :value 1 \(completed)}"
            ).history
        }
        for fitting in [(":key 1", ":key 1"), (":key 1", ""), ("", "")] {
            #expect(try history(fitting.0, fitting.1).operations().count == 1)
            #expect(try history(fitting.0, fitting.1).repaired().dropped == 0)
        }
        for (invoked, key) in [(":key 1", 1), ("", nil)] as [(String, Value?)] {
            let other = try history(invoked, ":key 2")
            #expect(throws: HistoryError.keyChanged(index: 1, invoked: key, completed: 2)) {
                try other.operations()
            }
            #expect(other.repaired().dropped == 1)
        }
        let keyed = try decode(
            "{:process 0 :type :invoke :f :cas :value [5 [1 2]]}"
                + "{:process 0 :type :info :f :cas :value [:timed :out]}", keyedTuples: true)
        #expect(try keyed.history.operations().map(\.outcome) == [.info])
    }
}
