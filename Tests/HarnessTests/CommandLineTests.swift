import Foundation
import HistoryModel
import HistoryStore
import Testing

/// What users type, and what they are told.
@Suite struct `The command line` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: [["list", "faults"], ["--version"], ["--help"], ["check", "--help"]])
    func `output that can't be written is a failure`(arguments: [String]) throws {
        let harness = try HarnessProcess(arguments, output: "/dev/full")
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 70)
        #expect(result.messages.contains("No space left on device"))
    }

    @Test(arguments: [
        (["--faults", "none", "--faults", "kill"], "--faults is given twice"),
        (["--seed=1", "--seed", "2"], "--seed is given twice"),
        (["-w", "register", "--seed", "1"], "--workload is given twice"),
        (["--faults", "kill,,pause"], "found \"kill,,pause\""),
        (["--faults", "churn"], "the system raft has only the faults partition, kill, pause"),
        (["--faults", "partition-bridge", "--nodes", "2"], "needs at least"),
    ])
    func `options that contradict each other or can't be are refused`(
        options: [String], complaint: String
    ) throws {
        let harness = try HarnessProcess(["check", "--workload", "register"] + options)
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 64)
        #expect(result.messages.contains(complaint), "\(result.messages)")
    }

    @Test(arguments: [
        ("wipe-one", "the system raft has only the faults partition, kill, pause"),
        ("partition-bridge", "needs at least"),
    ])
    func `a schedule with faults that the system can't have is refused`(
        kind: String, complaint: String
    ) throws {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "harness-workload-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("nodes: 2\nschedule:\n  - {kind: \(kind), start: 1s}\n".utf8).write(to: file)
        for arguments in [["check", "--workload", file.path], ["replay", file.path]] {
            let harness = try HarnessProcess(arguments)
            defer { harness.remove() }
            try harness.start()
            let result = try harness.wait()
            #expect(result.status == 64)
            #expect(result.messages.contains("schedule: \(kind): "), "\(result.messages)")
            #expect(result.messages.contains(complaint), "\(result.messages)")
        }
    }

    @Test func `a folder is not taken for a workload`() throws {
        let result = try HarnessProcess.run("check", "--workload", "./")
        #expect(result.status == 64)
        #expect(result.messages.contains("it is a folder"))
    }

    @Test(arguments: ["\u{1B}[31m", "\u{9B}31m", "\u{202E}"])
    func `what was typed can't drive the terminal`(text: String) throws {
        for arguments in [
            ["\(text)x"], ["check", "--workload", "\(text)x"], ["analyze", "\(text)x"],
        ] {
            let harness = try HarnessProcess(arguments)
            defer { harness.remove() }
            try harness.start()
            let result = try harness.wait()
            #expect(result.status == 64)
            #expect(!result.messages.contains(text))
            #expect(result.messages.contains("\\u"))
        }
    }

    @Test(arguments: ["\u{9B}31m", "\u{202E}", "\u{1B}[31m"])
    func `a history can't drive the terminal by way of JSON`(text: String) throws {
        let harness = try HarnessProcess(
            ["analyze", "-", "--format", "json", "--model", "register"],
            input: Data(
                """
                {"process": 0, "type": "invoke", "f": "read", "value": null}
                {"process": 0, "type": "ok", "f": "read", "value": "\(text)"}
                """.replacing("\u{1B}", with: "\\u001b").utf8))
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 1)
        #expect(!result.output.contains(text))
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        // What JSON escapes anyway stands in the reasons as the history has it.
        #expect("\(object)".contains(text) || text.hasPrefix("\u{1B}"))
    }

    @Test func `measures that are figures are numbers in JSON as well`() throws {
        let harness = try HarnessProcess(
            ["analyze", "-", "--format", "json", "--model", "register"],
            input: Data(
                """
                {"process": 0, "type": "invoke", "f": "write", "value": 1}
                {"process": 0, "type": "ok", "f": "write", "value": 1}
                """.utf8))
        defer { harness.remove() }
        try harness.start()
        // Measures without a unit are plain numbers, of which `stats` has none.
        let output = try JSONSerialization.jsonObject(with: Data(try harness.wait().output.utf8))
        let checkers = try #require((output as? [String: Any])?["checkers"] as? [String: Any])
        let stats = try #require(checkers["stats"] as? [String: Any])
        #expect((stats["measures"] as? [String: String])?["write"] == "1 ok, 0 fail, 0 info")
        let write = (stats["numbers"] as? [String: [String: Double]])?["write"]
        #expect(write == ["ok": 1, "fail": 0, "info": 0])
    }

    @Test func `a run's folder does where its file does`() async throws {
        let harness = try HarnessProcess([
            "check", "--workload", "register", "--simulate", "--seed", "3", "--time-limit", "2s",
        ])
        defer { harness.remove() }
        try harness.start()
        #expect(try harness.wait().status == 0)
        let folder = try harness.run().path
        for path in [folder, folder + "/", folder + "/run.sqlite"] {
            #expect(try HarnessProcess.run("analyze", path).status == 0)
            let exported = try HarnessProcess.run("export", path, "--to", "json-lines")
            #expect(exported.status == 0)
            #expect(exported.output.hasPrefix("{"))
            let shrunk = try HarnessProcess.run("shrink", path)
            #expect(shrunk.status == 0)
            #expect(shrunk.messages.contains("was VALID when it was recorded"))
            let replayed = try HarnessProcess.run("replay", path, "--world", "real")
            #expect(replayed.status == 0)
            #expect(replayed.messages.contains("was VALID when it was recorded"))
        }
    }

    @Test func `another promise than the run's own does not take the place of its verdict`()
        async throws
    {
        let harness = try HarnessProcess([
            "check", "--workload", "register", "--simulate", "--seed", "3", "--time-limit", "1s",
        ])
        defer { harness.remove() }
        try harness.start()
        #expect(try harness.wait().status == 0)
        let folder = try harness.run().path
        let judged = try RunReader.read("\(folder)/run.sqlite").results
        let page = try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8)
        for options in [["--initial", "5"], ["--model", "queue"], ["--checker", "set-full"]] {
            let other = try HarnessProcess(["analyze", folder] + options)
            defer { other.remove() }
            try other.start()
            let result = try other.wait()
            #expect(result.status != 0)
            #expect(result.output.contains("another promise"), "\(result.output)")
            #expect(try RunReader.read("\(folder)/run.sqlite").results == judged)
            #expect(try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8) == page)
        }
        for option in ["--keyed", "--lenient", "--from=edn"] {
            for command in ["analyze", "export"] {
                let refused = try HarnessProcess.run(command, folder, option)
                #expect(refused.status == 64)
                #expect(refused.messages.contains("for histories from elsewhere"))
            }
        }
    }

    @Test func `what is printed begins with what the user called`() throws {
        let missing = try HarnessProcess.run(
            "analyze", "none", environment: ["HARNESS_INVOKED_AS": "../my tools/harness"])
        #expect(missing.messages.contains("'../my tools/harness' list runs"))
        let harness = try HarnessProcess(
            ["check", "-w", "register", "--simulate", "--seed", "3", "--time-limit", "1s"],
            environment: ["HARNESS_INVOKED_AS": "Scripts/harness"])
        defer { harness.remove() }
        try harness.start()
        #expect(
            try harness.wait().output.contains(
                "Scripts/harness check -w register --simulate --seed 3 --time-limit 1s"))
    }

    @Test func `workloads that find a known bug are found by name`() throws {
        let harness = try HarnessProcess([
            "explore", "--workload", "rumor-only", "--seeds", "1",
        ])
        defer { harness.remove() }
        try harness.start()
        #expect(try harness.wait().status != 64)
    }

    @Test func `the script works through a link and from anywhere`() throws {
        let link = FileManager.default.temporaryDirectory.appending(
            path: "harness-link-\(UUID().uuidString)")
        try FileManager.default.createSymbolicLink(
            at: link, withDestinationURL: Self.root.appending(path: "Scripts/bootstrap"))
        defer { try? FileManager.default.removeItem(at: link) }
        // A name that it does not know: it says so only once it has found its folder.
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let result = try HarnessProcess.run(
            "nothing", program: link.path, environment: ["PATH": path])
        #expect(result.status == 64)
    }

    @Test func `a name with control characters is refused in a workload file`() throws {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "harness-workload-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        for name in [#""a\0b""#, #""a\eb""#, #""a\u202eb""#] {
            try Data("workload: \(name)\n".utf8).write(to: file)
            let result = try HarnessProcess.run("check", "--workload", file.path)
            #expect(result.status == 64)
            #expect(result.messages.contains("no control characters"), "\(result.messages)")
        }
    }

    @Test func `a locked run file is told as such`() throws {
        let locked = RunStoreError.notWritten(path: "run.sqlite", reason: "database is locked")
        #expect(locked.description.contains("another program has it open"))
        let full = RunStoreError.notWritten(path: "run.sqlite", reason: "disk is full")
        #expect(full.description.contains("free some space"))
    }
}
