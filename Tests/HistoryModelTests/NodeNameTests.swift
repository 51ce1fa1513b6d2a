import HistoryModel
import Testing
import Vocabulary

/// Nodes are named as Jepsen names them, or by their number.
@Suite struct NodeNameTests {
    private func decode(_ event: String) throws -> DecodedHistory {
        try DecodedHistory(Array(event.utf8))
    }

    @Test(arguments: ["\"n3\"", ":n3", "n3", "3", "0x3", "\":n3\""])
    func `a node may be named in Clojure's notation`(node: String) throws {
        let decoded = try decode("{:process 0 :type :invoke :f :read :node \(node)}")
        #expect(decoded.history.events.map(\.node) == [NodeID(3)])
        #expect(decoded.otherNodes == 0)
    }

    @Test(arguments: ["\"n3\"", "3", "3.0"])
    func `a node may be named in JSON`(node: String) throws {
        let decoded = try decode(
            #"{"process": 0, "type": "invoke", "f": "read", "node": \#(node)}"#)
        #expect(decoded.history.events.map(\.node) == [NodeID(3)])
    }

    @Test(arguments: [
        "db-1.example.com", "n03", "n+3", "n", "n20260101", "n99999999999999999999", "primary",
    ])
    func `a node of another name is no mistake, and is counted`(name: String) throws {
        let decoded = try decode("{:process 0 :type :invoke :f :read :node \"\(name)\"}")
        #expect(decoded.history.events.map(\.node) == [nil])
        #expect(decoded.otherNodes == 1 && decoded.otherNode == name)
    }

    @Test(arguments: ["[1]", "1.5", "true", "{}"])
    func `what names no node is refused`(node: String) throws {
        let error = try #require(throws: HistoryFormatError.self) {
            try decode("{:process 0 :type :invoke :f :read :node \(node)}")
        }
        #expect(error.column == 42 && error.expected.contains("such as \"n1\""), "\(error)")
    }
}
