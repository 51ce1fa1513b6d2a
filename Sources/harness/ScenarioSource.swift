internal import ArgumentParser
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import WorkloadFiles
internal import Workloads

/// Where `replay` and `shrink` take their scenario from: a run, a workload file, or a seed.
struct ScenarioSource: ParsableArguments {
    @Argument(help: "A run (its folder or run file), or a scenario as a workload file.")
    var run: String?

    @Option(name: .shortAndLong, help: "With --seed: the workload that was explored.")
    var workload: String?

    @Option(help: "With --seed: the bugs that were switched on.")
    var defect: [String] = []

    @Option(help: "With --seed: the number of nodes, if explore was told it.")
    var nodes: Int?

    @Option(help: "With --seed: the number of client threads, if explore was told it.")
    var concurrency: Int?

    @Option(help: "With --seed: the rate, if explore was told it.")
    var rate: String?

    @Option(help: "With --seed: how long the load lasts, if explore was told it.")
    var timeLimit: String?

    @Option(help: "With --seed: the faults, if explore was told them.")
    var faults: String?

    @Option(
        parsing: .unconditional, help: "The seed of an exploration, in place of a run.",
        transform: SeedOption.parse)
    var seed: UInt64?

    func validate() throws {
        guard (run == nil) != (seed == nil) else {
            throw ValidationError("give either a run or --seed N with --workload W")
        }
        guard run != nil else { return }
        let given = [
            ("--workload", workload != nil), ("--defect", !defect.isEmpty),
            ("--nodes", nodes != nil), ("--concurrency", concurrency != nil),
            ("--rate", rate != nil), ("--time-limit", timeLimit != nil),
            ("--faults", faults != nil),
        ].filter(\.1).map(\.0)
        guard given.isEmpty else {
            let verb = given.count == 1 ? "belongs" : "belong"
            throw ValidationError(
                "\(given.joined(separator: ", ")) \(verb) to --seed; a run has its own")
        }
    }

    /// A scenario, with the run that it was recorded in, if there is one.
    struct Loaded {
        var scenario: RunConfiguration
        var record: RunRecord?
        /// The run's folder, its file, or the words that name the seed, for command lines.
        var name: [String]

        /// Why there is nothing to repeat or to make smaller: the run was judged, and kept its promise.
        var soundness: String? {
            guard let record, !record.results.isEmpty, record.verdict == .valid else { return nil }
            return "\(name.joined(separator: " ")) was VALID when it was recorded"
        }

        /// Whether the scenario was carried out by real processes.
        var isReal: Bool { record?.metadata?.world == RunMetadata.real }

        /// The scenario for one of the worlds.
        ///
        /// Operations are a function of the seed only in the world and at the pace in which they were
        /// drawn: into another world, and out of the real one, they are taken as they were recorded.
        func scenario(forReal: Bool) -> RunConfiguration {
            guard scenario.operations == nil, let record, isReal || forReal else {
                return scenario
            }
            var scripted = scenario
            scripted.operations = record.script(of: scenario)
            return scripted
        }
    }

    /// Reads the scenario.
    ///
    /// - Throws: `ValidationError` for what can't be read, with what differs.
    func load() throws -> Loaded {
        if let seed {
            guard let workload else {
                throw ValidationError("--seed needs --workload, to know what the seed draws")
            }
            let options = RunOptions(
                exploring: workload, defects: defect, nodes: nodes, concurrency: concurrency,
                rate: rate, timeLimit: timeLimit, faults: faults, seed: seed)
            let (base, fixed, _) = try options.explored()
            let scenario = ScenarioDrawing(base: base, fixed: fixed).scenario(seed: seed)
            return Loaded(scenario: scenario, name: words(workload, seed))
        }
        let path = run ?? ""
        do {
            if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
                let scenario = try WorkloadFile.read(path)
                try RunOptions.checkSchedule(scenario)
                return Loaded(scenario: scenario, name: [path])
            }
            return try recorded(path)
        } catch let error as RunStoreError {
            throw ValidationError(error.description)
        } catch let error as WorkloadFileError {
            throw ValidationError(error.description)
        }
    }

    /// The options that name the seed's scenario, all of them.
    private func words(_ workload: String, _ seed: UInt64) -> [String] {
        let options: [(String, String?)] = [
            ("--nodes", nodes.map { String($0) }),
            ("--concurrency", concurrency.map { String($0) }),
            ("--rate", rate), ("--time-limit", timeLimit), ("--faults", faults),
            ("--seed", String(seed)),
        ]
        return ["--workload", workload] + defect.flatMap { ["--defect", $0] }
            + options.flatMap { name, value in value.map { [name, $0] } ?? [] }
    }

    private func recorded(_ path: String) throws -> Loaded {
        let file = InputFile.run(at: path)
        if InputFile.isFolder(file) { throw ValidationError(Self.noRun(in: path)) }
        let record = try RunReader.read(file)
        guard let metadata = record.metadata else {
            throw ValidationError("\(file) does not say how the run was made")
        }
        var scenario = try WorkloadFile.parseRecorded(
            metadata.configuration, name: metadata.workload, path: file)
        scenario.workload = metadata.workload
        let folder = String(file.dropLast("/run.sqlite".count))
        return Loaded(
            scenario: scenario, record: record,
            name: [file.hasSuffix("/run.sqlite") && !folder.isEmpty ? folder : path])
    }

    /// What to do about a folder that is not a run's, such as that of an exploration.
    private static func noRun(in folder: String) -> String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let runs = names.filter {
            FileManager.default.fileExists(atPath: "\(folder)/\($0)/run.sqlite")
        }
        let scenarios = names.filter { $0.hasSuffix(".yaml") }
        guard let inside = (runs.sorted() + scenarios.sorted()).first else {
            return
                "\(folder) has no run.sqlite; `\(Invocation.word) list runs` names the runs there are"
        }
        return "\(folder) is not the folder of one run; give one of those in it, such as "
            + "\(folder)/\(inside)"
    }
}
