import Foundation
import Testing
import Workloads

@testable import WorkloadFiles

/// Workload files that stand for more than they are.
@Suite struct WorkloadTextTests {
    private func message(_ text: String) -> String {
        let error = #expect(throws: WorkloadFileError.self) {
            try WorkloadFile.parse(text, name: "w", path: "w.yaml")
        }
        return error?.description ?? ""
    }

    /// Lists of ten, each of the ten before.
    private func bomb(levels: Int, each: Int) -> String {
        var text = "&a0 [1, 1, 1]"
        for level in 1...levels {
            let names = Array(repeating: "*a\(level - 1)", count: each).joined(separator: ", ")
            text += ", &a\(level) [\(names)]"
        }
        return text
    }

    @Test func `many aliases are refused before anything is made of them`() {
        let bomb = bomb(levels: 9, each: 10)
        #expect(message("operations: [\(bomb), {*a9 : 1}]").contains("91 aliases"))
        #expect(message("operations: [\(bomb)]").contains("at most"))
    }

    @Test func `what a few aliases come to is counted before it is used`() {
        let long = String(repeating: "x", count: 150_000)
        let text =
            "description: &d \(long)\noperations: [&a [*d, *d, *d, *d, *d], "
            + "&b [*a, *a, *a, *a, *a], &c [*b, *b, *b, *b, *b]]"
        #expect(message(text).contains("with all aliases written out"))
    }

    @Test func `lists in each other are refused beyond a depth`() {
        let nested = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
        #expect(message("operations: \(nested)").contains("no more than 64"))
    }

    @Test func `a file that is too long is refused`() {
        let text = "description: " + String(repeating: "x", count: 17 << 20)
        #expect(message(text).contains("at most"))
    }

    @Test func `an alias and words with stars are read`() throws {
        let text = "description: 2 * 3 and *this* are no bomb\nelection-timeout: &t [1s, 2s]\n"
        let configuration = try WorkloadFile.parse(text, name: "w", path: "w.yaml")
        #expect(configuration.description.contains("*this*") == true)
    }

    @Test(arguments: ["pipe.yaml", "folder.yaml", "/dev/zero"])
    func `what is no file is not waited for`(name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "workload-text-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "folder.yaml"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(mkfifo(folder.appending(path: "pipe.yaml").path, 0o600) == 0)
        let path = name.hasPrefix("/") ? name : folder.appending(path: name).path
        let error = #expect(throws: WorkloadFileError.self) { try WorkloadFile.read(path) }
        #expect(error?.description.contains(name == "folder.yaml" ? "folder" : "device") == true)
    }
}
