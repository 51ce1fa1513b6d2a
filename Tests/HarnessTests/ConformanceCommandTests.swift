import Foundation
import Testing

@Suite struct `The command conformance` {
    @Test func `ends with how many of its statements are as expected`() throws {
        let result = try HarnessProcess.run("conformance", "gossip")
        #expect(result.status == 0, "\(result.messages)\(result.output)")
        let lines = result.output.split(separator: "\n")
        let count = lines.count { $0.hasPrefix("as expected: ") }
        #expect(count > 5)
        #expect(lines.last == "\(count) of \(count) statements as expected")
    }

    @Test func `names the protocols that it knows when asked for another`() throws {
        let result = try HarnessProcess.run("conformance", "paxos")
        #expect(result.status == 64)
        #expect(result.messages.contains("raft") && result.messages.contains("gossip"))
    }

    @Test func `shows all protocols if none is named, and ends with the total`() throws {
        let result = try HarnessProcess.run("conformance")
        #expect(result.status == 0, "\(result.messages)\(result.output)")
        let lines = result.output.split(separator: "\n")
        let count = lines.count { $0.hasPrefix("as expected: ") }
        #expect(count > 30)
        #expect(lines.last == "\(count) of \(count) statements as expected")
        for name in ["raft", "gossip"] {
            #expect(lines.contains { $0.hasPrefix("\(name): ") }, "no sum for \(name)")
        }
    }
}
