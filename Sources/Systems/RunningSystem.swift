public import Faults
public import HistoryModel
public import Vocabulary
public import Workloads

/// What a probe showed after a fault was healed.
public struct RecoveryProof: Hashable, Sendable {
    /// Whether everything was seen to work.
    public var proof: FaultRecord.Proof
    /// When the first bytes crossed a link that had been cut, if any did.
    public var firstDelivery: Instant?

    /// Makes a proof; see the properties.
    public init(_ proof: FaultRecord.Proof, firstDelivery: Instant? = nil) {
        self.proof = proof
        self.firstDelivery = firstDelivery
    }
}

/// A system under test that runs, with the means to talk to it, to break it, and to look at it.
public protocol RunningSystem: Sendable {
    /// Hands operations to the clients of their threads.
    ///
    /// `deliver` is called exactly once for each, in any order and on any thread.
    func submit(
        _ invocations: [Invocation], deliver: @escaping @Sendable (Completion) -> Void)

    /// Injects a fault and returns once it is in force.
    func apply(_ action: FaultAction) async throws

    /// Ends a fault and returns once everything runs again, with how much the fault touched, in
    /// the unit of its kind.
    func heal(_ action: FaultAction) async throws -> Int

    /// Finds out with a probe whether the fault is really there.
    func probeApplied(_ action: FaultAction) async -> FaultRecord.Proof

    /// Finds out with a probe whether everything that the fault touched works again.
    func probeHealed(_ action: FaultAction) async -> RecoveryProof

    /// The node that leads at present and its term, as far as the system has said so.
    func leader() -> (node: NodeID, term: Int)?

    /// What the nodes did since the last call, and what the harness saw of them.
    func takeTraces() -> [NodeTraceEvent]
}

/// A known bug that can be switched on in a system, to see that the harness finds it.
public struct DefectDescription: Hashable, Sendable {
    /// The name of the switch.
    public var name: String
    /// What is wrong when it is on.
    public var summary: String

    /// Describes a defect.
    public init(name: String, summary: String) {
        self.name = name
        self.summary = summary
    }
}

/// What a system needs to be started.
public struct SystemEnvironment: Sendable {
    /// What the run is to do.
    public var configuration: RunConfiguration
    /// The folder for the nodes' data, logs and traces; exists and is empty.
    public var directory: String
    /// The run's clock.
    public var clock: RunClock

    /// Makes an environment; see the properties.
    public init(configuration: RunConfiguration, directory: String, clock: RunClock) {
        self.configuration = configuration
        self.directory = directory
        self.clock = clock
    }
}

/// A kind of system that the harness can start and test.
public protocol SystemUnderTest: Sendable {
    /// Its name on the command line.
    var name: String { get }
    /// One line for a list.
    var summary: String { get }
    /// The known bugs that it can be given.
    var defects: [DefectDescription] { get }
    /// What can be done to it; faults that consist of anything else are refused.
    var primitives: Set<FaultAction.Primitive> { get }

    /// Starts the system, waits until it serves clients, runs `body`, and ends the system again,
    /// whatever happens in `body`.
    func withRunning(
        _ environment: SystemEnvironment,
        _ body: @escaping @Sendable (any RunningSystem) async throws -> Void
    ) async throws
}
