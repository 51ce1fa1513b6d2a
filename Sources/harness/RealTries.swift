internal import Foundation
internal import HistoryModel
internal import Runner
internal import Shrinking
internal import Synchronization
internal import Workloads

/// Tries scenarios with real processes and keeps one failing run of the last that failed.
final class RealTries: Sendable {
    private let violation: String
    private let runs: Int
    private let needed: Int
    private let folder: RunFolder
    private let printer: ProgressPrinter
    private let stops: Stops
    /// The folder of a run in which the smallest scenario so far failed.
    private let kept = Mutex<RunFolder?>(nil)

    init(
        violation: String, runs: Int, needed: Int, folder: RunFolder, printer: ProgressPrinter,
        stops: Stops
    ) {
        self.violation = violation
        self.runs = runs
        self.needed = needed
        self.folder = folder
        self.printer = printer
        self.stops = stops
    }

    /// How often a scenario fails; ends as soon as that decides, or when a stop is asked for.
    ///
    /// What is found so is no estimate of the rate: it stops when it has seen enough failures.
    func fails(_ scenario: RunConfiguration) async throws -> ReproductionRate {
        var rate = ReproductionRate(failed: 0, runs: 0)
        var failing: RunFolder?
        while rate.runs < runs, rate.failed + runs - rate.runs >= needed,
            let (hasFailed, run) = try await runOnce(scenario)
        {
            rate.runs += 1
            guard hasFailed else {
                remove(run)
                continue
            }
            rate.failed += 1
            failing.map(remove)
            failing = run
            guard rate.hasFailed(needed) else { continue }
            kept.withLock { kept in
                kept.map(remove)
                kept = run
            }
            return rate
        }
        failing.map(remove)
        return rate
    }

    /// How often a scenario fails in a number of runs that does not depend on how they end.
    func rate(of scenario: RunConfiguration) async throws -> ReproductionRate {
        var rate = ReproductionRate(failed: 0, runs: 0)
        while rate.runs < runs, let (hasFailed, run) = try await runOnce(scenario) {
            rate.runs += 1
            if hasFailed { rate.failed += 1 }
            remove(run)
        }
        return rate
    }

    /// Moves the failing run of the smallest scenario to where a run is looked for.
    func takeRun() throws {
        let latest = kept.withLock { $0 }
        guard let run = latest else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: run.path) {
            try FileManager.default.moveItem(
                atPath: "\(run.path)/\(name)", toPath: "\(folder.path)/\(name)")
        }
        try FileManager.default.removeItem(atPath: triesPath)
    }

    /// One run, and whether it failed as it should; nil if it was to be stopped.
    private func runOnce(_ scenario: RunConfiguration) async throws -> (Bool, RunFolder)? {
        guard !stops.isRequested else { return nil }
        let (record, run) = try await RealCheck(
            configuration: scenario, reports: triesPath,
            command: [Invocation.program, "replay", folder.path]
        ).carryOut(printer, stops: stops)
        guard record.finished else {
            remove(run)
            return nil
        }
        return (ViolationComparison.violations(record).contains(violation), run)
    }

    private var triesPath: String { folder.path + "/runs" }

    private func remove(_ run: RunFolder) {
        // A folder that stays costs room, not the result.
        try? FileManager.default.removeItem(atPath: run.path)
    }
}

extension ReproductionRate {
    /// Whether it failed often enough.
    func hasFailed(_ needed: Int) -> Bool { failed >= needed }
}
