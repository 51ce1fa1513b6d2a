import HistoryModel
import Testing
import Vocabulary

@Suite struct `Lines of a trace` {
    private func read(_ text: String) -> (events: [NodeTraceEvent], unreadable: Int) {
        var reader = TraceLineReader(Array(text.utf8))
        var events: [NodeTraceEvent] = []
        while let event = reader.next() { events.append(event) }
        return (events, reader.unreadable)
    }

    @Test func `become events`() {
        let (events, unreadable) = read(
            """
            {"t":812739128371,"node":1,"name":"appended","term":3,"index":17,\
            "hash":"00c0ffee00c0ffee","entryTerm":2,"count":5}
            {"t":-6,"node":4,"name":"voted","term":3,"detail":"for n1"}

            {"t":7,"node":2,"name":"started","later":"unknown","also":9}
            """)
        #expect(
            events == [
                NodeTraceEvent(
                    time: Instant(nanoseconds: 812_739_128_371), node: NodeID(1),
                    name: "appended", term: 3, index: 17, hash: 0x00c0_ffee_00c0_ffee,
                    entryTerm: 2, count: 5),
                NodeTraceEvent(
                    time: Instant(nanoseconds: -6), node: NodeID(4), name: "voted", term: 3,
                    detail: "for n1"),
                NodeTraceEvent(time: Instant(nanoseconds: 7), node: NodeID(2), name: "started"),
            ])
        #expect(unreadable == 0)
    }

    @Test func `may have escapes in their texts`() {
        let (events, unreadable) = read(
            #"{"t":1,"node":1,"name":"written","detail":"n1 k \"a\\b\" \u000aé\u001F"}"#)
        #expect(events.map(\.detail) == ["n1 k \"a\\b\" \né\u{1f}"])
        #expect(unreadable == 0)
    }

    @Test(arguments: [
        #"{"t":1,"node":1,"name":"a\x"}"#, #"{"t":1,"node":1,"name":"a\u0g00"}"#,
        #"{"t":1,"node":1,"name":"a\"}"#, #"{"t":1,"node":1,"name":"a\u001"}"#, "{", "{}", "x",
        "[1]", #"{"t":1,"node":1}"#, #"{"t":1,"name":"a"}"#,
        #"{"node":1,"name":"a"}"#, #"{"t":1,"node":1,"name":"a"}}"#,
        #"{"t":1,"node":1,"name":"a""#, #"{"t":1,"node":1,"name":"a"#,
        #"{"t":1,"node":1,"name":"a","term":}"#, #"{"t":1,"node":1,"name":"a","term":1.5}"#,
        #"{"t":1,"node":1,"name":"a","term":99999999999999999999}"#,
        #"{"t":1,"node":1,"name":"a","hash":"xyz"}"#, #"{"t":1,"node":1,"name":"a\n"}"#,
        #"{"t":1,"node":1,"name":"a"}{"t":1,"node":1,"name":"a"}"#, #"{"t":1, "node":1}"#,
    ])
    func `that make no sense are counted, and the next is read`(line: String) {
        let good = #"{"t":1,"node":1,"name":"leader"}"#
        let (events, unreadable) = read("\(good)\n\(line)\n\(good)\n")
        #expect(events.map(\.name) == ["leader", "leader"])
        #expect(unreadable == 1)
        #expect(read(line).unreadable == 1)
    }
}
