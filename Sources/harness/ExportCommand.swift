internal import Files
internal import ArgumentParser
internal import Foundation
internal import HistoryModel
internal import HistoryStore

/// `harness export`: writes a history in a format that other tools read.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the history of a run as EDN or as JSON lines.",
        discussion: """
            Reads what `\(Invocation.word) analyze` reads, and writes to standard output or a file.

              \(Invocation.word) export reports/RUN --to edn --output history.edn
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case edn
        case jsonLines = "json-lines"
    }

    @Argument(help: "A run (its folder or run file) or a history; - for standard input.")
    var file: String

    @Option(name: .customLong("to"), help: "The format: edn, json-lines.")
    var format = Format.edn

    @Option(name: .shortAndLong, help: "The file to write; standard output if absent.")
    var output: String?

    @OptionGroup var options: HistoryOptions

    mutating func run() throws {
        file = InputFile.run(at: file)
        do {
            try export()
        } catch let error as ValidationError {
            throw error
        } catch {
            ProgressPrinter().say("can't export \(file): \(FileProblem.words(error))")
            throw ExitCode(failingWith: error)
        }
    }

    private func export() throws {
        let history = try history()
        let bytes =
            switch format {
            case .edn: history.edn()
            case .jsonLines: history.jsonLines()
            }
        guard let output else {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
            return
        }
        do {
            try Data(bytes).write(to: URL(filePath: output))
        } catch {
            throw WholeFile.NotWritten(path: output, reason: FileProblem.words(error))
        }
    }

    private func history() throws -> History {
        guard try InputFile.isDatabase(file) else { return try options.file(file).read().history }
        if let option = options.firstGiven {
            throw ValidationError(
                "\(option) is for histories from elsewhere; \(file) is a run file")
        }
        let record = try RunReader.read(file)
        // A history alone can't say so: whoever judges it takes it for all there is.
        if record.isCutShort {
            ProgressPrinter().say(
                "note: the run was cut short; the history has no last reads, so that what it misses "
                    + "proves nothing")
        }
        return record.history
    }
}
