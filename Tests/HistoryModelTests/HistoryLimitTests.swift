import HistoryModel
import Testing
import Vocabulary

/// Numbers and forms that no history has are refused where they stand.
@Suite struct HistoryLimitTests {
    private static let invocation =
        "{\"index\": 0, \"time\": 1, \"process\": 0, \"type\": \"invoke\", \"f\": \"read\"}\n"

    private func error(_ text: String) -> HistoryFormatError? {
        #expect(throws: HistoryFormatError.self) { try DecodedHistory(Array(text.utf8)) }
    }

    @Test(arguments: [
        ("\"time\": 4611686018427387905", "a time in nanoseconds from -1152921504606846976 to"),
        ("\"time\": -4611686018427387904", "not -4611686018427387904"),
        ("\"index\": 9223372036854775807", "an index from 0 to 9007199254740991"),
        ("\"index\": -9223372036854775808", "not -9223372036854775808"),
        ("\"process\": -9223372036854775808", "the number of a client from"),
        ("\"node\": 1000001", "the number of a node from 0 to 1000000, not 1000001"),
    ])
    func `a number beyond all sense is refused in JSON lines`(field: String, part: String) {
        let fields = [
            "\"index\": 1", "\"time\": 2", "\"process\": 0", "\"type\": \"ok\"", "\"f\": \"read\"",
            "\"value\": 1", "\"node\": 1",
        ]
        let name = field.prefix { $0 != ":" }
        let event = fields.map { $0.hasPrefix(name) ? field : $0 }.joined(separator: ", ")
        let error = error(Self.invocation + "{\(event)}\n")
        #expect(error?.line == 2)
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        (":time 4611686018427387905", "a time"), (":index 9223372036854775807", "an index"),
        (":node 4611686018427387904", "a node"),
    ])
    func `a number beyond all sense is refused in EDN`(field: String, part: String) {
        let error = error("{:process 0, :type :invoke, :f :read, \(field)}")
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test func `times of the Unix epoch are times`() throws {
        let text = "{:process 0, :type :invoke, :f :read, :time 1893456000000000000}"
        let events = try DecodedHistory(Array(text.utf8)).history.events
        #expect(events[0].time.nanoseconds == 1_893_456_000_000_000_000)
    }

    @Test(arguments: ["{:process 0, :type :invoke, :f :write, :value V}", "V"])
    func `a hundred forms in each other are read, and not one more`(template: String) throws {
        func nested(_ depth: Int) -> String {
            let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            return template.replacing("V", with: value)
        }
        if template == "V" {
            _ = try Value(edn: nested(100))
            #expect(throws: HistoryFormatError.self) { try Value(edn: nested(101)) }
        } else {
            _ = try DecodedHistory(Array(nested(100).utf8))
            #expect(error(nested(101))?.expected.contains("100") == true)
        }
    }
}
