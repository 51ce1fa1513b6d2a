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
}
