import HistoryModel
import Testing

/// Texts that come in pieces say the same as if they came at once.
@Suite struct StreamedTextTests {
    /// A text in pieces of some size.
    private func text(_ bytes: [UInt8], pieces size: Int) -> StreamedText {
        var start = 0
        return StreamedText { _ in
            let end = min(start + size, bytes.count)
            defer { start = end }
            return Array(bytes[start..<end])
        }
    }

    private static let texts = [
        """
        [{:process 0, :type :invoke, :f :write, :value "a\\"ü}"} ; a comment }
         #_{:not 1} {:process 0, :type :ok, :f :write, :value "a\\"ü}"}
         {:process :nemesis, :type :info, :f :kill, :value [#{1 2} {:a 1}]}
         #jepsen.history.Op{:process 1, :type :invoke, :f :read, :value nil}]
        """,
        """
        # a comment
        {"process": 0, "type": "invoke", "f": "write", "value": ["ä", 1.5, {"a": [1]}]}
        {"process": 0, "type": "ok", "f": "write",
         "value": ["ä", 1.5, {"a": [1]}]}

        {"process": 1, "type": "invoke", "f": "read"}
        """,
        """
        INFO  jepsen.util - 0 :invoke :write [1 2]
        something else
        INFO  jepsen.util - :nemesis :info :kill nil
        INFO  jepsen.util - 0 :ok :write [1 2]
        """,
    ]

    @Test(arguments: texts, [1, 2, 3, 7, 64, 1_000])
    func `a history is the same in pieces of any size`(content: String, size: Int) throws {
        let whole = try DecodedHistory(Array(content.utf8))
        let streamed = try DecodedHistory(text(Array(content.utf8), pieces: size))
        #expect(streamed == whole)
        #expect(whole.history.events.count > 1)
    }

    @Test(arguments: texts, [1, 5, 64])
    func `a mistake is told the same way in pieces of any size`(content: String, size: Int) throws {
        let bytes = Array(content.utf8)
        for place in stride(from: 0, to: bytes.count, by: 3) {
            for wrong: UInt8 in [UInt8(ascii: "}"), UInt8(ascii: "\""), 0xff] {
                var changed = bytes
                changed[place] = wrong
                let whole = Result { try DecodedHistory(changed) }
                let streamed = Result { try DecodedHistory(text(changed, pieces: size)) }
                switch (whole, streamed) {
                case (.success(let whole), .success(let streamed)): #expect(whole == streamed)
                case (.failure(let whole), .failure(let streamed)):
                    #expect("\(whole)" == "\(streamed)")
                default: Issue.record("place \(place), \(wrong): \(whole), \(streamed)")
                }
            }
        }
    }

    @Test(
        arguments: ["{:process 0, :type :invoke, :f :r, :value 1}", "{\"process\": 0}"], [1, 9, 99])
    func `an event that is refused is refused once, whatever else was read`(
        event: String, size: Int
    ) throws {
        let bytes = Array((event + "\n").utf8)
        let whole = #expect(throws: HistoryFormatError.self) {
            try DecodedHistory(bytes, keyedTuples: true)
        }
        let streamed = #expect(throws: HistoryFormatError.self) {
            try DecodedHistory(text(bytes, pieces: size), keyedTuples: true)
        }
        #expect(whole == streamed)
        let expected = event.hasPrefix("{:") ? "[key value]" : "an event with a type"
        #expect(streamed?.expected.contains(expected) == true)
    }

    @Test(arguments: [
        ("{:process 0, :type :oops}", "{:process 0, :type :invoke, :f :read}"),
        (
            "{\"process\": 0, \"type\": 1}",
            "{\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"}"
        ),
    ])
    func `a mistake is told, and nothing else, however much text follows`(
        wrong: String, right: String
    ) throws {
        let lines = Array(String(repeating: right + "\n", count: 30_000).utf8)
        var read = 0
        let text = StreamedText { _ in
            read += 1
            return read == 1 ? Array((wrong + "\n").utf8) : read < 30 ? lines : []
        }
        let error = #expect(throws: HistoryFormatError.self) { try DecodedHistory(text) }
        #expect(error?.line == 1)
        #expect(error?.expected.contains("invoke") == true, "\(String(describing: error))")
        #expect(read < 5)
    }

    @Test func `the format is told by what stands in the first braces, wherever they are cut`()
        throws
    {
        let line = "{\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"}\n"
        #expect(try DecodedHistory(text(Array(line.utf8), pieces: 1)).format == .jsonLines)
    }

    @Test(arguments: [
        "{:process 0, :type :invoke, :f :write, :value \"", "{\"process\": 0, \"value\": \"",
        "0 :invoke :write \"", "; ", "# ",
    ])
    func `a line that never ends is refused, and not held`(start: String) {
        var read = 0
        let text = StreamedText { count in
            defer { read += count }
            return read == 0 ? Array(start.utf8) : Array(repeating: 0x78, count: count)
        }
        let error = #expect(throws: HistoryFormatError.self) {
            try DecodedHistory(
                text,
                format: start.hasPrefix("0") ? .jepsenLog : start == "# " ? .jsonLines : nil)
        }
        #expect(error?.expected.contains("at most 16 MiB") == true, "\(String(describing: error))")
        #expect(read < 100 << 20)
    }

    @Test func `a text is read however long it is`() throws {
        var left = 300_000
        let text = StreamedText { _ in
            guard left > 0 else { return [] }
            left -= 100
            return (0..<50).flatMap { _ in
                Array(
                    "{:process 0, :type :invoke, :f :read}{:process 0, :type :ok, :f :read, :value 1}\n"
                        .utf8)
            }
        }
        let history = try DecodedHistory(text).history
        #expect(history.events.count == 300_000)
    }

    private static let lines: [(event: String, wrong: String, part: String)] = [
        (
            "{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value 1}\n",
            "{:process 0, :type :begin, :f :read}\n", "expected :invoke, :ok, :fail or :info"
        ),
        (
            "{\"process\": 0, \"type\": \"info\", \"f\": \"read\"}\n",
            "{\"process\": 0, \"type\": \"begin\", \"f\": \"read\"}\n",
            "expected \"invoke\", \"ok\", \"fail\" or \"info\""
        ),
    ]

    @Test(arguments: lines)
    func `a mistake is told at once, and no more of the text is read`(
        event: String, wrong: String, part: String
    ) throws {
        var read = 0
        let text = StreamedText { _ in
            defer { read += 1 }
            let events = String(repeating: event, count: 100)
            return Array((read == 0 ? event + wrong + events : events).utf8)
        }
        let error = try #require(throws: HistoryFormatError.self) { try DecodedHistory(text) }
        #expect("\(error)".contains(part), "\(error)")
        #expect(read < 10, "\(read) pieces")
    }

    @Test func `what is refused at the end of a text is told as it is`() throws {
        let script = "{:process 0, :type :invoke, :f :write, :value 5}"
        for size in [1, 1_000] {
            let error = try #require(throws: HistoryFormatError.self) {
                try DecodedHistory(text(Array(script.utf8), pieces: size), keyedTuples: true)
            }
            #expect(error.found == "5", "\(error)")
        }
    }

    @Test func `error texts are counted among what is held`() throws {
        let texts = (0..<100).map { String(repeating: "x", count: 1_000) + "\($0)" }
        let content = texts.map {
            "{:process 0, :type :info, :f :read, :error \"\($0)\"}\n"
        }.joined()
        let error = try #require(throws: HistoryFormatError.self) {
            try DecodedHistory(text(Array(content.utf8), pieces: 1_000), holding: 70_000)
        }
        #expect(error.expected.contains("half of the memory"), "\(error)")
    }

    @Test func `more than there is memory for is refused with its place`() {
        let line = "{\"process\": 0, \"type\": \"invoke\", \"f\": \"read\", \"value\": \"VALUE\"}\n"
        let content = (0..<1_000).map {
            line.replacing("VALUE", with: String($0)).replacing(": 0,", with: ": \($0),")
        }.joined()
        let error = #expect(throws: HistoryFormatError.self) {
            try DecodedHistory(text(Array(content.utf8), pieces: 100), holding: 50_000)
        }
        #expect(error?.expected.contains("half of the memory") == true)
        #expect(error.map { 100...900 ~= $0.line } == true, "\(String(describing: error))")
    }
}
