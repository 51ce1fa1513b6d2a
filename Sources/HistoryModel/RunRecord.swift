public import Vocabulary

/// What identifies a run and is needed to repeat it.
public struct RunMetadata: Hashable, Sendable, Codable {
    /// The run's name, also that of its folder, such as `register-20261123-181552-7`.
    public var id: String
    /// When it began: ISO 8601, UTC.
    public var startedAt: String
    /// The workload's name.
    public var workload: String
    /// The system under test.
    public var system: String
    /// Known bugs that were switched on in it.
    public var defects: [String]
    /// The number of nodes.
    public var nodes: Int
    /// The seed of all randomness.
    public var seed: UInt64
    /// ``real`` or ``simulated``.
    public var world: String
    /// The world of real processes.
    public static let real = "real"
    /// The world of one event queue in virtual time.
    public static let simulated = "simulated"
    /// The command line that repeats the run.
    public var command: [String]
    /// The effective configuration, every option with its value, as YAML.
    public var configuration: String
    /// Versions of what took part: harness, Swift, SQLite, kernel.
    public var versions: [String: String]
    /// How many faults the schedule holds; 0 for a run that was to have none.
    public var faultsPlanned: Int
    /// The hash of everything that happened, for a simulated run.
    public var traceHash: String?

    /// Makes the metadata; see the properties.
    public init(
        id: String, startedAt: String, workload: String, system: String, defects: [String],
        nodes: Int, seed: UInt64, world: String, command: [String], configuration: String,
        versions: [String: String], faultsPlanned: Int = 0, traceHash: String? = nil
    ) {
        self.id = id
        self.startedAt = startedAt
        self.workload = workload
        self.system = system
        self.defects = defects
        self.nodes = nodes
        self.seed = seed
        self.world = world
        self.command = command
        self.configuration = configuration
        self.versions = versions
        self.faultsPlanned = faultsPlanned
        self.traceHash = traceHash
    }
}

/// A span of the run with a meaning of its own, such as `faults` or `recovery`.
public struct RunPhase: Hashable, Sendable, Codable {
    /// The name of the phase in which clients work and faults are injected.
    public static let load = "load"

    /// The phase's name.
    public var name: String
    /// When it began.
    public var start: Instant
    /// When it ended; nil if the run was cut short.
    public var end: Instant?

    /// Names a span.
    public init(name: String, start: Instant, end: Instant? = nil) {
        self.name = name
        self.start = start
        self.end = end
    }
}

/// Everything that one run left behind: what checkers and reports read, and all they read.
public struct RunRecord: Hashable, Sendable {
    /// What identifies the run; nil for a history that was imported from elsewhere.
    public var metadata: RunMetadata?
    /// What the clients did.
    public var history: History
    /// The faults as they were injected, in the order of their start.
    public var faults: [FaultRecord]
    /// The phases in order.
    public var phases: [RunPhase]
    /// What the nodes said of themselves, in the order of time.
    public var traces: TraceList
    /// Things that went wrong in the harness itself or deserve a warning, as sentences.
    public var notices: [String]
    /// Whether the run came to its planned end.
    public var finished: Bool
    /// The checkers' conclusions; empty before the run was judged.
    public var results: [CheckerResult]

    /// Makes a record; see the properties.
    public init(
        metadata: RunMetadata? = nil, history: History, faults: [FaultRecord] = [],
        phases: [RunPhase] = [], traces: some Sequence<NodeTraceEvent> = TraceList(),
        notices: [String] = [],
        finished: Bool = true, results: [CheckerResult] = []
    ) {
        self.metadata = metadata
        self.history = history
        self.faults = faults
        self.phases = phases
        self.traces = traces as? TraceList ?? TraceList(traces)
        self.notices = notices
        self.finished = finished
        self.results = results
    }

    /// The worst of all checkers' verdicts; unknown as long as nothing was judged.
    public var verdict: Verdict {
        results.isEmpty ? .unknown : .worst(results.map(\.verdict))
    }
}
