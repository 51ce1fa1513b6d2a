internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Runner
internal import Systems
internal import Vocabulary
internal import Workloads

/// A small cluster that is really started, so that "fit" is seen and not guessed.
struct ClusterTrial {
    /// What is run; without faults.
    let configuration: RunConfiguration
    /// How long clients work.
    private static let length: Nanoseconds = 2_000_000_000

    /// Three nodes of a system under the load of a kind of workload.
    init(system: String, kind: Workload) {
        var configuration = RunConfiguration(workload: "doctor")
        configuration.system = system
        configuration.kind = kind
        configuration.nodes = 3
        configuration.concurrency = 3
        configuration.rate = 200
        configuration.faults = []
        self.configuration = configuration
    }

    /// Starts it, lets clients work for two seconds, and ends it.
    ///
    /// - Returns: what was seen, in a line.
    /// - Throws: what the system throws when it can't be started, or ``NothingAnswered``.
    func carryOut() async throws -> String {
        let parent = FileManager.default.temporaryDirectory.appending(
            path: "harness-doctor-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: parent) }
        let folder = try RunFolder(
            creatingIn: parent.path, workload: configuration.system, startedAt: Date())
        let run = RealRun(
            configuration: configuration, system: try KnownSystems.named(configuration.system),
            folder: folder,
            metadata: RunDescription.metadata(configuration, id: folder.id, startedAt: Date()))
        let (stops, stop) = AsyncStream<Void>.makeStream()
        try await run.execute(stops: stops) { progress in
            // It counts from when clients can work: starting takes as long as it takes.
            guard let start = progress.loadStart, progress.now >= start + Self.length else {
                return
            }
            stop.yield()
        }
        return try verdict(on: try RunReader.read(folder.database), folder)
    }

    private func verdict(on record: RunRecord, _ folder: RunFolder) throws -> String {
        let answers = record.history.events.filter { $0.type == .ok }
        let nodes = Set(answers.compactMap(\.node))
        guard !answers.isEmpty else {
            throw NothingAnswered(
                tried: record.history.events.count { $0.type == .invoke },
                errors: Set(record.history.events.compactMap(\.error)).sorted())
        }
        let who = nodes.sorted().map(\.description).joined(separator: " ")
        return "3 nodes served \(answers.count) operations in 2 s (answered by \(who))"
    }
}

/// A cluster started and answered nobody.
struct NothingAnswered: Error, CustomStringConvertible {
    /// How many operations were tried.
    var tried: Int
    /// What clients were told instead.
    var errors: [String]

    var description: String {
        "3 nodes started, but none of \(tried) operations succeeded"
            + (errors.isEmpty ? "" : " (\(errors.prefix(3).joined(separator: "; ")))")
            + ": look at what keeps programs of this user from connecting over 127.0.0.1"
    }
}
