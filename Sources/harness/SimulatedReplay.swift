internal import ArgumentParser
internal import Checkers
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Simulator
internal import Workloads

/// Carries a run out again in the simulated world, and compares it with its record.
struct SimulatedReplay {
    var loaded: ScenarioSource.Loaded
    var times: Int
    var reports: String
    var format: OutputFormat
    var printer: ProgressPrinter

    /// Replays, compares, judges what was replayed, and says what differs.
    ///
    /// - Throws: `ExitCode` if the run did not repeat itself.
    func carryOut() async throws -> Verdict {
        let scenario = loaded.scenario(forReal: false)
        return try await Interruption.watch(
            printer, "stopping after the run under way; once more to stop at once"
        ) { stops in
            let run = try await DedicatedThread.run { try SimulatedRun(scenario) }
            var second = run.traceHash
            var done = 1
            // A difference is worth a second look: is it the file, or the simulator?
            let recordedHash = loaded.isReal ? nil : loaded.record?.metadata?.traceHash
            let isDoubtful = recordedHash != nil && recordedHash != run.traceHash
            while done < (isDoubtful ? max(2, times) : times), second == run.traceHash,
                !stops.isRequested
            {
                second = try await DedicatedThread.run { try SimulatedRun(scenario).traceHash }
                done += 1
            }
            return try await conclude(scenario, run, second: second, done: done)
        }
    }

    private func conclude(
        _ scenario: RunConfiguration, _ run: SimulatedRun, second: String, done: Int
    ) async throws -> Verdict {
        let count = PluralText.count(done, "time")
        guard let reference = loaded.record, !loaded.isReal else {
            guard second == run.traceHash else {
                throw failure(.notDeterministic(first: run.traceHash, second: second), run)
            }
            printer.say("simulated \(count): trace hash \(run.traceHash)")
            let result = try await kept(scenario)
            if loaded.isReal, let record = loaded.record {
                printer.say(ViolationComparison(recorded: record, replayed: result).text)
            }
            return result.verdict
        }
        let finding = ReplayFinding(
            recorded: reference, replayed: run.record, hashes: (run.traceHash, second))
        guard !finding.isFailure else { throw failure(finding, run) }
        let version = reference.metadata?.versions["harness"] ?? "unknown"
        printer.say("replayed \(count): " + finding.text(hash: run.traceHash, version: version))
        if let folder = loaded.name.first { printer.say("the run and its report are in \(folder)") }
        var record = run.record
        record.metadata = reference.metadata
        record.metadata?.traceHash = run.traceHash
        let judgement = Judgement(
            format: format,
            judge: Judge(budget: scenario.check, promise: ConsistencyModel(scenario)))
        let judged = try await judgement.carryOut(record)
        if ViolationComparison(recorded: reference, replayed: judged).differs {
            printer.say(ViolationComparison(recorded: reference, replayed: judged).text)
        }
        return judged.verdict
    }

    private func failure(_ finding: ReplayFinding, _ run: SimulatedRun) -> any Error {
        let version = loaded.record?.metadata?.versions["harness"] ?? HarnessVersion.current
        printer.say(finding.text(hash: run.traceHash, version: version))
        return ExitCode.harnessFailure
    }

    private func kept(_ scenario: RunConfiguration) async throws -> RunRecord {
        let world = loaded.isReal ? ["--world", RunMetadata.simulated] : []
        let command = [Invocation.program, "replay"] + loaded.name + world
        return try await KeptSimulation(
            scenario: scenario, reports: reports, command: { _ in command }, format: format
        ).carryOut().record
    }
}

/// Whether a run that was repeated broke its promise in the same way.
struct ViolationComparison: Hashable {
    private let recorded: [String]
    private let replayed: [String]

    init(recorded: RunRecord, replayed: RunRecord) {
        self.recorded = Self.violations(recorded)
        self.replayed = Self.violations(replayed)
    }

    /// The kinds of violations of a record that was judged.
    static func violations(_ record: RunRecord) -> [String] {
        record.results.filter { $0.verdict == .invalid }.map(\.violation).sorted()
    }

    /// Whether the kinds of violations are not the same.
    var differs: Bool { recorded != replayed }

    /// What became of the recorded violations, in a sentence.
    var text: String {
        let again = recorded.filter(replayed.contains)
        let gone = recorded.filter { !replayed.contains($0) }
        let new = replayed.filter { !recorded.contains($0) }
        var parts: [String] = []
        if !again.isEmpty { parts.append("failed again with \(again.joined(separator: ", "))") }
        if !gone.isEmpty {
            parts.append("the recorded \(gone.joined(separator: ", ")) did not happen again")
        }
        if !new.isEmpty { parts.append("new is \(new.joined(separator: ", "))") }
        return parts.isEmpty
            ? "no promise was broken, neither then nor now" : parts.joined(separator: "; ")
    }
}
