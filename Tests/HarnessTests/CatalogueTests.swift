import Foundation
import Testing

/// What there is to choose from, and the workloads of all objects, as a user meets them.
@Suite(.serialized) struct `Catalogues` {
    private static let objects = ["append", "counter", "lock", "queue", "set", "unique-ids"]

    @Test func `the documentation lists what the program lists`() throws {
        let listed = try HarnessProcess.run("list", "--format", "markdown")
        #expect(listed.status == 0)
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "docs/catalogues.md"), encoding: .utf8)
        #expect(
            page.hasSuffix(listed.output),
            "write it anew: harness list --format markdown, below the first lines of the page")
        #expect(listed.output.contains("| `fenced-lock` |"))
        #expect(listed.output.contains("| `invariants` | raft: "))
    }

    @Test func `a list that there is not is refused with the nearest`() throws {
        let result = try HarnessProcess.run("list", "fault")
        #expect(result.status == 64)
        #expect(result.messages.contains("did you mean \"faults\"?"))
    }

    @Test(arguments: objects)
    func `objects in memory keep their promise`(workload: String) throws {
        let result = try HarnessProcess.run(
            "check", "--workload", workload, "--system", "memory", "--time-limit", "300ms",
            "--rate", "2000")
        #expect(result.status == 0, "\(result.messages)\(result.output)")
    }

    @Test(arguments: objects)
    func `objects on Raft keep their promise in the simulated world`(workload: String) throws {
        let result = try HarnessProcess.run(
            "check", "--workload", workload, "--simulate", "--seed", "1", "--time-limit", "8s")
        #expect(result.status == 0, "\(result.messages)\(result.output)")
    }

    @Test(arguments: [
        "append-read-modify-write", "counter-no-sessions", "lock-local-tokens",
        "queue-no-sessions", "set-stale-reads", "unique-ids-unlogged",
    ])
    func `a workload of an object finds a known bug of it`(workload: String) throws {
        let result = try HarnessProcess.run(
            "explore", "--workload", workload, "--seeds", "20", "--seed", "1", "--time-limit",
            "10s")
        #expect(result.status == 1, "\(result.messages)\(result.output)")
    }

    @Test func `processes serve a queue`() throws {
        let result = try HarnessProcess.run(
            "check", "--workload", "queue", "--nodes", "3", "--faults", "none", "--time-limit",
            "2s")
        #expect(result.status == 0, "\(result.messages)\(result.output)")
        #expect(result.output.contains("total-queue"))
    }

    @Test func `a workload that a system's clients can't do is refused with what they can`() throws
    {
        let result = try HarnessProcess.run(
            "check", "--workload", "queue", "--system", "gossip", "--time-limit", "1s")
        #expect(result.status == 64)
        #expect(
            result.messages.contains(
                "queue needs enqueue, dequeue of a queue; the clients of gossip have add, read of a "
                    + "counter; read, write, delete of a key-value; add, read of a set"))
        #expect(result.messages.contains("choose --system raft or memory"))
    }
}
