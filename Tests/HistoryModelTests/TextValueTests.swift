import HistoryModel
import Testing

/// Texts are what their bytes are.
@Suite struct TextValueTests {
    /// Pairs that are one and the same to Unicode: composed and not, marks in another order, the
    /// sign of Kelvin.
    private static let lookalikes = [
        ("\u{e4}", "a\u{308}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("K", "\u{212a}"),
        ("a long text that ends in \u{e4}", "a long text that ends in a\u{308}"),
    ]

    @Test(arguments: lookalikes)
    func `texts of different bytes are different values`(pair: (String, String)) throws {
        let (left, right) = (Value.text(pair.0), Value.text(pair.1))
        #expect(left != right && left == .text(pair.0))
        #expect(Value.list([left]) != .list([right]))
        #expect(Set([left, right]).count == 2)
        #expect((left < right) != (right < left))
        var pool = ValuePool()
        #expect(pool.code(of: left) != pool.code(of: right))
        #expect(pool.value(of: pool.code(of: right)) == right)
    }

    @Test(arguments: ["##Inf", "##-Inf", "##NaN"])
    func `numbers that are none are kept as they were written`(number: String) throws {
        let decoded = try DecodedHistory(
            Array("{:process 0 :type :ok :f :read :value [\(number) 1] :time 3}".utf8))
        #expect(decoded.history.events.map(\.value) == [[.form(number), 1]])
        #expect(try Value(edn: number) == .form(number))
        let error = try #require(throws: HistoryFormatError.self) {
            try DecodedHistory(Array("{:process 0 :type :ok :f :add :time \(number)}".utf8))
        }
        #expect(error.column == 37 && error.found.hasPrefix("`\(number)"))
    }

    @Test(arguments: [
        "{:process 0 :type :invoke :f :read}\n{:process 0 :type :ok :f :read :value 1}\n"
            + "{:process 0 :type :invoke :f :write :value \"",
        "{\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"}\n{\"f\": \"",
    ])
    func `a byte that is no text tells how many operations were read before it`(
        start: String
    ) throws {
        let error = try #require(throws: HistoryFormatError.self) {
            try DecodedHistory(Array(start.utf8) + [0xff])
        }
        #expect(error.expected == "text in UTF-8")
        #expect(error.operationsBefore == 1)
    }
}
