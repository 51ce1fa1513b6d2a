import HistoryModel
import Testing

@Suite struct ValueTests {
    @Test(
        arguments: [
            (.null, "nil"), (true, "true"), (-7, "-7"), ("a b", "\"a b\""), (":x", ":x"),
            (":a.b/c-2?", ":a.b/c-2?"), (":", "\":\""), (": x", "\": x\""), (":a\"", "\":a\"\""),
            (":ä", "\":ä\""), ("x:", "\"x:\""), ([[":w", "k", 1], .null], "[[:w \"k\" 1] nil]"),
        ] as [(Value, String)])
    func `values are told as a person writes them`(value: Value, text: String) {
        #expect(value.description == text)
    }
}
