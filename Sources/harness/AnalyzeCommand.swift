internal import Files
internal import ArgumentParser
internal import Checkers
internal import Exploration
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
            Reads run files of the harness, also of a run that was killed, and histories as \
            Jepsen's EDN, Jepsen's log lines, or JSON lines, from a file, gzip, or standard input.

              \(Invocation.word) analyze reports/RUN
              \(Invocation.word) analyze history.edn --model cas-register --report history.html
              zcat history.edn.gz | \(Invocation.word) analyze - --model queue

            A run file gets the new verdict, and its report beside it is made anew; not if --model, \
            --checker or --initial asks for another promise than its own.

            Models:

            \(ObjectModel.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

            Checkers of other promises:

            \(HistoryCheckers.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
            """)

    @Argument(help: "A run (its folder or run file) or a history; - for standard input.")
    var file: String

    @Option(
        help: """
            What a history from elsewhere is a history of; \(ObjectModel.casRegister.name) if absent.
            """)
    var model: String?

    @Option(help: "Which promise to judge by, if not linearizability.")
    var checker: String?

    @Option(
        parsing: .unconditional,
        help: "What every object holds at first, such as 0 or \"text\", if not the usual.")
    var initial: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var budget: BudgetOptions

    @Option(help: "Write the report here.")
    var report: String?

    @Option(help: "text for people, json for one object on standard output.")
    var format = OutputFormat.text

    func validate() throws {
        guard let initial else { return }
        if let checker, HistoryCheckers.named(checker) != nil {
            throw ValidationError(
                "--initial is for linearizability; \(checker) goes by the history alone. Leave out "
                    + "one of --initial and --checker")
        }
        guard let known = ObjectModel.named(model ?? ObjectModel.casRegister.name) else { return }
        _ = try InitialValue.parse(initial, for: known)
    }

    mutating func run() async throws {
        file = InputFile.run(at: file)
        do {
            throw ExitCode(try await analyze())
        } catch let error as ExitCode {
            throw error
        } catch let error as ValidationError {
            throw error
        } catch {
            ProgressPrinter().say("can't analyze \(file): \(FileProblem.words(error))")
            throw ExitCode(failingWith: error)
        }
    }

    private func analyze() async throws -> Verdict {
        let isDatabase = try InputFile.isDatabase(file)
        let promise = try promise()
        let initial = try initial.map { try InitialValue.parse($0, for: promise.model) }
        guard isDatabase else {
            var allowed = CheckBudget()
            try budget.apply(to: &allowed)
            let source = history.file(file)
            let content = try source.read()
            let reading = ImportedHistory.Reading(
                model: promise.model, checker: promise.checker,
                initial: content.format == .jsonLines ? initial?.asReadFromJSON : initial,
                isKeyed: history.keyed)
            do {
                let imported = try ImportedHistory(
                    content, as: reading, isLenient: history.lenient)
                let judgement = Judgement(
                    report: report, needsReport: report != nil, format: format,
                    judge: Judge(
                        budget: allowed, model: promise.model, initial: reading.initial,
                        checker: imported.checker),
                    imported: imported)
                return try await judgement.carryOut(imported.record).verdict
            } catch let error as HistoryError {
                throw source.located(error, in: content)
            }
        }
        if let option = history.firstGiven {
            throw ValidationError(
                "\(option) is for histories from elsewhere; \(file) is a run file, which says all that "
                    + "is to be known of it")
        }
        return try await analyzeRun(
            by: promise.model, checker: promise.checker, initial: initial
        ).verdict
    }

    /// Judges a run again: by what it promised, or, without keeping that, by something else.
    private func analyzeRun(
        by model: ObjectModel, checker: (any HistoryChecker)?, initial: Value?
    ) async throws -> RunRecord {
        var record = try RunReader.read(file)
        let beside = URL(filePath: file).deletingLastPathComponent().appending(
            path: "report.html")
        let configuration = try Self.configuration(of: record, path: file)
        var promise = ConsistencyModel(configuration)
        let isOwn = self.model == nil && self.checker == nil && self.initial == nil
        if !isOwn {
            promise.guarantee = .linearizability
            record.notices.append(
                "judged by another promise than the run's own, as asked for; the run file and its "
                    + "report keep their verdict")
        }
        var allowed = configuration.check
        try budget.apply(to: &allowed)
        let judge = Judge(
            budget: allowed, isBudgetChosen: budget.isGiven, model: model, initial: initial,
            checker: checker, promise: promise)
        let judgement = Judgement(
            database: isOwn ? file : nil, report: report ?? (isOwn ? beside.relativePath : nil),
            needsReport: report != nil, format: format, judge: judge)
        return try await judgement.carryOut(record)
    }

    /// The configuration that a run file holds: it says what the run promised, so that a file without a
    /// readable one can't be judged.
    ///
    /// - Throws: `RunStoreError.damaged`.
    private static func configuration(
        of record: RunRecord, path: String
    ) throws -> RunConfiguration {
        let configuration: RunConfiguration
        do {
            configuration = try WorkloadFile.parseRecorded(
                record.metadata?.configuration ?? "", name: "run", path: path)
        } catch {
            throw RunStoreError.damaged(
                path: path,
                reason:
                    "the column run.configuration, which says what the run is judged by, can't be "
                    + "read: \(error)")
        }
        guard configuration.system == record.metadata?.system else {
            throw RunStoreError.damaged(
                path: path,
                reason:
                    "run.system is \(record.metadata?.system ?? "nothing"), but run.configuration "
                    + "is that of a run of \(configuration.system)")
        }
        return configuration
    }

    /// What to judge by, as far as there is something of that name.
    private func promise() throws -> (model: ObjectModel, checker: (any HistoryChecker)?) {
        let name = model ?? ObjectModel.casRegister.name
        guard let known = ObjectModel.named(name) else {
            throw UnknownName(what: "model", name: name, known: ObjectModel.all.map(\.name))
        }
        guard let checker, checker != LinearizabilityChecker.name else { return (known, nil) }
        guard let chosen = HistoryCheckers.named(checker) else {
            let names = [LinearizabilityChecker.name] + HistoryCheckers.all.map(\.name)
            throw UnknownName(what: "checker", name: checker, known: names)
        }
        return (known, chosen)
    }
}

extension ExitCode {
    /// What a command exits with that can't use what it was given, or fails on its own account.
    init(failingWith error: any Error) {
        switch error {
        case RunStoreError.notWritten: self = .harnessFailure
        case is RunStoreError, is HistoryFormatError, is HistoryError, is LocatedHistoryError,
            is UnknownName, is DamagedArchive, is UnusableFile:
            self = ExitCode(64)
        default: self = .harnessFailure
        }
    }
}
