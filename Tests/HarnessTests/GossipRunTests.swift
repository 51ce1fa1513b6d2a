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

        @Test func `a unknownSender who fires rubbish at the nodes changes nothing`() async throws {
            let harness = try HarnessProcess([
                "check", "--workload", "gossip-kv", "--nodes", "3", "--concurrency", "6",
                "--rate", "60", "--time-limit", "5s", "--faults", "none", "--seed", "9",
            ])
            defer { harness.remove() }
            try harness.start()
            let run = try await harness.running(nodes: 3)
            let unknownSender = try UnknownSender()
            defer { unknownSender.stop() }
            let began = SuspendingClock.now
            var sent = 0
            while SuspendingClock.now - began < .seconds(4) {
                for (node, process) in try harness.nodeProcessesByNumber() {
                    for port in try UnknownSender.ports(of: process) {
                        for bytes in UnknownSender.rubbish(for: node) {
                            unknownSender.send(bytes, to: port)
                            sent += 1
                        }
                    }
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            let result = try harness.wait()
            #expect(result.status == 0, "\(result.messages)\n\(result.output)")
            #expect(sent > 500)
            let record = try RunReader.read(run.appending(path: "run.sqlite").path)
            let refusals = record.traces.filter { $0.name == "refused" }.compactMap(\.detail)
            for reason in ["undecodable", "version-beyond-bound n"] {
                #expect(refusals.contains { $0.hasPrefix(reason) }, "\(Set(refusals))")
            }
            for node in 1...3 {
                let log = try harness.log(of: node, in: run)
                let lines = log.split(separator: "\n").filter {
                    $0.contains("refused what came in")
                }
                #expect(lines.allSatisfy { $0.contains("run.seconds=") }, "\(lines)")
                // The run lasts for some seconds, and a node speaks of it once in each.
                #expect((1...15).contains(lines.count), "\(lines.count) lines")
                let counts = lines.compactMap { line in
                    line.split(separator: " ").first { $0.hasPrefix("refused=") }
                        .flatMap { Int($0.dropFirst("refused=".count)) }
                }
                #expect((counts.max() ?? 0) > 100, "\(lines)")
            }
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
