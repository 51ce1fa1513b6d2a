import Foundation
import RaftCore
import Testing
import Vocabulary

@testable import NodeRuntime

@Suite struct `A trace file` {
    @Test func `is one JSON object a line`() throws {
        let directory = try TemporaryDirectory()
        var trace = try TraceFile(path: directory.path + "/trace", node: NodeID(4))
        let position = LogPosition(index: LogIndex(17), term: Term(2), hash: 0xc0ffee)
        trace.add(.committed(Term(3), position), at: Instant(nanoseconds: 5))
        trace.add(.voted(Term(3), for: NodeID(1)), at: Instant(nanoseconds: 6))
        trace.add(.appended(Term(3), count: 5, last: position), at: Instant(nanoseconds: 7))
        try trace.flush()
        try trace.flush()
        let text = String(decoding: try directory.bytes(of: "trace"), as: UTF8.self)
        #expect(
            text == """
                {"t":5,"node":4,"name":"committed","term":3,"index":17,\
                "hash":"0000000000c0ffee","entryTerm":2}
                {"t":6,"node":4,"name":"voted","term":3,"detail":"for n1"}
                {"t":7,"node":4,"name":"appended","term":3,"index":17,\
                "hash":"0000000000c0ffee","entryTerm":2,"count":5}

                """)
    }
}
