public import HistoryModel
public import Vocabulary
public import Workloads

/// What one run in the simulated world left behind.
public struct SimulatedRun: Sendable {
    /// What checkers and reports read; without metadata, and not judged yet.
    public var record: RunRecord
    /// The hash of everything that happened, in sixteen hexadecimal digits.
    public var traceHash: String
    /// Which interesting things happened how often.
    public var coverage: Coverage
    /// How many events the world went through.
    public var steps: Int
    /// How much virtual time has passed.
    public var length: Nanoseconds

    /// The simulated form of each system that has one, by its name.
    private static let worlds: [String: @Sendable (RunConfiguration) -> SimulatedRun] = [
        "raft": { world(of: SimulatedRaft.self, $0) },
        "gossip": { world(of: SimulatedGossip.self, $0) },
    ]

    /// The systems that have a simulated form.
    public static let systems = worlds.keys.sorted()

    /// Carries out the run that a configuration describes.
    ///
    /// A function of the configuration alone: equal ones give equal runs, in every process and on
    /// every machine.
    /// - Throws: ``SimulationError`` if the system has no simulated form.
    public init(_ configuration: RunConfiguration) throws(SimulationError) {
        guard let world = Self.worlds[configuration.system] else {
            throw .notSimulated(system: configuration.system)
        }
        self = world(configuration)
    }

    private static func world<System: SimulatedSystem>(
        of system: System.Type, _ configuration: RunConfiguration
    ) -> SimulatedRun {
        var world = World(configuration, system: system)
        return world.run()
    }

    init(
        record: RunRecord, traceHash: String, coverage: Coverage, steps: Int, length: Nanoseconds
    ) {
        self.record = record
        self.traceHash = traceHash
        self.coverage = coverage
        self.steps = steps
        self.length = length
    }
}

/// Why a run can't be simulated.
public enum SimulationError: Error, Hashable, CustomStringConvertible {
    /// The system exists as real processes only.
    case notSimulated(system: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .notSimulated(let system):
            "the system \(system) has no simulated form; run it without --simulate, or choose "
                + "--system \(SimulatedRun.systems.joined(separator: " or "))"
        }
    }
}
