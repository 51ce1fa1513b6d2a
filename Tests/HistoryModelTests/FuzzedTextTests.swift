import FuzzSupport
import HistoryModel
import Testing
import Vocabulary

/// Texts that were changed by chance: each is read, or refused in words, at once and in pieces.
@Suite struct `Damaged texts of histories` {
    /// A format, texts of it, and pieces of it that take the place of others.
    struct Kind: CustomTestStringConvertible, Sendable {
        var name: String
        var format: HistoryFormat
        var texts: [String]
        var pieces: [String]

        var testDescription: String { name }
    }

    private static let kinds = [
        Kind(
            name: "EDN", format: .edn,
            texts: [
                """
                [{:process 0, :type :invoke, :f :write, :value "a\\"ü}"} ; a comment }
                 #_{:not 1} {:process 0, :type :ok, :f :write, :value "a\\"ü}", :time 12}
                 {:process :nemesis, :type :info, :f :kill, :value [#{1 2} {:a 1}]}
                 #jepsen.history.Op{:process 1, :type :invoke, :f :read, :value nil, :node n9}]
                """,
                """
                {:index 0 :process 3 :type :invoke :f :txn :value [[:append 1 2] [:r 3 nil]]}
                {:index 1 :process 3 :type :ok :f :txn :value [[:append 1 2] [:r 3 [1N 0x2]]]}
                {:process 4, :type :invoke, :f "cas", :key :k, :value (1.5M 2/3), :node "n1"}
                {:process 4, :type :fail, :f "cas", :key :k, :error [:a \\newline #uuid "x"]}
                """,
            ],
            pieces: [
                ":process", ":type :ok", ":value", "#_", "#{", "{:a {:a 1}}", "nil", "1/0", "#inf",
                "\\u0041", "^{:a 1}", "##Inf", "#:p{:a 1}", ";", ",", "36rZZ", "-", "1e5M",
            ]),
        Kind(
            name: "JSON lines", format: .jsonLines,
            texts: [
                """
                # a comment
                {"process": 0, "type": "invoke", "f": "write", "value": ["ä", 1.5, {"a": [1]}]}
                {"process": 0, "type": "ok", "f": "write", "time": 17,
                 "value": ["ä", 1.5, {"a": [1]}]}

                {"process": 1, "type": "invoke", "f": "read"}
                {"process": 1, "type": "info", "f": "read", "error": "\\u0041\\ud83d\\ude42"}
                """,
                """
                {"index":0,"process":2,"type":"invoke","f":"cas","key":"k","value":[1,2]}
                {"index":1,"process":2,"type":"fail","f":"cas","key":"k","value":[1,2],"found":3}
                {"index":2,"process":"nemesis","type":"info","f":"start","value":{"$edn":":a"}}
                """,
            ],
            pieces: [
                "\"process\":", "\"value\":null", "{\"$edn\":\"#{1}\"}", "1e400", "\\u", "\\ud83d",
                "}{", "[,]", "tru", "-0", "1E+2", "\"a\":1,\"a\":2", "#", "\n",
            ]),
        Kind(
            name: "Jepsen's logs", format: .jepsenLog,
            texts: [
                """
                INFO  jepsen.util - 0 :invoke :write [1 2]
                something else
                INFO  jepsen.util - :nemesis :info :kill nil
                INFO  jepsen.util - 0 :ok :write [1 2]
                INFO [2024-01-01 10:00:00,000] jepsen worker 0 - jepsen.util 12 :invoke :read nil
                """,
                "# a run\n\n0 :invoke :cas [1 2]\n  \n0 :fail :cas [1 2] :mismatch\n3\t:info\t:r\tnil\n",
            ],
            pieces: [
                "jepsen.util - ", ":invoke", ":ok :read", "\t", "nil", ":nemesis", "#", "\r\n",
                " :info :write 3 :timeout", "{:a 1}",
            ]),
    ]

    private static func pieces(of bytes: [UInt8], _ random: inout RandomStream) -> StreamedText {
        let size = Int.random(in: 1...100, using: &random)
        var start = 0
        return StreamedText { _ in
            let end = min(start + size, bytes.count)
            defer { start = end }
            return Array(bytes[start..<end])
        }
    }

    /// The outcome of reading a text, both ways.
    private func read(_ bytes: [UInt8], _ kind: Kind, _ random: inout RandomStream) -> String {
        let format = Bool.random(using: &random) ? kind.format : nil
        let keyed = Bool.random(using: &random)
        let whole = Result { () throws(HistoryFormatError) in
            try DecodedHistory(bytes, format: format, keyedTuples: keyed)
        }
        let text = Self.pieces(of: bytes, &random)
        let streamed = Result { () throws(HistoryFormatError) in
            try DecodedHistory(text, format: format, keyedTuples: keyed)
        }
        switch (whole, streamed) {
        case (.failure(let whole), .failure(let streamed)):
            #expect("\(whole)" == "\(streamed)", "\(String(decoding: bytes, as: UTF8.self))")
            #expect(whole.line >= 1 && whole.column >= 1)
            return "refused"
        case (.success(let whole), .success(let streamed)):
            #expect(whole == streamed, "\(String(decoding: bytes, as: UTF8.self))")
            return use(whole.history)
        default:
            Issue.record("\(whole), \(streamed): \(String(decoding: bytes, as: UTF8.self))")
            return "read one way only"
        }
    }

    /// What becomes of a history that was read.
    private func use(_ history: History) -> String {
        let (repaired, _) = history.repaired()
        #expect(throws: Never.self) { _ = try DecodedHistory(history.edn(), format: .edn) }
        do throws(HistoryError) {
            _ = try history.operations()
            return "read"
        } catch {
            #expect(!error.description.isEmpty)
            // What makes no sense can be left out.
            #expect(repaired.events.count <= history.events.count)
            return "read, of no sequential processes"
        }
    }

    @Test(arguments: kinds)
    func `are read or refused, at once as in pieces`(kind: Kind) {
        var tally = Tally("damaged texts, \(kind.name)")
        let texts = kind.texts.map { Array($0.utf8) }
        let damage = Damage(pieces: kind.pieces)
        for round in 0..<Fuzzing.share(ofLong: 1_500) {
            var random = RandomStream(state: UInt64(round))
            let original = texts[round % texts.count]
            let bytes = damage.apply(to: original, others: texts, &random)
            tally.measure { read(bytes, kind, &random) }
        }
        tally.tell()
        #expect(tally["read"] > 0 && tally["refused"] > 0)
        #expect(tally.longest < .seconds(5))
    }

    @Test func `have values that are read as they are written, or refused`() throws {
        var tally = Tally("damaged values")
        let texts = [
            "{:a #{1 [2 nil]} \"b\" (1.5M 2/3 0x1F)}", "[:append 1 \"\\u0041\" \\newline -12N]",
            "#:p{:a 1 :_/b #inst \"2020\"}",
        ].map { Array($0.utf8) }
        let damage = Damage(pieces: Self.kinds[0].pieces)
        for round in 0..<Fuzzing.share(ofLong: 750) {
            var random = RandomStream(state: UInt64(round))
            let bytes = damage.apply(to: texts[round % texts.count], others: texts, &random)
            try tally.measure { try readValue(bytes) }
        }
        tally.tell()
        #expect(tally["read"] > 0 && tally["refused"] > 0)
        #expect(tally.longest < .seconds(5))
    }

    private func readValue(_ bytes: [UInt8]) throws -> String {
        let value: Value
        do throws(HistoryFormatError) {
            value = try Value(edn: String(decoding: bytes, as: UTF8.self))
        } catch { return "refused" }
        #expect(try Value(edn: value.edn) == value)
        return "read"
    }

    @Test func `have lines of traces, which are read or counted`() {
        var tally = Tally("damaged traces")
        let texts = [
            """
            {"t":812739128371,"node":1,"name":"appended","term":3,"index":17,\
            "hash":"00c0ffee00c0ffee","entryTerm":2,"count":5}
            {"t":-6,"node":4,"name":"voted","term":3,"detail":"for n1 \\u001f\\"\\\\"}
            {"t":7,"node":2,"name":"started","later":"unknown","also":9}
            """
        ].map { Array($0.utf8) }
        let damage = Damage(pieces: ["\"t\":", "\"node\":-1", "\n", "}\n{", "\"name\":\"\""])
        for round in 0..<Fuzzing.share(ofLong: 750) {
            var random = RandomStream(state: UInt64(round))
            let bytes = damage.apply(to: texts[0], others: texts, &random)
            tally.measure {
                var reader = TraceLineReader(bytes)
                var events = 0
                while reader.next() != nil { events += 1 }
                let lines = bytes.split(separator: UInt8(ascii: "\n")).count
                #expect(events + reader.unreadable == lines)
                return reader.unreadable == 0 ? "read" : events == 0 ? "refused" : "read in part"
            }
        }
        tally.tell()
        #expect(tally["read"] > 0 && tally["read in part"] > 0)
        #expect(tally.longest < .seconds(5))
    }
}
