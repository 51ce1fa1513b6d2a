internal import Files
internal import ArgumentParser
internal import Epidemics
internal import Foundation
internal import GossipBinding
internal import GossipCore
internal import HistoryModel
internal import HistoryStore
internal import Reports
internal import Runner
internal import Vocabulary
internal import WorkloadFiles
internal import Workloads

/// The last part of every command that judges: checkers, report, summary.
struct Judgement {
    /// The run file, for a run of the harness.
    var database: String?
    /// Where the report goes; nil for none.
    var report: String?
    /// Whether the report was asked for by name; one that merely stands beside an archived run may
    /// be impossible to write, and the verdict still counts.
    var needsReport = false
    /// How the conclusions are printed; nil for not at all.
    var format: OutputFormat?
    var judge = Judge()
    /// The history that is judged, if it comes from elsewhere.
    var imported: ImportedHistory?

    /// Judges the record, keeps and shows what came of it.
    ///
    /// - Returns: the record with the conclusions in it.
    /// - Throws: `ExitCode` if a report that is needed could not be written, after the conclusions
    ///   were shown.
    func carryOut(_ record: RunRecord) async throws -> RunRecord {
        var record = record
        record.results = try await judge.judge(record)
        if let imported { record = imported.advised(record) }
        if let database { await store(record.results, in: database) }
        let written = try report.flatMap { path in
            let page = try HTMLReport.render(record, expected: SimpleEpidemic(record))
            return write(page, to: path) ? path : nil
        }
        switch format {
        case .json:
            let summary = JudgementSummary(record, database: database, report: written)
            StandardOutput.print(try summary.text())
        case .text:
            let summary = try ConsoleSummary.render(
                record, reportPath: written, databasePath: database,
                colour: Terminal.hasColours(STDOUT_FILENO))
            StandardOutput.print(summary, terminator: "")
        case nil: break
        }
        guard !needsReport || written != nil else { throw ExitCode.harnessFailure }
        return record
    }

    /// Whether it could be written; says why if not.
    private func write(_ page: String, to path: String) -> Bool {
        do {
            try WholeFile.write(page, to: path)
            return true
        } catch {
            ProgressPrinter().say("can't write the report \(path): \(error.reason)")
            return false
        }
    }

    /// Keeps the conclusions in the run file.
    ///
    /// A verdict that can't be stored, because an archived file is read-only, is still a verdict.
    private func store(_ results: [CheckerResult], in database: String) async {
        do {
            let writer = try RunWriter(opening: database)
            try await writer.record(results)
            try await writer.finish()
        } catch { ProgressPrinter().say("the verdict is not stored: \(error)") }
    }
}

extension SimpleEpidemic {
    /// What the settings of a run of the gossip store promise; nil for other systems.
    fileprivate init?(_ record: RunRecord) {
        guard let metadata = record.metadata, metadata.system == "gossip",
            let run = try? WorkloadFile.parseRecorded(
                metadata.configuration, name: metadata.workload, path: metadata.id),
            let node = run.nodeIDs.first
        else { return nil }
        self.init(GossipConfiguration(run, node: node, incarnation: 1, generation: 1))
    }
}
