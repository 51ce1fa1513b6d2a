internal import Checkers
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Vocabulary

/// How fast histories are read, and recorded ones judged from the file on.
enum ReadingBench {
    private static let attempts = 3

    /// What the fastest of the attempts took.
    private static func fastest(
        _ work: () throws -> Void
    ) rethrows -> (wall: Double, cpu: Double) {
        var best = (wall: Double.infinity, cpu: Double.infinity)
        for _ in 0..<attempts {
            let start = CheckCase.now()
            try work()
            let end = CheckCase.now()
            best = (min(best.wall, end.wall - start.wall), min(best.cpu, end.cpu - start.cpu))
        }
        return best
    }

    static func rows(etcdLogs: String?) async throws -> [BenchRow] {
        let load = CheckLoad(object: .registers(values: 5), operations: 500_000, clients: 10)
        let history = History(events: load.events(seed: 1))
        var rows = [
            try decoding("EDN", history.edn()), try decoding("JSON lines", history.jsonLines()),
            try await runFile(),
        ]
        let folder = etcdLogs ?? ProcessInfo.processInfo.environment["HARNESS_ETCD_LOGS"]
        if let folder {
            rows.append(try recordedLogs(URL(filePath: folder)))
        } else {
            print("Recorded logs of etcd are left out: no --etcd-logs.")
        }
        return rows
    }

    private static func decoding(_ name: String, _ bytes: [UInt8]) throws -> BenchRow {
        var count = 0
        let seconds = try fastest { count = try DecodedHistory(bytes).history.events.count }.cpu
        return BenchRow(
            name: "reading \(name), CPU time", measured: Double(bytes.count) / 1e6 / seconds,
            wanted: 100, unit: "MB/s", direction: .atLeast, note: "\(count) events")
    }

    /// Loading a million operations from a run file.
    private static func runFile() async throws -> BenchRow {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "harness-bench-\(UUID().uuidString).sqlite"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let load = CheckLoad(object: .registers(values: nil), operations: 1_000_000, clients: 10)
        let events = load.events(seed: 1)
        let writer = try RunWriter(creating: path, metadata: RecordingBench.metadata)
        for start in stride(from: 0, to: events.count, by: 1_000) {
            try await writer.append(Array(events[start..<min(start + 1_000, events.count)]))
        }
        try await writer.finish()
        var count = 0
        let time = try fastest { count = try RunReader.read(path).history.events.count }
        return BenchRow(
            name: "loading 1 M operations from a run file, two threads",
            measured: time.wall, wanted: 1, unit: "s", direction: .atMost,
            note: "\(count) events, \(Int(time.cpu * 1_000)) ms of CPU")
    }

    /// All recorded logs of etcd in a folder together, from their bytes to the verdicts.
    private static func recordedLogs(_ folder: URL) throws -> BenchRow {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let logs = try names.sorted().map {
            try Array(Data(contentsOf: folder.appending(path: $0)))
        }
        let seconds = try fastest {
            for log in logs {
                _ = try LinearizabilityChecker().check(DecodedHistory(log).history)
            }
        }.cpu
        return BenchRow(
            name: "\(logs.count) logs of etcd together, CPU time", measured: seconds * 1_000,
            wanted: 50, unit: "ms", direction: .atMost, note: "Porcupine: 430 ms for 102")
    }
}
