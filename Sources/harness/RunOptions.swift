internal import ArgumentParser
internal import Exploration
internal import Faults
internal import Simulator
internal import Systems
internal import Vocabulary
internal import WorkloadFiles
internal import Workloads

/// The options that override what a workload file says.
struct RunOptions: ParsableArguments {
    @Option(
        name: .shortAndLong, help: "The workload: a name (see `\(Invocation.word) list`) or a file."
    )
    var workload: String

    @Option(help: "The system under test: raft, gossip, memory.")
    var system: String?

    @Option(help: "Switch a known bug on in the system; may be given more than once.")
    var defect: [String] = []

    @Option(help: "The number of nodes, 1 to 99.")
    var nodes: Int?

    @Option(help: "The number of client threads.")
    var concurrency: Int?

    @Option(help: "Operations a second over all clients, or \"unlimited\".")
    var rate: String?

    @Option(help: "How long the load lasts: 60s, 5m, 1h.")
    var timeLimit: String?

    @Option(
        help: """
            Faults to inject: kinds or families, separated by commas, or all, or none \
            (see `\(Invocation.word) list faults`).
            """)
    var faults: String?

    @Option(help: "The seed of all randomness; drawn and shown if it is not given.")
    var seed: UInt64?

    init() {}

    /// The options of an exploration, given elsewhere.
    init(
        exploring workload: String, defects: [String], nodes: Int?, concurrency: Int?,
        rate: String?, timeLimit: String?, faults: String?, seed: UInt64
    ) {
        self.workload = workload
        system = nil
        defect = defects
        self.nodes = nodes
        self.concurrency = concurrency
        self.rate = rate
        self.timeLimit = timeLimit
        self.faults = faults
        self.seed = seed
    }

    /// The effective configuration, with notes about what was left out of it.
    func configuration() throws -> (RunConfiguration, notes: [String]) {
        var (configuration, fileSeed) = try WorkloadFinder.configuration(of: workload)
        if let system { configuration.system = system }
        if !defect.isEmpty { configuration.defects = defect }
        if let nodes { configuration.nodes = try bounded(nodes, 1...99, "--nodes") }
        if let concurrency {
            configuration.concurrency = try bounded(concurrency, 1...10_000, "--concurrency")
        }
        if let rate {
            guard let parsed = RateText.parse(rate) else {
                throw ValidationError("--rate: expected \(RateText.hint), found \"\(rate)\"")
            }
            configuration.rate = parsed.value
        }
        if let timeLimit {
            guard let length = DurationText.parse(timeLimit), length > 0,
                length <= RunConfiguration.timeLimitMax
            else {
                throw ValidationError(
                    "--time-limit: expected a length of time such as 60s, 250ms or 10m, found "
                        + "\"\(timeLimit)\"")
            }
            configuration.timeLimit = length
        }
        configuration.seed = seed ?? fileSeed ?? UInt64(UInt32.random(in: 1 ... .max))
        try checkKind(configuration)
        var notes = try chooseFaults(&configuration)
        try checkDefects(configuration)
        notes += leaveOutContradicted(&configuration)
        return (configuration, notes)
    }

    /// Leaves out what the file lists one by one and an option makes impossible; says what and why.
    private func leaveOutContradicted(_ configuration: inout RunConfiguration) -> [String] {
        let limit = Instant(nanoseconds: configuration.timeLimit)
        let isShorter = { (starts: [Instant]) in
            timeLimit != nil && starts.contains { $0 >= limit }
        }
        var notes: [String] = []
        if let schedule = configuration.schedule {
            let options = [
                nodes == nil ? nil : "--nodes", faults == nil ? nil : "--faults",
                isShorter(schedule.faults.map(\.start)) ? "--time-limit" : nil,
            ].compactMap(\.self)
            if let option = options.first {
                configuration.schedule = nil
                notes.append(
                    "left out: the file's schedule, which \(option) contradicts; faults are drawn")
            }
        }
        if let operations = configuration.operations {
            let options = [
                concurrency == nil ? nil : "--concurrency",
                isShorter(operations.map(\.start)) ? "--time-limit" : nil,
            ].compactMap(\.self)
            if let option = options.first {
                configuration.operations = nil
                notes.append(
                    "left out: the file's operations, which \(option) contradicts; others are drawn"
                )
            }
        }
        return notes
    }

    /// What an exploration varies, and what it keeps because it was asked for.
    func explored() throws -> (RunConfiguration, ScenarioDrawing.Fixed, notes: [String]) {
        var (configuration, notes) = try configuration()
        if timeLimit == nil, configuration.schedule == nil, configuration.operations == nil {
            configuration.timeLimit = Self.exploredTimeLimit
        }
        guard SimulatedRun.systems.contains(configuration.system) else {
            throw ValidationError(
                SimulationError.notSimulated(system: configuration.system).description)
        }
        var fixed: ScenarioDrawing.Fixed = []
        if nodes != nil { fixed.insert(.nodes) }
        if concurrency != nil { fixed.insert(.concurrency) }
        if rate != nil { fixed.insert(.rate) }
        if faults != nil { fixed.insert(.faults) }
        return (configuration, fixed, notes)
    }

    /// Short runs find more in the same time: most bugs need few faults.
    private static let exploredTimeLimit: Nanoseconds = 20_000_000_000

    /// Keeps the faults that the system can have; asking for others by option is an error.
    private func chooseFaults(_ configuration: inout RunConfiguration) throws -> [String] {
        if let faults {
            let names = faults.split(separator: ",", omittingEmptySubsequences: false)
                .map { String($0.trimmingPrefix(while: \.isWhitespace)) }
            guard !names.contains("") else {
                throw ValidationError(
                    "--faults: expected names of faults with commas between them, or none; found "
                        + "\"\(faults)\"")
            }
            do {
                configuration.faults = try FaultNames.kinds(names)
            } catch { throw ValidationError(error.description) }
        }
        let system = try KnownSystems.named(configuration.system)
        let nodes = configuration.nodes
        let possible = configuration.faults.filter {
            $0.needs.isSubset(of: system.primitives) && $0.nodesMin <= nodes
        }
        let impossible = configuration.faults.filter { !possible.contains($0) }
        configuration.faults = possible
        guard !impossible.isEmpty else { return [] }
        let note = Self.refusal(of: impossible, by: system, nodes: nodes)
        guard faults == nil || faults == "all" else {
            throw ValidationError("--faults: \(note)")
        }
        if possible.isEmpty { configuration.schedule = nil }
        return ["left out: " + note]
    }

    /// Why a system can't have some faults: it has none of these families, or too few nodes.
    private static func refusal(
        of faults: [FaultKind], by system: any SystemUnderTest, nodes: Int
    ) -> String {
        let foreign = faults.filter { !$0.needs.isSubset(of: system.primitives) }
        let large = faults.filter { !foreign.contains($0) }
        var parts: [String] = []
        if !foreign.isEmpty {
            let known = FaultKind.all.filter { $0.needs.isSubset(of: system.primitives) }
            let families = known.isEmpty ? "" : FaultNames.names(known).joined(separator: ", ")
            parts.append(
                "\(FaultNames.names(foreign).joined(separator: ", ")): the system \(system.name) has "
                    + (families.isEmpty ? "no faults" : "only the faults \(families)"))
        }
        for (count, kinds) in Dictionary(grouping: large, by: \.nodesMin).sorted(by: {
            $0.key < $1.key
        }) {
            parts.append(
                "\(FaultNames.names(kinds).joined(separator: ", ")): needs at least "
                    + "\(PluralText.count(count, "node")), there "
                    + (nodes == 1 ? "is 1" : "are \(nodes)"))
        }
        return parts.joined(separator: "; ")
    }

    /// A store of registers promises more than one that only converges, and they know other operations.
    private func checkKind(_ configuration: RunConfiguration) throws {
        guard configuration.kind.converges != (configuration.system == "gossip") else { return }
        throw ValidationError(
            "a \(configuration.kind.rawValue) workload can't run on the system "
                + "\(configuration.system); its kinds are "
                + WorkloadKind.allCases.filter {
                    $0.converges == (configuration.system == "gossip")
                }.map(\.rawValue).joined(separator: ", "))
    }

    private func checkDefects(_ configuration: RunConfiguration) throws {
        let system = try KnownSystems.named(configuration.system)
        let known = system.defects.map(\.name)
        for defect in configuration.defects where !known.contains(defect) {
            guard !known.isEmpty else {
                throw ValidationError("the system \(system.name) has no defects to switch on")
            }
            throw ValidationError(NearestName.unknown("defect", defect, known: known))
        }
    }

    private func bounded(
        _ number: Int, _ range: ClosedRange<Int>, _ option: String
    ) throws -> Int {
        guard range.contains(number) else {
            throw ValidationError(
                "\(option): expected \(range.lowerBound) to \(range.upperBound), found \(number)")
        }
        return number
    }
}

extension KnownSystems {
    /// The system of this name.
    ///
    /// - Throws: `ValidationError`, which exits with 64.
    static func named(_ name: String) throws -> any SystemUnderTest {
        guard let system = all.first(where: { $0.name == name }) else {
            throw ValidationError(NearestName.unknown("system", name, known: all.map(\.name)))
        }
        return system
    }
}
