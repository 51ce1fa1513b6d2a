import Faults
import Foundation
import Testing
import Vocabulary
import WorkloadFiles
import Workloads

@Suite struct WorkloadFileTests {
    private func parse(_ text: String) throws(WorkloadFileError) -> RunConfiguration {
        try WorkloadFile.parse(text, name: "test", path: "test.yaml")
    }

    private func complaint(_ text: String) -> WorkloadFileError? {
        do {
            _ = try parse(text)
            return nil
        } catch { return error }
    }

    @Test func `what is not said keeps its default, but a file that says nothing is refused`()
        throws
    {
        #expect(try parse("{}") == RunConfiguration(workload: "test"))
        for text in ["", "\n", "# nothing\n"] {
            #expect(complaint(text) == .empty(path: "test.yaml"))
            #expect(complaint(text)?.description.hasPrefix("no settings in test.yaml") == true)
        }
    }

    @Test func `seed 0 is a seed, and no seed is none`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "workload-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (text, seed) in [("seed: 0", 0), ("seed: 7", 7), ("nodes: 3", nil)] as [(_, UInt64?)] {
            try text.write(to: folder, atomically: true, encoding: .utf8)
            #expect(try WorkloadFile.readWithSeed(folder.path).seed == seed)
        }
    }

    @Test func `faults out of order are put into order`() throws {
        let schedule = try parse(
            """
            schedule:
              - {kind: kill-one, start: 9s}
              - {kind: kill-all, start: 3s}
              - {kind: pause-one, start: 9s}
            """
        ).schedule
        #expect(schedule?.faults.map(\.kind) == [.killAll, .killOne, .pauseOne])
        #expect(schedule?.faults.map(\.id) == [1, 2, 3])
    }

    @Test func `settings are read`() throws {
        let configuration = try parse(
            """
            system: memory
            nodes: 3
            rate: 250.5
            time-limit: 2m
            election-timeout: [100ms, 0.2s]
            faults: [kill, pause-one]
            register: {read: 1, write: 0, cas: 4, operations-per-key: 9}
            check: {memory-budget: 2GB}
            """)
        #expect(configuration.system == "memory")
        #expect(configuration.nodes == 3)
        #expect(configuration.rate == 250.5)
        #expect(configuration.timeLimit == 120_000_000_000)
        #expect(configuration.electionTimeout == 100_000_000...200_000_000)
        #expect(configuration.faults == FaultFamily.kill.kinds + [.pauseOne])
        #expect(configuration.register.mix == RegisterMix(read: 1, write: 0, cas: 4))
        #expect(configuration.register.operationsPerKey == 9)
        #expect(configuration.check.bytesMax == 2 << 30)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `what is rendered reads back as the same configuration`(seed: UInt64) throws {
        var configuration = RunConfiguration(workload: "test")
        configuration.seed = seed
        configuration.description = "with \"quotes\", a \\ and\na line"
        configuration.rate = seed % 2 == 0 ? nil : 12.5
        configuration.defects = ["no-fsync"]
        configuration.faults = seed % 3 == 0 ? [] : FaultKind.all
        var read = try parse(WorkloadFile.render(configuration))
        #expect(read.schedule == configuration.effectiveSchedule)
        read.schedule = nil
        #expect(read == configuration)
    }

    @Test(arguments: [
        ("nodes: five", 1, 8, "a whole number from 1 to 99, found \"five\""),
        ("system: raft\nnodes: 0", 2, 8, "from 1 to 99"),
        ("nodess: 5", 1, 1, "did you mean \"nodes\"?"),
        ("a: 1\n  b: 2", 2, 4, "not YAML"),
        ("- 1", 1, 1, "expected settings"),
        ("time-limit: 60", 1, 13, "a length of time such as 60s"),
        ("time-limit: 0s", 1, 13, "longer than nothing"),
        ("faults: [kil]", 1, 9, "did you mean \"kill\"?"),
        ("faults: kill", 1, 9, "expected a list"),
        ("register:\n  read: 0\n  write: 0\n  cas: 0", 2, 9, "above 0"),
        ("rate: -3", 1, 7, "operations a second"),
        (
            "gossip:\n  rumors: {enabled: false}\n  anti-entropy: {enabled: false}", 3, 17,
            "can't both be switched off"
        ),
        (
            "gossip:\n  membership: {probe-interval: 200ms, probe-timeout: 100ms}", 2, 54,
            "shorter than half the probe-interval of 200ms"
        ),
        ("schedule:\n  - {kind: kill-one, order: [1, 1]}", 2, 29, "each of 1 to 5 once"),
        ("schedule:\n  - {kind: kill-none}", 2, 12, "partition-halves"),
        ("election-timeout: [3s, 1s]", 1, 19, "the shorter first"),
        (
            "schedule:\n  - {start: 9000000000s, duration: 9000000000s}", 2, 13,
            "longer than the load"
        ),
        ("election-timeout: [0s, 0s]", 1, 19, "times from 1ms to 1h"),
        ("election-timeout: [1ns, 1ns]", 1, 19, "times from 1ms to 1h"),
        ("election-timeout: [1s, 900000h]", 1, 19, "times from 1ms to 1h"),
        ("operation-timeout: 1ns", 1, 20, "not be shorter than 1ms"),
        ("operation-timeout: 2h", 1, 20, "not be longer than 1h"),
        ("recovery-limit: 2562047h", 1, 17, "not be longer than 1h"),
        ("nodes: 3\nrate: 5\nnodes: 4", 1, 1, "\"nodes\" more than once"),
        ("register:\n  read: 5\n  read: 4", 2, 3, "\"read\" more than once"),
        ("faults: [all, none]", 1, 9, "contradict each other"),
        ("faults: [foo]", 1, 9, "there is no fault \"foo\" (known: all, none"),
        ("entries-per-message: 0", 1, 22, "from 1 to 1000000"),
        ("simulation: {netwrk: {}}", 1, 14, "did you mean \"network\"?"),
        ("simulation: {network: {latency: [0s, 1s]}}", 1, 33, "times from 1us to 1h"),
        ("simulation: {network: {loss: 1001}}", 1, 30, "from 0 to 1000"),
        ("nodes: 3\nsimulation: {network: {lagging-links: [1>4]}}", 2, 40, "of 1 to 3"),
        ("simulation: {network: {lagging-links: [2>2]}}", 1, 40, "two different nodes"),
        ("simulation: {disk: {sync: [1ms, 2h]}}", 1, 27, "times from 0s to 1h"),
        ("simulation: {clocks: {offset: -1ms}}", 1, 31, "a length of time"),
        ("simulation: {clocks: {offset: 2h}}", 1, 31, "not be longer than 1h"),
        ("simulation: {clocks: {drift: 1000000}}", 1, 30, "from 0 to 500000"),
        ("operations: [{at: 1s, thread: 10, f: read}]", 1, 31, "from 0 to 9"),
        ("operations: [{at: -1s, thread: 0, f: read}]", 1, 19, "a length of time"),
        ("operations: [{at: 60s, thread: 0, f: read}]", 1, 19, "after the load"),
        ("operations: [{at: 1s, thread: 0}]", 1, 14, "expected \"f\""),
        ("operations: [{at: 1s, thread: 0, f: raed}]", 1, 37, "did you mean \"read\"?"),
        ("operations: [{at: 1s, thread: 0, f: cas, value: 3}]", 1, 49, "[expected, new]"),
        ("operations: [{at: 1s, thread: 0, f: write}]", 1, 14, "what is to be written"),
        ("operations: [{at: 1s, thread: 0, f: read, key: {a: 1}}]", 1, 48, "a number, a text"),
    ])
    func `what is wrong is named with its place`(
        text: String, line: Int, column: Int, part: String
    ) {
        let error = complaint(text)
        guard case .wrong(let path, line, column, let message) = error else {
            Issue.record("\(String(describing: error)) for \(text)")
            return
        }
        #expect(path == "test.yaml")
        #expect(message.contains(part))
    }

    @Test func `a file that is not there is named`() {
        #expect(throws: WorkloadFileError.self) { try WorkloadFile.read("/nowhere/x.yaml") }
    }
}

@Suite struct NameTests {
    @Test(arguments: [
        ("registr", "register"), ("part", "partition"), ("kill-leeder", "kill-leader"),
    ])
    func `the nearest name is suggested`(typed: String, meant: String) {
        let known = ["register", "partition", "kill", "kill-leader", "pause"]
        #expect(NearestName.nearest(to: typed, among: known) == meant)
    }

    @Test(arguments: ["foo", "x", "", "nothing-like-it"])
    func `what is like no name suggests none`(typed: String) {
        let known = ["register", "partition", "kill", "kill-leader", "pause", "all"]
        #expect(NearestName.nearest(to: typed, among: known) == nil)
    }

    @Test func `names of faults stand for kinds and back`() throws {
        #expect(try FaultNames.kinds(["all"]) == FaultKind.all)
        #expect(try FaultNames.kinds(["none"]).isEmpty)
        #expect(
            FaultNames.names(FaultKind.all) == [
                "partition", "kill", "pause", "churn", "datagrams",
            ])
        #expect(FaultNames.names([.killAll, .pauseOne]) == ["kill-all", "pause-one"])
        #expect(throws: FaultNamesError.self) { try FaultNames.kinds(["boom"]) }
        #expect(throws: FaultNamesError.noneBeside("kill")) {
            try FaultNames.kinds(["none", "kill"])
        }
    }

    @Test(arguments: ["90s", "250ms", "10m", "1h", "7ns", "0s", "15us", "9007199254740993ns"])
    func `lengths of time survive being written`(text: String) throws {
        #expect(DurationText.format(try #require(DurationText.parse(text))) == text)
    }

    @Test(
        arguments: [
            (51_879_821, "51.9ms"), (1_999_960_000, "2s"), (90_000_000_000, "90s"), (0, "0s"),
            (7, "7ns"), (1_050, "1.1us"), (3_600_000_000_000, "1h"), (1_500_000_000, "1.5s"),
        ] as [(Int64, String)])
    func `lengths of time are rounded for people`(length: Int64, text: String) {
        #expect(DurationText.rounded(length) == text)
    }

    @Test(arguments: ["", "s", "-1s", "1", "1 s", "1e400s", "nans", "99999999999h", "-5ns"])
    func `what is no length of time is refused`(text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}
