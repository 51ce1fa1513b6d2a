import Foundation
import HistoryModel
import HistoryStore
import Testing

/// Whole runs with real processes; one at a time, since each wants the machine for itself.
@Suite(.serialized) struct RunTests {
    private struct Summary: Decodable {
        struct Operations: Decodable { var invoked, ok, fail, info: Int }
        struct Fault: Decodable {
            var kind: String
            var touched: Int
            var proven_applied: Bool
            var proven_healed: Bool
        }
        var verdict: Verdict
        var reasons: [String]
        var operations: Operations
        var faults: [Fault]
        var report: String
        var database: String
    }

    @Test func `a run in memory prints one JSON object and is valid`() throws {
        let harness = try HarnessProcess([
            "check", "--workload", "register", "--system", "memory", "--time-limit", "1s",
            "--format", "json",
        ])
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 0, "\(result.messages)")
        let summary = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8))
        #expect(summary.verdict == .valid)
        let counts = summary.operations
        #expect(counts.ok > 1_000)
        #expect(counts.invoked == counts.ok + counts.fail + counts.info)
    }

    @Test func `a Raft cluster under faults is linearizable, and the faults are proven`() throws {
        let harness = try HarnessProcess([
            "check", "--workload", "register", "--nodes", "3", "--time-limit", "14s",
            "--faults", "partition-leader,kill-all,pause-leader", "--seed", "3", "--format",
            "json",
        ])
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 0, "\(result.messages)\n\(result.output)")
        let summary = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8))
        #expect(Set(summary.faults.map(\.kind)).count == 3)
        #expect(summary.faults.allSatisfy { $0.proven_applied && $0.proven_healed })
        #expect(summary.faults.allSatisfy { $0.touched > 0 })
        let folder = harness.folder.path
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(summary.report)"))
        let record = try RunReader.read("\(folder)/\(summary.database)")
        #expect(record.finished)
        #expect(record.traces.contains { $0.name == "leader" })
        #expect(try harness.nodeProcesses().isEmpty)
    }

    @Test func `each line of a node's log has the second of the run`() throws {
        let harness = try HarnessProcess([
            "check", "--workload", "register", "--nodes", "3", "--concurrency", "3", "--time-limit",
            "2s", "--faults", "none", "--seed", "3",
        ])
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 0, "\(result.messages)\n\(result.output)")
        for node in 1...3 {
            let lines = try harness.log(of: node, in: harness.run()).split(separator: "\n")
            let seconds = lines.compactMap { line in
                line.firstMatch(of: /run\.seconds=(-?[0-9]+\.[0-9]+)/).flatMap { Double($0.1) }
            }
            #expect(!lines.isEmpty && seconds.count == lines.count, "\(lines)")
            #expect(seconds == seconds.sorted())
            // The run begins before its nodes do, and a busy machine takes its time.
            #expect(seconds.allSatisfy { (-60...60).contains($0) }, "\(seconds)")
        }
    }

    @Test func `a lost sync is found`() throws {
        let result = try HarnessProcess.run(
            "check", "--workload", "register", "--nodes", "3", "--time-limit", "16s", "--faults",
            "kill-all", "--defect", "no-fsync", "--seed", "1")
        #expect(result.status == 1, "\(result.output)")
        #expect(result.output.hasPrefix("INVALID"))
        #expect(result.output.contains("Counterexample"))
    }

    @Test func `a killed harness leaves no node, and its file can be judged`() async throws {
        let harness = try HarnessProcess([
            "check", "--workload", "register", "--nodes", "3", "--time-limit", "30s", "--faults",
            "pause-one",
        ])
        defer { harness.remove() }
        try harness.start()
        // Until a node stands still, so that the hardest case is the one that is tried.
        let paused = try await harness.waitUntil(seconds: 40) {
            try harness.nodeProcesses().contains { process in
                let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
                return stat?.split(separator: ")").last?.hasPrefix(" T") == true
            }
        }
        #expect(paused)
        harness.signal(SIGKILL)
        let gone = try await harness.waitUntil(seconds: 5) {
            try harness.nodeProcesses().isEmpty
        }
        #expect(gone)
        _ = try harness.wait()
        let database = try harness.run().appending(path: "run.sqlite").path
        let result = try HarnessProcess.run("analyze", database, "--format", "json")
        #expect([0, 2].contains(result.status), "\(result.messages)")
        let summary = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8))
        #expect(summary.operations.ok > 0)
    }

    @Test func `an interruption heals, stops and judges`() async throws {
        let harness = try HarnessProcess([
            "check", "--workload", "register", "--nodes", "3", "--time-limit", "20m", "--faults",
            "none",
        ])
        defer { harness.remove() }
        try harness.start()
        let running = try await harness.waitUntil(seconds: 40) {
            try harness.nodeProcesses().count == 3
        }
        #expect(running)
        try await Task.sleep(for: .seconds(3))
        harness.signal(SIGINT)
        let result = try harness.wait()
        #expect(result.status == 2, "\(result.messages)\(result.output)")
        #expect(result.messages.contains("stopping"))
        #expect(result.output.contains("Cut short: no last reads."))
        let record = try RunReader.read(try harness.run().appending(path: "run.sqlite").path)
        #expect(!record.finished)
        #expect(try harness.nodeProcesses().isEmpty)
    }
}
