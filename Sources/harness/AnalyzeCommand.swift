internal import ArgumentParser
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Runner
internal import WorkloadFiles
internal import Workloads

/// `harness analyze`: judges what was recorded, here or elsewhere.
struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Judges a recorded run again, or a history from elsewhere.",
        discussion: """
            Reads run files of the harness, also of a run that was killed, and histories of \
            registers as Jepsen's EDN, Jepsen's log lines, or JSON lines.

              harness analyze reports/RUN/run.sqlite
              harness analyze history.edn --model cas-register --report history.html

            A run file gets the new verdict, and its report beside it is made anew.
            """)

    @Argument(help: "The run file or history.")
    var file: String

    @Option(help: "What a history from elsewhere is a history of: cas-register.")
    var model = "cas-register"

    @Option(help: "Write the report here.")
    var report: String?

    @Option(help: "text for people, json for one object on standard output.")
    var format = OutputFormat.text

    func run() async throws {
        do {
            throw ExitCode(try await analyze())
        } catch let error as ExitCode {
            throw error
        } catch {
            ProgressPrinter().say("can't analyze \(file): \(error)")
            throw Self.isInputAtFault(error) ? ExitCode(64) : ExitCode.harnessFailure
        }
    }

    private static func isInputAtFault(_ error: any Error) -> Bool {
        switch error {
        case RunStoreError.notWritten: false
        case is RunStoreError, is HistoryFormatError, is HistoryError, is UnknownName: true
        default: false
        }
    }

    private func analyze() async throws -> Verdict {
        guard FileManager.default.fileExists(atPath: file) else {
            throw RunStoreError.missing(path: file)
        }
        guard RunReader.isDatabase(file) else {
            let record = RunRecord(history: try HistoryFile.read(file, model: model))
            return try await Judgement(report: report, format: format).carryOut(record).verdict
        }
        let record = try RunReader.read(file)
        let beside = URL(filePath: file).deletingLastPathComponent().appending(
            path: "report.html")
        let configuration = try? WorkloadFile.parse(
            record.metadata?.configuration ?? "", name: "run", path: file)
        let judgement = Judgement(
            database: file, report: report ?? beside.relativePath, format: format,
            judge: Judge(budget: configuration?.check ?? CheckBudget()))
        return try await judgement.carryOut(record).verdict
    }
}
