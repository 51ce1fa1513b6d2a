import ClusterControl
import Foundation
import Testing

@Suite struct UsageTests {
    @Test(arguments: [
        (["--workload", "registr"], "did you mean \"register\"?"),
        (["--workload", "register", "--system", "raff"], "did you mean \"raft\"?"),
        (["--workload", "register", "--faults", "kill-leeder"], "did you mean \"kill-leader\"?"),
        (["--workload", "register", "--defect", "stale-read"], "did you mean \"stale-reads\"?"),
        (["--workload", "register", "--time-limit", "60"], "a length of time such as 60s"),
        (["--workload", "register", "--nodes", "0"], "expected 1 to 99"),
        (["--workload", "register", "--sead", "1"], "Unknown option"),
        (["--workload", "register", "--system", "memory", "--faults", "kill"], "has no faults"),
        (["--workload", "nowhere.yaml"], "can't read the workload file"),
    ])
    func `wrong usage exits with 64 and names what is meant`(
        arguments: [String], message: String
    ) throws {
        let harness = try HarnessProcess(["check"] + arguments)
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 64)
        #expect(result.messages.contains(message), "\(result.messages)")
        #expect(result.output.isEmpty)
    }

    @Test(
        arguments: [
            ["check", "--workload", "register"], ["replay", "--workload", "register"],
            ["shrink", "--workload", "register"], ["explore", "--workload", "register"],
            ["epidemics"],
        ], ["-1", "18446744073709551616", "x"])
    func `a seed that is none is refused with those that there are`(
        command: [String], seed: String
    ) throws {
        let harness = try HarnessProcess(command + ["--seed", seed])
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 64)
        let range = "from 0 to 18446744073709551615, found \"\(seed)\""
        #expect(result.messages.contains(range), "\(result.messages)")
    }

    @Test func `a list of runs names the folder that is not there`() throws {
        for arguments in [["list", "runs"], ["list"]] {
            let harness = try HarnessProcess(arguments + ["--reports", "nowhere"])
            defer { harness.remove() }
            try harness.start()
            let result = try harness.wait()
            #expect(result.status == 64)
            #expect(result.messages.contains("there is no folder nowhere"), "\(result.messages)")
        }
        // The usual folder comes with the first run.
        let first = try HarnessProcess.run("list", "runs")
        #expect(first.status == 0 && first.output.contains("none yet"), "\(first.output)")
    }

    @Test func `the doctor tells once of a folder that can't be written, and what to do`() throws {
        let result = try HarnessProcess.run("doctor", "--reports", "/proc/nowhere")
        #expect(result.status == 70)
        let failures = result.output.split(separator: "\n").filter { $0.hasPrefix("FAIL") }
        #expect(failures.count == 1, "\(result.output)")
        #expect(failures.first?.contains("/proc/nowhere") == true)
        #expect(failures.first?.contains("--reports") == true)
        #expect(result.output.contains("not fit yet"))
        #expect(!result.output.contains("fsync"))
    }

    @Test func `what is no run file and no history is refused with 64`() throws {
        let missing = try HarnessProcess.run("analyze", "nowhere.sqlite")
        #expect(missing.status == 64)
        #expect(missing.messages.contains("no file at nowhere.sqlite"))
        for command in ["analyze", "export"] {
            let folder = try HarnessProcess.run(command, "/usr")
            #expect(folder.status == 64)
            #expect(folder.messages.contains("/usr is a folder"), "\(folder.messages)")
        }
        let foreign = try HarnessProcess.run("analyze", "/usr/bin/env")
        #expect(foreign.status == 64)
        #expect(foreign.messages.contains("expected"))
    }

    @Test func `the list names everything there is`() throws {
        let result = try HarnessProcess.run("list")
        #expect(result.status == 0)
        for name in ["register", "raft", "kill-leader", "linearizability", "no-fsync"] {
            #expect(result.output.contains(name))
        }
    }

    @Test func `a missing node program is named with the places that were looked at`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "harness-alone-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let alone = folder.appending(path: "harness").path
        try FileManager.default.copyItem(atPath: try ProgramSearch.find("harness"), toPath: alone)
        let result = try HarnessProcess.run(
            "check", "--workload", "register", program: alone)
        #expect(result.status == 70)
        #expect(result.messages.contains("raft-node was not found"), "\(result.messages)")
    }
}
