import HistoryModel
import Testing

/// Who did it: clients have numbers, a nemesis has its name, and nobody else is passed over.
@Suite struct ProcessNameTests {
    private func mistake(in text: String) throws -> String {
        try #require(throws: HistoryFormatError.self) {
            try DecodedHistory(Array(text.utf8))
        }.description
    }

    @Test(arguments: ["\"a\"", "1.0", "99999999999999999999", ":client", "nil", "[0]", "\"0\""])
    func `a process that is no number is a mistake in EDN`(process: String) throws {
        let good = "{:process 0 :type :invoke :f :write :value 1}\n"
        let last = "{:type :invoke, :f :write, :value 1, :process "
        for (event, place) in [
            ("{:process \(process), :type :invoke, :f :write, :value 1}", 11),
            (last + "\(process)}", last.utf8.count + 1),
        ] {
            let found = try mistake(in: good + event)
            #expect(found.hasPrefix("line 2, column \(place): "), "\(found)")
            #expect(found.contains("number") && found.contains(":nemesis"), "\(found)")
            #expect(found.contains("operations read before: 1"), "\(found)")
        }
    }

    @Test(arguments: ["\"a\"", "1.5", "99999999999999999999", "null", "[0]", "{}"])
    func `a process that is no number is a mistake in JSON lines`(process: String) throws {
        let found = try mistake(
            in: #"{"process": 0, "type": "invoke", "f": "write", "value": 1}"# + "\n"
                + #"{"type": "ok", "process": \#(process), "f": "write", "value": 1}"#)
        #expect(found.hasPrefix("line 2, column 27: "), "\(found)")
        #expect(found.contains("number") && found.contains("\"nemesis\""), "\(found)")
    }

    @Test(arguments: ["\"a\"", "1.0", "99999999999999999999", ":client", "worker"])
    func `a process that is no number is a mistake in a log`(process: String) throws {
        let found = try mistake(
            in: "jepsen.util - 0 :invoke :write 1\njepsen.util - \(process)\t:ok :write 1\n")
        #expect(found.hasPrefix("line 2, column "), "\(found)")
        #expect(found.contains("number") && found.contains(":nemesis"), "\(found)")
    }

    @Test(arguments: [
        "{:process :nemesis :type :sleep :f \"x\" :time 1.5 :node \"n1\" :value ##Inf}",
        "{:type 7 :f nil :index \"x\" :process :nemesis}",
        "{:process \"nemesis\" :type :invoke :f :kill}\n{:process :nemesis :type :invoke :f :kill}",
        "{:process :nemesis}",
    ])
    func `a nemesis may say what it likes in EDN`(events: String) throws {
        let decoded = try DecodedHistory(
            Array("{:process 0 :type :invoke :f :read}\n\(events)\n".utf8))
        #expect(decoded.history.events.count == 1)
        #expect(decoded.skipped == events.count { $0 == "\n" } + 1)
    }

    @Test(arguments: [
        #"{"process": "nemesis", "type": "sleep", "f": null, "time": 1.5, "node": "n1"}"#,
        #"{"type": 7, "f": {}, "index": "x", "process": "nemesis"}"#,
        #"{"process": ":nemesis", "type": "info"}"#,
    ])
    func `a nemesis may say what it likes in JSON lines`(event: String) throws {
        let text = #"{"process": 0, "type": "invoke", "f": "read"}"# + "\n" + event
        let decoded = try DecodedHistory(Array(text.utf8))
        #expect(decoded.history.events.count == 1 && decoded.skipped == 1)
    }

    @Test(arguments: [":nemesis :sleep 5", ":nemesis info start", ":nemesis\t:info\t:start\t##NaN"])
    func `a nemesis may say what it likes in a log`(line: String) throws {
        for prefix in ["", "INFO jepsen.util - "] {
            let text = "\(prefix)0 :invoke :write 1\n\(prefix)\(line)\n\(prefix)0 :ok :write 1\n"
            let decoded = try DecodedHistory(Array(text.utf8))
            #expect(decoded.history.events.count == 2 && decoded.skipped == 1)
        }
    }

    @Test func `a client's mistake is told wherever its process stands`() throws {
        for (event, place) in [
            ("{:type :oops :f :read :process 0}", 8), ("{:process 0 :type :oops :f :read}", 19),
            ("{:type :ok :f 7 :process 0}", 15), ("{:time \"x\" :process 0 :type :ok}", 8),
        ] {
            #expect(try mistake(in: event).hasPrefix("line 1, column \(place): "), "\(event)")
        }
        let found = try mistake(in: #"{"type": "oops", "f": "read", "process": 0}"#)
        #expect(found.hasPrefix("line 1, column 10: "), "\(found)")
    }
}
