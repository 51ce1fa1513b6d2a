internal import Files
internal import Checkers
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Runner
internal import Simulator
internal import WorkloadFiles
internal import Workloads

/// A simulated run that leaves a folder behind: run file, scenario and report.
struct KeptSimulation {
    /// What is simulated.
    var scenario: RunConfiguration
    /// The folder for runs.
    var reports: String
    /// What the folder's name begins with; the workload's name by default.
    var name: String?
    /// Whether the folder's name is nothing but that.
    var isNamedExactly = false
    /// How the run can be repeated; the command line of this process by default.
    var command: ((RunFolder) -> [String])?
    /// How the conclusions are printed; nil for not at all.
    var format: OutputFormat?
    /// A folder that was made for the run already.
    var folder: RunFolder?

    /// Simulates, stores, judges and reports.
    ///
    /// - Throws: `SimulationError`, `RunError` or `RunStoreError`.
    func carryOut() async throws -> (record: RunRecord, folder: RunFolder) {
        let started = Date()
        // Before the work: a folder that can't be made should not cost it.
        let folder =
            try self.folder
            ?? RunFolder(
                creatingIn: reports, workload: name ?? scenario.workload, startedAt: started,
                hasNodes: false, isStamped: !isNamedExactly)
        let run: SimulatedRun
        do {
            let scenario = scenario
            run = try await DedicatedThread.run { try SimulatedRun(scenario) }
        } catch {
            if self.folder == nil { try? FileManager.default.removeItem(atPath: folder.path) }
            throw error
        }
        let metadata = RunDescription.metadata(
            scenario, id: folder.id, startedAt: started, world: RunMetadata.simulated,
            traceHash: run.traceHash, command: command?(folder))
        try await RunWriter.store(run.record, metadata: metadata, at: folder.database)
        try WholeFile.write(WorkloadFile.render(scenario), to: folder.scenario)
        let judgement = Judgement(
            database: folder.database, report: folder.report, format: format,
            judge: Judge(budget: scenario.check, promise: ConsistencyModel(scenario)))
        let record = try await judgement.carryOut(try RunReader.read(folder.database))
        if format == .text { StandardOutput.print("  trace hash    \(run.traceHash)") }
        return (record, folder)
    }
}
