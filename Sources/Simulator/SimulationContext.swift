internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// What can happen inside a simulated system.
protocol SystemEvent: Sendable {
    /// What it is and whom it befalls, for the hash of the run.
    var fingerprint: UInt64 { get }
}

/// What is due in a simulated world.
enum WorldEvent<Inner: SystemEvent>: Sendable {
    /// Something inside the system under test.
    case system(Inner)
    /// The interpreter wanted to be called again.
    case interpreter
    /// The nemesis is told something.
    case nemesis(lane: Int, NemesisEvent)
    /// It is time to see whether everything works again after a fault.
    case recoveryProbe(lane: Int, id: Int, [FaultAction])
    /// The system has had its time to get ready.
    case startLimit
    /// The load is over.
    case loadEnd
}

/// What a simulated system sees of its world.
struct SimulationContext<Inner: SystemEvent>: Sendable {
    /// The true time.
    fileprivate(set) var now = Instant.zero
    fileprivate var queue = EventQueue<WorldEvent<Inner>>()
    /// What has ended since the interpreter was last called.
    var completions: [Completion] = []
    /// What the nodes said of themselves, in order.
    private(set) var traces: [NodeTraceEvent] = []
    /// Which interesting things happened how often.
    var coverage = Coverage()
    var hash = TraceHash()
    /// Whether a node was elected since the nemesis was last told.
    var hasElection = false

    /// Lets something happen later.
    mutating func schedule(_ event: Inner, at time: Instant) {
        queue.push(.system(event), at: time)
    }

    mutating func schedule(_ event: WorldEvent<Inner>, at time: Instant) {
        queue.push(event, at: time)
    }

    mutating func note(_ event: NodeTraceEvent) {
        hash.fold(event)
        traces.append(event)
    }

    /// Goes on to the next event; nil if nothing will ever happen again.
    mutating func next() -> WorldEvent<Inner>? {
        guard let (time, event) = queue.pop() else { return nil }
        now = time
        hash.fold(time)
        if case .system(let event) = event { hash.fold(event.fingerprint) }
        return event
    }
}

/// A system under test whose nodes, clients, network and disks all live in the simulated world.
protocol SimulatedSystem: Sendable {
    associatedtype SystemEvent: Simulator.SystemEvent

    /// Builds the system that a configuration describes; nothing runs yet.
    init(_ configuration: RunConfiguration)

    /// Starts all nodes.
    mutating func start(_ world: inout SimulationContext<SystemEvent>)

    /// Whether the system can take its first operation.
    var isReady: Bool { get }

    /// Carries out what was scheduled.
    mutating func perform(_ event: SystemEvent, _ world: inout SimulationContext<SystemEvent>)

    /// Hands an operation to the client of its thread; answered by a completion, at once or later.
    mutating func submit(_ invocation: Invocation, _ world: inout SimulationContext<SystemEvent>)

    /// The node that leads at present.
    var leader: NodeID? { get }

    /// Injects a fault; returns how many nodes it stopped that ran.
    mutating func apply(_ action: FaultAction, _ world: inout SimulationContext<SystemEvent>) -> Int

    /// Ends a fault; returns how many messages it held, and when everything runs again.
    mutating func heal(
        _ action: FaultAction, _ world: inout SimulationContext<SystemEvent>
    ) -> (held: Int, runsAt: Instant)

    /// Ends what disturbs network and disks beside the faults: after them the system has to recover.
    mutating func endDisturbances()

    /// What a fault has not done, for a person; nil if it is in force.
    func missing(ofApplied action: FaultAction) -> String?

    /// What does not work again after a fault; nil if all does.
    func missing(ofHealed action: FaultAction) -> String?

    /// When the first message crossed one of the links that a fault had cut, after their heal.
    func firstDelivery(afterHealOf action: FaultAction) -> Instant?
}
