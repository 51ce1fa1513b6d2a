import Foundation
import Testing

/// Habits that a reader of the code can rely on; each failure says what to do instead.
@Suite struct TidyTests {
    private static let pure = [
        "Vocabulary", "HistoryModel", "Checkers", "Faults", "Workloads", "Shrinking", "Interpreter",
        "Objects", "ObjectBinding", "RaftCore", "RaftBinding", "GossipCore", "GossipBinding",
        "Epidemics", "Simulator",
        "Exploration",
        "Conformance",
    ]

    @Test func `files are short`() throws {
        for (folder, limit) in [("Sources", 500), ("Tests", 600)] {
            let files = try Repository.swiftFiles(in: folder)
            #expect(files.count > 10, "no files found in \(folder)")
            for file in files {
                #expect(
                    file.lines.count <= limit,
                    "\(file.path) has \(file.lines.count) lines; split it by concept")
            }
        }
    }

    @Test func `functions fit a screen`() throws {
        for file in try Repository.swiftFiles(in: "Sources") {
            var start: (line: Int, indent: Int)?
            for (number, line) in file.lines.enumerated() {
                let indent = line.prefix { $0 == " " }.count
                // Less deep than its beginning: what a protocol asks for has no body.
                if let open = start, !line.isEmpty, indent < open.indent { start = nil }
                if let open = start,
                    line.hasPrefix(String(repeating: " ", count: open.indent) + "}")
                {
                    #expect(
                        number - open.line <= 70,
                        "\(file.path):\(open.line + 1) is a long function; give its parts names")
                    start = nil
                }
                let words = line.split(separator: " ")
                if start == nil, words.contains("func") || words.first?.hasPrefix("init(") == true,
                    !line.contains("//")
                {
                    start = (number, indent)
                }
            }
        }
    }

    @Test func `what decides reads no clock, draws no chance and acts on nothing`() throws {
        let banned: [(text: String, instead: String)] = [
            ("import Foundation", "the standard library and Vocabulary"),
            ("import NIO", "effects that a shell carries out"),
            ("import Logging", "trace events"),
            ("import Glibc", "effects that a shell carries out"),
            ("Date()", "the `now` that is passed in"),
            ("Clock()", "the `now` that is passed in"),
            (".random()", "a draw from a RandomStream"),
            ("SystemRandomNumberGenerator", "a RandomStream"),
            (".shuffled()", "shuffled(using:)"),
            (".randomElement()", "randomElement(using:)"),
            ("Task {", "an effect"),
            ("async ", "an effect"),
            (".hashValue", "a hash that is the same in every process"),
            ("Hasher()", "a hash that is the same in every process"),
        ]
        for file in try Repository.swiftFiles(in: "Sources") where Self.pure.contains(file.target) {
            for (number, line) in file.lines.enumerated() where !line.isComment {
                for (text, instead) in banned where line.contains(text) {
                    Issue.record("\(file.path):\(number + 1): `\(text)`; use \(instead)")
                }
            }
        }
    }

    /// Catches what can be seen in one file: a name declared as a set or dictionary, walked through
    /// without being sorted.
    @Test func `no decision hangs on the order of a hash table`() throws {
        let declared =
            /\b(?:var|let) (\w+)(?:: (?:Set<|\[\w[^\[\]()]*: )|(?:: \S+)? = (?:Set\(|Set<|Dictionary\(|\[:\]))/
        for file in try Repository.swiftFiles(in: "Sources") where Self.pure.contains(file.target) {
            let names = Set(file.lines.flatMap { $0.matches(of: declared).map(\.1) })
            for (number, line) in file.lines.enumerated() where !line.isComment {
                let isSorted =
                    line.contains("sorted") || line.contains(".min") || line.contains(".max")
                let isExplained = file.lines[max(0, number - 2)...number].contains {
                    $0.isComment && $0.contains("order")
                }
                guard !isSorted, !isExplained else { continue }
                for name in names where line.contains(" in \(name) ") && line.contains("for ") {
                    let place: String = "\(file.path):\(number + 1)"
                    Issue.record(
                        "\(place): `\(name)` has no order; sort it, or say above why that is no matter"
                    )
                }
            }
        }
    }

    @Test func `nothing is forced, silenced or left for later`() throws {
        let banned: [(text: String, instead: String)] = [
            ("try!", "a typed error"),
            ("fatalError(", "a typed error"),
            ("as!", "`as?` and an error"),
            ("DispatchQueue", "an actor or an event loop"),
            ("TODO", "do it, or say plainly what is missing"),
            ("FIXME", "mend it"),
        ]
        for file in try Repository.swiftFiles(in: "Sources") {
            for (number, line) in file.lines.enumerated() {
                for (text, instead) in banned where line.contains(text) {
                    Issue.record("\(file.path):\(number + 1): `\(text)`; use \(instead)")
                }
            }
        }
    }

    @Test func `an unchecked promise to the compiler is proved in a comment above it`() throws {
        for file in try Repository.swiftFiles(in: "Sources") {
            for (number, line) in file.lines.enumerated()
            where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
                let above = number > 0 && file.lines[number - 1].isComment
                #expect(above, "\(file.path):\(number + 1): say above why this is safe")
            }
        }
    }

    @Test func `names say what a thing is for`() throws {
        let banned = ["Utils", "Utilities", "Helper", "Common", "Manager", "Base"]
        for file in try Repository.swiftFiles(in: "Sources") {
            let name = file.path.split(separator: "/").last ?? ""
            for word in banned where name.contains(word) {
                Issue.record("\(file.path): \"\(word)\" says nothing; name the concept")
            }
        }
    }

    @Test func `scripts stop at the first error`() throws {
        for name in ["bootstrap", "harness", "test", "lint", "install", "bench"] {
            let url = Repository.root.appending(path: "Scripts/\(name)")
            let text = try String(contentsOf: url, encoding: .utf8)
            #expect(text.contains("set -euo pipefail"), "Scripts/\(name): add set -euo pipefail")
        }
    }
}

extension String {
    fileprivate var isComment: Bool { drop { $0 == " " }.hasPrefix("//") }
}
