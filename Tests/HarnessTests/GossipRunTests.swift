import Foundation
import HistoryModel
import HistoryStore
import Testing

extension RunTests {
    /// Runs of the gossip store with real processes.
    @Suite(.serialized) struct `Gossip` {
        @Test func `a gossip store under faults agrees in the end, and the faults are proven`()
            throws
        {
            let harness = try HarnessProcess([
                "check", "--workload", "gossip-kv", "--nodes", "4", "--concurrency", "8",
                "--time-limit", "13s", "--faults", "partition-one-way,kill-minority,wipe-one",
                "--seed", "5",
            ])
            defer { harness.remove() }
            try harness.start()
            let result = try harness.wait()
            #expect(result.status == 0, "\(result.messages)\n\(result.output)")
            let run = try harness.run()
            let record = try RunReader.read(run.appending(path: "run.sqlite").path)
            #expect(record.finished)
            #expect(record.faults.count >= 2)
            for name in ["written", "applied", "state", "member"] {
                #expect(record.traces.contains { $0.name == name }, "no \(name)")
            }
            #expect(record.traces.contains { $0.name == "unreadable" } == false)
            #expect(try harness.nodeProcesses().isEmpty)
        }

        @Test func `a killed harness leaves no gossip node`() async throws {
            let harness = try HarnessProcess([
                "check", "--workload", "gossip-kv", "--nodes", "3", "--concurrency", "3",
                "--time-limit", "60s", "--faults", "pause-one",
            ])
            defer { harness.remove() }
            try harness.start()
            #expect(
                try await harness.waitUntil(seconds: 20) {
                    try harness.nodeProcesses().count == 3
                })
            harness.signal(SIGKILL)
            #expect(
                try await harness.waitUntil(seconds: 10) { try harness.nodeProcesses().isEmpty })
            _ = try harness.wait()
        }
    }
}
