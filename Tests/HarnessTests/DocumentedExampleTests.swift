import Foundation
import Testing

/// The examples of the documentation are run as a reader would run them.
@Suite struct DocumentedExampleTests {
    private struct Example {
        var options: [String]
        var answer: String
        var history = ""
    }

    /// Blocks whose first line is `# OPTIONS: ANSWER`.
    private func examples(in page: String) throws -> [Example] {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/\(page)").standardized
        var examples: [Example] = []
        for line in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n") {
            guard line.hasPrefix("    ") else { continue }
            let text = line.dropFirst(4)
            if text.hasPrefix("# --"), let colon = text.lastIndex(of: ":") {
                let options = text[..<colon].dropFirst(2).split(separator: " ").map(String.init)
                let answer = text[colon...].dropFirst().trimmingPrefix(" ")
                examples.append(Example(options: options, answer: String(answer)))
            } else if !examples.isEmpty {
                examples[examples.count - 1].history += text + "\n"
            }
        }
        return examples
    }

    @Test func `what is said to those who come from Jepsen is so`() throws {
        let statuses: [String: Int32] = ["valid": 0, "invalid": 1, "unknown": 2, "refused": 64]
        let examples = try examples(in: "from-jepsen.md")
        #expect(examples.count > 15)
        for example in examples {
            let harness = try HarnessProcess(["analyze", "history"] + example.options)
            defer { harness.remove() }
            try Data(example.history.utf8).write(to: harness.folder.appending(path: "history"))
            try harness.start()
            let result = try harness.wait()
            let expected = try #require(statuses[example.answer], "\(example)")
            #expect(result.status == expected, "\(example) \(result.output)\(result.messages)")
        }
    }
}
