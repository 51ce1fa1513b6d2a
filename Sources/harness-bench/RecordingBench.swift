internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Runner
internal import Systems
internal import Vocabulary
internal import Workloads

/// What it costs to drive and to record operations.
enum RecordingBench {
    /// Interpreter, recording and an in-process register: every event is stored.
    static func interpreter() async throws -> BenchRow {
        try await inFolder { folder in
            var configuration = RunConfiguration(workload: "bench")
            configuration.system = "memory"
            configuration.faults = []
            configuration.timeLimit = 5_000_000_000
            configuration.seed = 1
            let place = try RunFolder(creatingIn: folder, workload: "bench", startedAt: Date())
            let run = RealRun(
                configuration: configuration, system: MemorySystem(), folder: place,
                metadata: metadata)
            let clock = SuspendingClock()
            let (stops, _) = AsyncStream<Void>.makeStream()
            let elapsed = try await clock.measure {
                try await run.execute(stops: stops) { _ in }
            }
            let events = try RunReader.read(place.database).history.events.count
            return BenchRow(
                name: "operations driven and recorded",
                measured: Double(events) / 2 / elapsed.seconds,
                wanted: 80_000, unit: "ops/s", direction: .atLeast,
                note: "\(events) events stored, time to the last write counted")
        }
    }

    /// Events into SQLite, nothing else.
    static func storing() async throws -> BenchRow {
        try await inFolder { folder in
            let count = 1_000_000
            let events = (0..<count).map { index in
                Event(
                    index: index, time: Instant(nanoseconds: Int64(index) * 1_000),
                    process: ProcessID(index / 2 % 10), type: index % 2 == 0 ? .invoke : .ok,
                    function: index % 4 < 2 ? .read : .write, key: .integer(Int64(index / 600)),
                    value: .integer(Int64(index)), node: NodeID(index % 5 + 1))
            }
            let writer = try RunWriter(creating: "\(folder)/events.sqlite", metadata: metadata)
            let clock = SuspendingClock()
            let elapsed = try await clock.measure {
                for start in stride(from: 0, to: count, by: 1_000) {
                    try await writer.append(Array(events[start..<min(start + 1_000, count)]))
                }
            }
            return BenchRow(
                name: "events into SQLite", measured: Double(count) / elapsed.seconds,
                wanted: 400_000, unit: "events/s", direction: .atLeast)
        }
    }

    static let metadata = RunMetadata(
        id: "bench", startedAt: "", workload: "bench", system: "memory", defects: [], nodes: 0,
        seed: 1, world: "real", command: [], configuration: "", versions: [:])

    private static func inFolder<Result>(
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "harness-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }
}

extension Duration {
    /// The length in seconds.
    var seconds: Double { self / .seconds(1) }
}
