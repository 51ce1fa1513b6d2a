import HistoryModel
import Testing

/// Values that are written differently and are one, and values that only look alike.
@Suite struct EqualValueTests {
    private func edn(_ text: String) throws -> Value { try Value(edn: text) }

    private func json(_ text: String) throws -> Value {
        let event = #"{"process": 0, "type": "ok", "f": "read", "value": \#(text)}"#
        return try DecodedHistory(Array(event.utf8)).history.events[0].value
    }

    private func mistake(in text: String) throws -> HistoryFormatError {
        try #require(throws: HistoryFormatError.self) { try DecodedHistory(Array(text.utf8)) }
    }

    static let sameInEDN = [
        ("{:a 1 :b 2}", "{:b 2, :a 1}"), ("{:a {:b #{1 2} :c []}}", "{:a {:c () :b #{2 1}}}"),
        ("#{1 2 3}", "#{3,2 1}"), ("#{[1 2] nil}", "#{nil (1 2)}"), ("[1 2]", "(1,2)"),
        ("{1 :a 2 :b}", "{0x2 :b 1N :a}"), ("#:p{:a 1 :_/b 2}", "{:p/a 1 :b 2}"),
        ("1", "1N"), ("1", "0x1"), ("1", "+1"), ("1", "01"), ("1", "2r1"), ("1", "2/2"),
        ("-16", "-0x10"), ("-16", "-020N"), ("35", "36rZ"), ("0", "-0"), ("255", "0Xff"),
        ("18446744073709551615", "0xFFFFFFFFFFFFFFFF"), ("18446744073709551616N", "2r1\(zeros)"),
        ("12345678901234567890", "+12345678901234567890N"),
        ("1/2", "-2/-4".replacing("-", with: "")),
        ("1.0", "1.00"), ("1.0", "1e0"), ("1.0", "10E-1"), ("10.0", "1e+1"), ("0.0", "-0.0"),
        ("1.5M", "1.50M"), ("1M", "1.0M"), ("1e300", "10.0e299"), ("0.00000001", "1e-8"),
        ("\"A\"", "\"\\u0041\""), ("\\a", "\\u0061"), ("\\newline", "\\o12"),
        ("\\space", "\\u0020"),
    ]
    private static let zeros = String(repeating: "0", count: 64)

    @Test(arguments: sameInEDN)
    func `equal values of Clojure's notation are equal however they are written`(
        left: String, right: String
    ) throws {
        #expect(try edn(left) == edn(right))
        #expect(try edn("{:k \(left)}") == edn("{:k \(right)}"))
        #expect(try edn("#{[\(left)]}").hashValue == edn("#{[\(right)]}").hashValue)
    }

    @Test(arguments: [
        ("1", "1.0"), ("1", "1M"), ("1.0", "1.0M"), ("1", "\"1\""), ("1.5", "\"1.5\""),
        (":a", "\":a\""), (":a", "\"a\""), (":a", "a"), ("a", "\"a\""), ("\\a", "\"a\""),
        ("nil", "\"nil\""), ("true", "\"true\""), ("{:a 1}", "{\"a\" 1}"), ("{:a 1}", "{:a 1.0}"),
        ("{:a nil}", "{}"), ("{:a 1}", "\"{:a 1}\""), ("#{1 2}", "[1 2]"), ("#{1 2}", "#{1 3}"),
        ("[1 2]", "[2 1]"), ("12345678901234567890", "12345678901234567891"), ("1/2", "0.5"),
        ("017", "17"), ("{:a \"b, :c d\"}", "{:a \"b\", :c \"d\"}"),
    ])
    func `values of Clojure's notation that only look alike are different`(
        left: String, right: String
    ) throws {
        #expect(try edn(left) != edn(right))
        #expect(try (edn(left) < edn(right)) != (edn(right) < edn(left)))
        #expect(try edn("{:k \(left)}") != edn("{:k \(right)}"))
    }

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, #"{ "b" : 2.0, "a" : 1 }"#), (#"{"\u0061":1}"#, #"{"a":1}"#),
        (#"[{"a":[1,{}]}]"#, #"[ {"a": [1e0, { }]} ]"#), (#""A""#, #""\u0041""#), ("1", "1.0"),
        ("1", "1e0"), ("10", "1e1"), ("100", "1.00E+2"), ("0.1", "1e-1"), ("1.5", "1.50"),
        ("0", "-0.0"),
        ("12345678901234567890", "1234567890123456789.0e1"), ("1e400", "10.0e399"),
        ("1e30", "1000000000000000000000000000000"),
        ("-9223372036854775808", "-9223372036854775808.0"),
    ])
    func `equal values of JSON are equal however they are written`(
        left: String, right: String
    ) throws {
        #expect(try json(left) == json(right))
        #expect(try json(#"{"k": \#(left)}"#) == json(#"{"k": \#(right)}"#))
    }

    @Test(arguments: [
        ("1", "\"1\""), ("1.5", "\"1.5\""), (#""a""#, #"":a""#), (#"{"a":1}"#, #"{"a":2}"#),
        (#"{"a":1}"#, #""{\"a\" 1}""#), ("[1,2]", "[2,1]"), ("1e400", "1e401"),
        ("null", "\"null\""),
        ("12345678901234567890", "12345678901234567891"), ("0.1", "0.10000000000000001"),
    ])
    func `values of JSON that only look alike are different`(left: String, right: String) throws {
        #expect(try json(left) != json(right))
    }

    @Test(arguments: [
        ("{:process 0 :type :fail, :type :ok :f :read}", 26), ("{:process 0 :process 0}", 13),
        ("{:process 0 :value 1 :value 1}", 22), ("{:process 0 :other 1 :other 2}", 22),
        ("{:process 0 :value {:a 1 :a 1}}", 26), ("{:process 0 :value {1 :a 0x1 :b}}", 26),
        ("{:process 0 :value {[1 2] 1 (1 2) 2}}", 29),
        ("{:process 0 :value {#{1 2} 1 #{2 1} 2}}", 30),
        ("{:process 0 :value {\"A\" 1 \"\\u0041\" 2}}", 27),
        ("{:process 0 :found {:b 1, :b 2}}", 27),
        ("{:process 0 :value [[{:x {:b 1 :b 2}}]]}", 32), ("{:process 0 :value #{1 1N}}", 20),
        ("{:process 0 :value {:a}}", 23), ("{:process 0 :value 08}", 20),
        ("{:process 0 :value \\", 20),
        (#"{"process": 0, "value": 1, "value": 1}"#, 28),
        (#"{"process": 0, "value": 1, "\u0076alue": 1}"#, 28),
        (#"{"process": 0, "other": 1, "\u006fther": 1}"#, 28),
        (#"{"process": 0, "value": {"a": 1, "a": 1}}"#, 34),
        (#"{"process": 0, "value": [{"a": 1, "\u0061": 2}]}"#, 35),
        (#"{"process": 0, "value": {"$edn": "{:a 1 :a 2}"}}"#, 25),
    ])
    func `what comes twice in a map or a set, and a number that is none, is refused with its place`(
        event: String, column: Int
    ) throws {
        let error = try mistake(in: event)
        #expect(error.line == 1 && error.column == column, "\(error)")
    }

    @Test(arguments: [
        "{:process :nemesis :value {:a 1 :a 2} :value 08 :value #{1 1}}",
        "{:value {:a 1 :a 2 :b} :x 1 :x 08 :process :nemesis}",
        #"{"value": {"a": 1, "a": 2}, "x": 1, "x": 2, "process": "nemesis"}"#,
    ])
    func `what no client says may be written anyhow`(event: String) throws {
        #expect(try DecodedHistory(Array(event.utf8)).skipped == 1)
    }

    static let forms = [
        "\\ ", "\\,", "\\\u{b41}",
        ":a", "\":a\"", "a", "1.0", "1", "1.5", "1.5M", "1/2", "12345678901234567890", "1e300",
        "\\a",
        "\\newline", "##Inf", "#{1 #{:b}}", "{:a 1.0, \"b\" #{nil}}",
        "{\"a\" {\"b\" 1.5}, \"c\" [true]}",
        "{\"$edn\" 1}", "[:a \":a\" {1 2}]", "\"\\u0001 \\\" \u{e4}\"", "{}", "#{}",
    ]

    @Test(arguments: forms)
    func `nothing is lost on the way through an export`(text: String) throws {
        let value = try edn(text)
        #expect(try edn(value.edn) == value)
        let history = History(events: [
            Event(
                index: 0, process: ProcessID(0), type: .invoke, function: "a b", key: value,
                value: [value, .set([value])]),
            Event(
                index: 1, process: ProcessID(0), type: .fail, function: "a b", value: value,
                found: value),
        ])
        #expect(try DecodedHistory(history.edn()).history == history)
        #expect(try DecodedHistory(history.jsonLines()).history == history)
    }

    @Test func `a map of JSON is written as one`() throws {
        let history = History(events: [
            Event(
                index: 0, process: ProcessID(0), type: .ok, function: .read,
                value: try json(#"{"b": [1.5, null], "a": {"x": "y"}}"#))
        ])
        let text = String(decoding: history.jsonLines(), as: UTF8.self)
        #expect(text.contains(#""value": {"a": {"x": "y"}, "b": [1.5, null]}"#), "\(text)")
    }

    @Test func `numbers of any size are read in time that does not explode`() throws {
        let long = String(repeating: "7", count: 200_000)
        #expect(try edn("0x\(long)") == .form("0x\(long)"))
        #expect(try edn(long) == edn("\(long)N"))
        #expect(try json("1e999999999") != json("1e999999998"))
        #expect(throws: HistoryFormatError.self) { try json("1e99999999999") }
    }
}
