public import Checkers
public import HistoryModel
public import Vocabulary

/// What clients do in a run, and so what they are promised: one value, which knows no system.
///
/// It runs on every system whose clients have the functions that it needs. To add one, add a file to
/// `WorkloadCatalogue` that declares it: `extension Workload { public static let … }`.
public struct Workload: Sendable {
    /// Its name in files, on the command line and in reports.
    public let name: String
    /// What clients do and are promised, in a line.
    public let summary: String
    /// What the clients take the keys for.
    public let object: ObjectType
    /// The functions of that object that it needs.
    public let functions: [Function]
    /// Its own settings, which a file gives in a section of the workload's name.
    public let settings: [WorkloadSetting]
    /// The other sections of a workload file that it goes by.
    public let sections: Set<String>
    /// What clients do while faults are injected.
    let load: @Sendable (RunConfiguration) -> Load
    /// What they do when all faults are healed.
    let lastPhase: @Sendable (RunConfiguration) -> LastPhase
    /// What they are promised, the most important first.
    let checkers: @Sendable (RunConfiguration) -> [any RunChecker]
    /// What the history is judged by while it is recorded; nil if only a whole run can be judged.
    public let streamed: ObjectModel?

    /// What clients do while faults are injected.
    struct Load: Sendable {
        /// Each function with its weight; what has none is not drawn.
        var weights: [(function: Function, weight: Int)]
        /// Draws the operations, at any rate and without end.
        var generator: any Generator
    }

    /// What clients do when all faults are healed.
    struct LastPhase: Sendable {
        /// How long nobody does anything at first.
        var settling: Nanoseconds = 0
        /// The functions by which every key is looked at once more.
        var observers: [Function] = [.read]
        /// What they do then, until the recovery limit at the latest.
        var generator: any Generator
    }

    init(
        _ name: String, summary: String, object: ObjectType, functions: [Function],
        settings: [WorkloadSetting] = [], sections: Set<String> = [],
        streamed: ObjectModel? = nil,
        load: @escaping @Sendable (RunConfiguration) -> Load,
        lastPhase: @escaping @Sendable (RunConfiguration) -> LastPhase,
        checkers: @escaping @Sendable (RunConfiguration) -> [any RunChecker]
    ) {
        self.name = name
        self.summary = summary
        self.object = object
        self.functions = functions
        self.settings = settings
        self.sections = sections
        self.streamed = streamed
        self.load = load
        self.lastPhase = lastPhase
        self.checkers = checkers
    }

    /// All of them, by name.
    public static let all: [Workload] = entries.sorted { $0.name < $1.name }

    /// The one of this name, if there is one.
    public static func named(_ name: String) -> Workload? { all.first { $0.name == name } }
}

extension Workload: Hashable {
    /// Workloads are told apart by their names.
    public static func == (left: Workload, right: Workload) -> Bool { left.name == right.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Workload: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}

/// A number that a workload can be given.
public struct WorkloadSetting: Hashable, Sendable {
    /// Its name in the workload's section.
    public let name: String
    /// What it is if nothing is said.
    public let standard: Int
    /// What it can be.
    public let range: ClosedRange<Int>
    /// What it means, in a line.
    public let summary: String

    /// Declares a setting; see the properties.
    public init(
        _ name: String, _ standard: Int, in range: ClosedRange<Int>, _ summary: String
    ) {
        self.name = name
        self.standard = standard
        self.range = range
        self.summary = summary
    }
}

extension RunConfiguration {
    /// A setting of the workload, as it was given or as it is if nothing is said.
    public subscript(setting: WorkloadSetting) -> Int { options[setting.name] ?? setting.standard }

    /// The functions that the load consists of, so that a run in which one of them never succeeded has
    /// not tested what it was to test.
    public var functionsNeeded: [Function] {
        guard let operations else {
            return kind.load(self).weights.filter { $0.weight > 0 }.map(\.function)
        }
        var functions: [Function] = []
        for function in operations.map(\.operation.function) where !functions.contains(function) {
            functions.append(function)
        }
        return functions
    }

    /// What a run is judged by, but for what its system promises of itself.
    public var judgingPlan: JudgingPlan {
        JudgingPlan(
            kind.checkers(self), functionsNeeded: functionsNeeded, loadLength: timeLimit,
            isLeftAlone: settling > 0, observers: kind.lastPhase(self).observers)
    }

    /// How long nobody does anything between the end of all faults and the last phase.
    public var settling: Nanoseconds { kind.lastPhase(self).settling }

    /// The generator of the whole run: load, then the end of all faults, then a last look at everything.
    ///
    /// The last phase ends at the recovery limit even if something could not be read.
    public var generator: Phases {
        let last = kind.lastPhase(self)
        var phases: [any Generator] = [load, AwaitFaultsOver()]
        if last.settling > 0 { phases.append(Settle(last.settling)) }
        phases.append(TimeLimit(recoveryLimit, Phases([last.generator])))
        return Phases(phases)
    }

    /// The operations of the script, or else those that are drawn, at the rate that is asked for.
    private var load: any Generator {
        if let operations {
            return TimeLimit(
                timeLimit, ScriptedOperations(operations, threadCount: concurrency))
        }
        return paced(kind.load(self).generator)
    }

    private func paced(_ load: some Generator) -> any Generator {
        guard let rate, rate > 0 else { return TimeLimit(timeLimit, load) }
        return TimeLimit(timeLimit, Stagger(max(1, Int64(1_000_000_000 / rate)), load))
    }
}
