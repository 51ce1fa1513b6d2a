internal import ArgumentParser
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Vocabulary
internal import WorkloadFiles
internal import Workloads

/// `harness-bench memory`: what judging and reporting a long run takes.
struct MemoryBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "Makes the run file of an hour of load, and measures how it is judged.")

    @ParentCommand var bench: BenchCommand

    @Option(help: "How many operations; an hour at full speed has ten million.")
    var operations = 10_000_000

    @Option(help: "Where the run file is made, and stays; a temporary folder by default.")
    var folder: String?

    func run() async throws {
        guard let harness = bench.harness else {
            throw ValidationError("--harness is missing: the program that is to judge the run")
        }
        let place =
            folder.map { URL(filePath: $0) }
            ?? FileManager.default.temporaryDirectory.appending(
                path: "harness-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { if folder == nil { try? FileManager.default.removeItem(at: place) } }
        let file = place.appending(path: "run.sqlite").path
        if !FileManager.default.fileExists(atPath: file) {
            try await LongRun(operations: operations).write(to: file)
        }
        let start = ContinuousClock.now
        let judging = Process()
        judging.executableURL = URL(filePath: harness)
        judging.arguments = ["analyze", file]
        try judging.run()
        judging.waitUntilExit()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        guard judging.terminationStatus == 0 else {
            throw ValidationError("judging ended with \(judging.terminationStatus), expected 0")
        }
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        // Kilobytes on Linux.
        let gigabytes = Double(usage.ru_maxrss) * 1_024 / 1e9
        let row = BenchRow(
            name: "peak memory of judging and reporting \(operations) operations",
            measured: gigabytes, wanted: 2, unit: "GB", direction: .atMost,
            note: "\(Int(gigabytes * 1e9) / max(1, operations)) bytes an operation, "
                + "\(Int(seconds)) s")
        print(BenchRow.table([row]))
    }
}

/// The run file of a Raft store under load: registers that are retired after 300 operations, and
/// what five nodes traced of their logs.
private struct LongRun {
    var operations: Int

    private static let operationsPerKey = 300
    private static let clients = 10
    private static let nodes = 5

    func write(to path: String) async throws {
        var metadata = RecordingBench.metadata
        let configuration = RunConfiguration(workload: "register")
        metadata.system = configuration.system
        metadata.configuration = WorkloadFile.render(configuration)
        let writer = try RunWriter(creating: path, metadata: metadata)
        var time: Int64 = 0
        var index = 0
        var log = 0
        var events: [Event] = []
        var traces = [
            NodeTraceEvent(time: .zero, node: NodeID(1), name: "leader", term: 1, index: 0, hash: 0)
        ]
        for key in 0..<max(1, operations / Self.operationsPerKey) {
            let load = CheckLoad(
                object: .registers(values: nil), operations: Self.operationsPerKey,
                clients: Self.clients)
            load.generate(seed: UInt64(key)) { event in
                var event = event
                time += 180_000
                event.time = Instant(nanoseconds: time)
                event.index = index
                event.key = .integer(Int64(key))
                event.node = NodeID(1)
                if event.type == .fail { event.error = "mismatch" }
                index += 1
                events.append(event)
                if index % 9 == 0 { append(&traces, time, &log) }
            }
            guard events.count > 50_000 else { continue }
            try await writer.append(events)
            try await writer.append(traces)
            (events, traces) = ([], [])
        }
        try await writer.append(events)
        try await writer.append(traces)
        try await writer.record([
            RunPhase(name: RunPhase.load, start: .zero, end: Instant(nanoseconds: time))
        ])
        try await writer.markFinished()
        try await writer.finish()
    }

    /// An entry, as each node traces it: appended, then committed.
    private func append(_ traces: inout [NodeTraceEvent], _ time: Int64, _ log: inout Int) {
        log += 1
        let hash = Seed(UInt64(log)).stream("hash").first
        for name in ["appended", "committed"] {
            for node in 1...Self.nodes {
                traces.append(
                    NodeTraceEvent(
                        time: Instant(nanoseconds: time + Int64(node)), node: NodeID(node),
                        name: name, term: 1, index: log, hash: hash, entryTerm: 1,
                        count: name == "appended" ? 1 : nil))
            }
        }
    }
}

extension RandomStream {
    /// The first number of the stream.
    fileprivate var first: UInt64 {
        var stream = self
        return stream.next()
    }
}
