import Foundation
import HistoryModel
import HistoryStore
import Testing
import Vocabulary

@Suite struct SimulationTests {
    private func explored(_ arguments: [String]) throws -> [String: Any] {
        let harness = try HarnessProcess(
            ["explore", "--workload", "register", "--format", "json"] + arguments)
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any], "\(result.messages)")
    }

    /// Everything that an exploration says, but for how long it took and where it is kept.
    private func repeatable(_ object: [String: Any]) throws -> String {
        var object = object
        object["wall_seconds"] = nil
        object["folder"] = nil
        var violations = object["violations"] as? [[String: Any]] ?? []
        for place in violations.indices { violations[place]["report"] = nil }
        object["violations"] = violations
        let data = try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
        return String(decoding: data, as: UTF8.self)
    }

    @Test func `violations are the same in two processes, word for word`() throws {
        let arguments = [
            "--defect", "no-fsync", "--seeds", "1-20", "--time-limit", "3s", "--keep-going",
        ]
        let one = try explored(arguments + ["--jobs", "1"])
        let other = try explored(arguments + ["--jobs", "2"])
        #expect((one["violations"] as? [Any])?.isEmpty == false)
        #expect(try repeatable(one) == repeatable(other))
    }

    @Test func `200 seeds come to the same traces in two processes, however many run at a time`()
        throws
    {
        let seeds = ["--seeds", "1-200", "--time-limit", "1500ms"]
        let one = try explored(seeds + ["--jobs", "1"])
        let other = try explored(seeds + ["--jobs", "3"])
        #expect(one["seeds"] as? Int == 200)
        #expect(one["verdict"] as? String == "valid")
        #expect(try repeatable(one) == repeatable(other))
        let less = try explored(["--seeds", "1-199", seeds[2], seeds[3]])
        #expect(one["trace_hash"] as? String != less["trace_hash"] as? String)
    }

    @Test func `a violation is found, repeated bit for bit, and cut down`() throws {
        let explore = try HarnessProcess(
            [
                "explore", "--workload", "register", "--defect", "no-fsync", "--seed", "1",
                "--time-limit", "4s", "--seeds", "100",
            ])
        defer { explore.remove() }
        try explore.start()
        let found = try explore.wait()
        #expect(found.status == 1)
        #expect(found.output.hasPrefix("INVALID"), "\(found.output)")
        let folder = try explore.run()
        let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let name = try #require(runs.first { $0.hasPrefix("seed-") && !$0.hasSuffix(".yaml") })
        let run = folder.appending(path: name).path

        let replay = try HarnessProcess.run("replay", run, "--times", "2")
        #expect(replay.status == 1)
        #expect(replay.messages.contains("as recorded"), "\(replay.messages)")

        let shrink = try HarnessProcess(["shrink", run, "--for", "20s"])
        defer { shrink.remove() }
        try shrink.start()
        let shrunk = try shrink.wait()
        #expect(shrunk.status == 1, "\(shrunk.messages)")
        let smallest = try shrink.run()
        let scenario = smallest.appending(path: "scenario.yaml").path
        let again = try HarnessProcess.run("check", "--simulate", "--workload", scenario)
        #expect(again.status == 1, "\(again.output)")
        let record = try RunReader.read(smallest.appending(path: "run.sqlite").path)
        #expect(record.faults.count <= 8)
        #expect(
            FileManager.default.fileExists(atPath: smallest.appending(path: "report.html").path))
    }

    @Test func `a simulated run tells its trace hash, and a forged one is found out`() async throws
    {
        let check = try HarnessProcess(
            [
                "check", "--workload", "register", "--simulate", "--seed", "7", "--time-limit",
                "3s",
                "--rate", "50", "--format", "json",
            ])
        defer { check.remove() }
        try check.start()
        let result = try check.wait()
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("\"trace_hash\""))
        let run = try check.run()
        let database = run.appending(path: "run.sqlite").path
        var forged = try RunReader.read(database)
        var metadata = try #require(forged.metadata)
        metadata.traceHash = "00"
        var events = forged.history.events
        events[9].time = events[9].time + 1
        forged.history = History(events: events)
        try FileManager.default.removeItem(atPath: database)
        try await RunWriter.store(forged, metadata: metadata, at: database)
        let replay = try HarnessProcess.run("replay", run.path)
        #expect(replay.status == 70)
        #expect(replay.messages.contains("NOT REPEATED"), "\(replay.messages)")
        #expect(replay.messages.contains("the first difference is event 9"), "\(replay.messages)")
    }

    @Test(arguments: [
        (["explore", "--workload", "register", "--seeds", ""], "--seeds"),
        (["explore", "--workload", "register", "--seeds", "3,,4"], "--seeds"),
        (["explore", "--workload", "register", "--seeds", "9-3"], "--seeds"),
        (["explore", "--workload", "register", "--seeds", "0"], "--seeds"),
        (["explore", "--workload", "register", "--shard", "3/2"], "--shard"),
        (["explore", "--workload", "register", "--jobs", "0"], "--jobs"),
        (["explore", "--workload", "register", "--for", "10"], "--for"),
        (["explore", "--workload", "register", "--system", "memory"], "no simulated form"),
        (["check", "--workload", "register", "--simulate", "--system", "memory"], "no simulated"),
        (["replay"], "give either a run or --seed"),
        (["replay", "--seed", "3"], "--seed needs --workload"),
        (["replay", "nowhere"], "nowhere"),
        (["shrink", "/usr/bin/env"], "not an SQLite file"),
        (["shrink", "--workload", "register", "--seed", "1", "--needed", "9"], "--needed"),
    ])
    func `wrong usage exits with 64`(arguments: [String], message: String) throws {
        let harness = try HarnessProcess(arguments)
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 64)
        #expect(result.messages.contains(message), "\(result.messages)")
    }

    @Test func `a sound store is not accused where nodes leave and lose their disks`() throws {
        // Of these seeds two have nodes that lost their stores between two deletions of a key.
        let explore = try HarnessProcess(
            ["explore", "--workload", "churn", "--seeds", "25", "--seed", "77", "--keep-going"])
        defer { explore.remove() }
        try explore.start()
        let result = try explore.wait()
        #expect(result.status == 0, "\(result.messages)\(result.output)")
    }

    @Test func `an exploration that is interrupted keeps what it has`() async throws {
        let explore = try HarnessProcess(
            ["explore", "--workload", "register", "--seeds", "1000000", "--time-limit", "2s"])
        defer { explore.remove() }
        try explore.start()
        try await Task.sleep(for: .seconds(3))
        explore.signal(SIGINT)
        let result = try explore.wait()
        #expect(result.status == 2, "\(result.messages)")
        #expect(result.output.hasPrefix("UNKNOWN"), "\(result.messages)")
        #expect(result.output.contains("interrupted"), "\(result.messages)")
        let folder = try explore.run()
        #expect(
            FileManager.default.fileExists(atPath: folder.appending(path: "explore.json").path))
    }
}
