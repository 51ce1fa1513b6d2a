import Foundation
import HistoryModel
import HistoryStore
import Testing
import WorkloadFiles

/// Runs that are interrupted or killed: they are invalid only by what is certain, and never valid.
@Suite(.serialized) struct `Runs that are cut short` {
    /// Starts a run and signals the harness some seconds after clients were served.
    private func ended(
        _ workload: String, by signal: Int32, after seconds: Double
    ) async throws -> (harness: HarnessProcess, HarnessProcess.Result) {
        // Long enough to be still under load however late the signal comes on a busy machine.
        let harness = try HarnessProcess([
            "check", "--workload", workload, "--nodes", "3", "--time-limit", "20m",
        ])
        try harness.start()
        let isServing = try await harness.waitUntil(seconds: 40) {
            do {
                let file = try harness.run().appending(path: "run.sqlite").path
                return try RunReader.read(file).history.events.contains { $0.type == .ok }
            } catch {
                // There is no such file yet, or it is just being made.
                return false
            }
        }
        #expect(isServing)
        try await Task.sleep(for: .seconds(seconds))
        harness.signal(signal)
        return (harness, try harness.wait())
    }

    @Test(arguments: ["gossip-kv", "g-set", "pn-counter", "broadcast"])
    func `an interrupted run of a store that converges is unknown`(workload: String) async throws {
        let (harness, result) = try await ended(workload, by: SIGTERM, after: 2)
        defer { harness.remove() }
        #expect(result.status == 2, "\(result.messages)\(result.output)")
        #expect(result.output.hasPrefix("UNKNOWN"))
        #expect(result.output.contains("\n  Cut short: "))
        #expect(result.output.contains("faults, no last reads."))
    }

    @Test(arguments: ["gossip-kv", "register"], [1.5, 4])
    func `a killed run is unknown, and what it says of its faults agrees`(
        workload: String, seconds: Double
    ) async throws {
        let (harness, _) = try await ended(workload, by: SIGKILL, after: seconds)
        defer { harness.remove() }
        let file = try harness.run().appending(path: "run.sqlite").path
        let text = try HarnessProcess.run("analyze", file)
        #expect(text.status == 2, "\(text.messages)\(text.output)")
        let json = try HarnessProcess.run("analyze", file, "--format", "json")
        let summary = try RunSummary(json: json.output)
        #expect(!summary.complete)
        #expect(summary.verdict == "unknown")
        #expect(summary.reasons.contains { $0.hasPrefix("Cut short: ") })
        #expect(summary.agreesOnFaults(with: text.output), "\(text.output)")
        let list = try HarnessProcess.run(
            "list", "runs", "--reports", harness.folder.appending(path: "reports").path)
        #expect(list.output.contains("unknown, cut short ("))
        #expect(list.output.contains(" faults), real"))
    }

    @Test(arguments: [
        ("", "no settings"), ("kind: no-such-thing\nsystem: gossip\n", "no-such-thing"),
        ("workload: gossip-kv\nsystem: gossip\n", "kind"), ("{", "not YAML"),
        ("kind: register\nsystem: raft\n", "run.system is gossip"),
    ])
    func `a run file whose configuration can't be read is not judged`(
        configuration: String, complaint: String
    ) async throws {
        try await withRunFile { file in
            let metadata = RunMetadata(
                id: "r", startedAt: "", workload: "gossip-kv", system: "gossip", defects: [],
                nodes: 3, seed: 1, world: RunMetadata.real, command: [],
                configuration: configuration, versions: [:])
            let writer = try RunWriter(creating: file, metadata: metadata)
            try await writer.markFinished()
            try await writer.finish()
            let result = try HarnessProcess.run("analyze", file)
            #expect(result.status == 64, "\(result.messages)\(result.output)")
            #expect(result.messages.contains("run.configuration"))
            #expect(result.messages.contains(complaint))
        }
    }

    private func withRunFile(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "harness-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "run.sqlite").path)
    }
}
