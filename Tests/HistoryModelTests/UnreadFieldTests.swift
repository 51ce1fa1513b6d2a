import HistoryModel
import Testing

/// What nobody reads may say what it likes.
@Suite struct UnreadFieldTests {
    private func events(_ text: String, _ format: HistoryFormat = .edn) throws -> EventList {
        try DecodedHistory(Array(text.utf8), format: format).history.events
    }

    @Test func `an unknown field of a client is passed over`() throws {
        let edn = "{:process 0, :type :invoke, :f :write, :value 1, :debug {:month 08, :a 1 :a 2}}"
        #expect(try events(edn)[0].value == 1)
        let json = """
            {"process": 0, "type": "invoke", "f": "write", "hdr": {"a": 1, "a": 2}, "value": 1}
            """
        #expect(try events(json, .jsonLines)[0].value == 1)
    }

    @Test(arguments: ["fail", "info"])
    func `the value of what did not succeed is passed over`(type: String) throws {
        let start = "{:process 0, :type :invoke, :f :write, :value 1}\n"
        for event in [
            "{:process 0, :type :\(type), :f :write, :value 08}",
            "{:value 08, :process 0, :type :\(type), :f :write}",
            "{:type :\(type), :value #{1 1}, :f :write, :process 0}",
        ] {
            #expect(try events(start + event)[1].value == .null, "\(event)")
        }
        let log = "0 :invoke :write 1\n0 :\(type) :write 08 :timeout\n"
        #expect(try events(log, .jepsenLog)[1].value == .null)
        let json = """
            {"value": {"a": 1, "a": 2}, "process": 0, "type": "\(type)", "f": "w"}
            """
        #expect(try events(json, .jsonLines)[0].value == .null)
    }

    @Test(arguments: ["invoke", "ok"])
    func `a value that counts is refused wherever it stands`(type: String) throws {
        for event in [
            "{:process 0, :type :\(type), :f :write, :value 08}",
            "{:value 08, :process 0, :type :\(type), :f :write}",
            "{:type :\(type), :value 08, :f :write, :process 0}",
        ] {
            let error = try #require(throws: HistoryFormatError.self) { try events(event) }
            #expect(error.expected.contains("octal"), "\(error)")
        }
        #expect(throws: HistoryFormatError.self) {
            try events("0 :\(type) :write 08\n", .jepsenLog)
        }
    }
}
