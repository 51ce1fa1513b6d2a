internal import Checkers
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Runner
internal import Systems
internal import Workloads

/// One run with real processes that leaves a folder behind: run file, report, nodes' logs.
struct RealCheck {
    /// What is run.
    var configuration: RunConfiguration
    /// The folder for runs.
    var reports: String
    /// Whether the run ends at the first violation.
    var failFast = false
    /// How the conclusions are printed; nil for not at all.
    var format: OutputFormat?
    /// How the run can be repeated; the command line of this process by default.
    var command: [String]?

    /// Runs, records, judges and reports, and can be ended early by Ctrl-C.
    func carryOut(_ printer: ProgressPrinter) async throws -> RunRecord {
        try await Interruption.watch(printer) { stops in
            try await carryOut(printer, stops: stops).record
        }
    }

    /// Runs, records, judges and reports.
    ///
    /// - Returns: the record, which is not finished if `stops` ended it, and the folder.
    /// - Throws: what the system, the run file or the checkers throw.
    func carryOut(
        _ printer: ProgressPrinter, stops: Stops
    ) async throws -> (record: RunRecord, folder: RunFolder) {
        let started = Date()
        let folder = try RunFolder(
            creatingIn: reports, workload: configuration.workload, startedAt: started)
        let metadata = RunDescription.metadata(
            configuration, id: folder.id, startedAt: started, command: command)
        let run = RealRun(
            configuration: configuration, system: try KnownSystems.named(configuration.system),
            folder: folder, metadata: metadata)
        try await run.execute(stops: stops.stream(), failFast: failFast) {
            printer.show($0)
        } onJudged: {
            printer.say("judged while it ran: \($0.summary)")
        }
        printer.say("judging the whole record")
        let judgement = Judgement(
            database: folder.database, report: folder.report, format: format,
            judge: Judge(budget: configuration.check, promise: ConsistencyModel(configuration)))
        return (try await judgement.carryOut(try RunReader.read(folder.database)), folder)
    }
}
