import Foundation
import HistoryModel
import HistoryStore
import Vocabulary

/// A short run of the harness that is killed, and what is left of it.
struct KilledRun {
    /// What the harness is doing.
    enum Moment: String, CaseIterable {
        case preparing, starting, load, fault, healing, lastReads = "last reads", judging, reporting
    }

    static let seconds: Int64 = 4
    let harness: HarnessProcess
    /// Where the harness would put temporary files.
    private let temporary: URL

    init(of workload: String, seed: Int) throws {
        temporary = FileManager.default.temporaryDirectory.appending(
            path: "harness-tests-temporary-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        harness = try HarnessProcess(
            [
                "check", "--workload", workload, "--nodes", "3",
                "--time-limit", "\(Self.seconds)s", "--seed", String(seed),
            ], environment: ["TMPDIR": temporary.path])
        try harness.start()
    }

    /// Waits until the harness has come to a moment, and then for a while that the moment may last.
    func wait(for moment: Moment, _ random: inout RandomStream) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while !isReached(moment), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(10))
        }
        let milliseconds =
            switch moment {
            case .preparing: 300
            case .starting: 600
            case .load: 900
            case .fault: 2_500
            case .healing: 100
            case .lastReads: 3_000
            case .judging: 150
            case .reporting: 100
            }
        let wait = Int.random(in: 0...milliseconds, using: &random)
        try await Task.sleep(for: .milliseconds(wait))
    }

    /// Kills it; nil if it had ended by itself before, with the status that it ended with.
    func kill() throws -> Int32? {
        harness.signal(SIGKILL)
        let status = try harness.wait().status
        return status == SIGKILL ? nil : status
    }

    func remove() {
        harness.remove()
        try? FileManager.default.removeItem(at: temporary)
    }

    /// What the run file holds; nil if there is none, or none that can be read.
    var record: RunRecord? {
        do {
            return try RunReader.read(file)
        } catch _ {
            // It is just being made, or was when the harness was killed.
            return nil
        }
    }

    var file: String {
        let reports = harness.folder.appending(path: "reports")
        let run = (try? FileManager.default.contentsOfDirectory(atPath: reports.path))?.first
        return reports.appending(path: "\(run ?? "none")/run.sqlite").path
    }

    private func isReached(_ moment: Moment) -> Bool {
        guard moment != .preparing else { return true }
        guard FileManager.default.fileExists(atPath: file) else { return false }
        if moment == .starting { return true }
        guard let reached = self.reached else { return false }
        let all = Moment.allCases
        return (all.firstIndex(of: reached) ?? 0) >= (all.firstIndex(of: moment) ?? 0)
    }

    /// The moment to which the harness had come, by what the run file holds; nil if that can't be read.
    var reached: Moment? {
        guard let record else { return nil }
        guard let origin = record.phases.first?.start,
            record.history.events.contains(where: { $0.type == .ok })
        else { return .starting }
        if !record.results.isEmpty { return .reporting }
        if record.finished { return .judging }
        let end = origin + Self.seconds * 1_000_000_000
        if let last = record.history.events.last, last.time > end { return .lastReads }
        guard let fault = record.faults.last else { return .load }
        return fault.end == nil ? .fault : .healing
    }

    /// The processes that were started by the run and are still there, with what they are called.
    func processes() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
            guard Int32(name) != nil else { return nil }
            let place = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(name)/cwd")
            let command = try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8)
            let own = harness.folder.lastPathComponent
            guard [place, command].contains(where: { $0?.contains(own) == true }) else {
                return nil
            }
            return "\(name) \(command?.replacing("\0", with: " ") ?? "")"
        }
    }

    /// The files that are no part of a run, or that a run leaves only until it is looked at.
    func strayFiles(isAnalyzed: Bool) throws -> [String] {
        let files = FileManager.default
        var allowed: Set = ["nodes", "run.sqlite", "report.html"]
        if !isAnalyzed {
            allowed.formUnion(["-wal", "-shm", "-journal"].map { "run.sqlite" + $0 })
        }
        let folder = URL(filePath: file).deletingLastPathComponent()
        let inRun =
            files.fileExists(atPath: folder.path)
            ? try files.contentsOfDirectory(atPath: folder.path) : []
        let beside = try files.contentsOfDirectory(atPath: harness.folder.path)
            .filter { !["output", "messages", "reports"].contains($0) }
        return inRun.filter { !allowed.contains($0) } + beside
            + (try files.contentsOfDirectory(atPath: temporary.path))
    }
}
