internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// What is due in a simulated world.
enum WorldEvent<Happening: Sendable>: Sendable {
    /// Something inside the system under test.
    case system(Happening)
    /// The interpreter wanted to be called again.
    case interpreter
    /// The nemesis is told something.
    case nemesis(lane: Int, NemesisEvent)
    /// It is time to see whether everything works again after a fault.
    case recoveryProbe(lane: Int, id: Int, FaultAction)
    /// The system has had its time to get ready.
    case startLimit
    /// The load is over.
    case loadEnd
}

/// What a simulated system sees of its world.
struct Surroundings<Happening: Sendable>: Sendable {
    /// The true time.
    fileprivate(set) var now = Instant.zero
    fileprivate var queue = EventQueue<WorldEvent<Happening>>()
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
    mutating func schedule(_ happening: Happening, at time: Instant) {
        queue.push(.system(happening), at: time)
    }

    mutating func schedule(_ event: WorldEvent<Happening>, at time: Instant) {
        queue.push(event, at: time)
    }

    mutating func note(_ event: NodeTraceEvent) {
        hash.fold(event)
        traces.append(event)
    }

    /// Goes on to the next event; nil if nothing will ever happen again.
    mutating func next() -> WorldEvent<Happening>? {
        guard let (time, event) = queue.pop() else { return nil }
        now = time
        hash.fold(time)
        return event
    }
}

/// A system under test whose nodes, clients, network and disks all live in the simulated world.
protocol SimulatedSystem: Sendable {
    associatedtype Happening: Sendable

    /// Builds the system that a configuration describes; nothing runs yet.
    init(_ configuration: RunConfiguration)

    /// Starts all nodes.
    mutating func start(_ world: inout Surroundings<Happening>)

    /// Whether the system can take its first operation.
    var isReady: Bool { get }

    /// Carries out what was scheduled.
    mutating func perform(_ happening: Happening, _ world: inout Surroundings<Happening>)

    /// Hands an operation to the client of its thread; answered by a completion, at once or later.
    mutating func submit(_ invocation: Invocation, _ world: inout Surroundings<Happening>)

    /// The node that leads at present.
    var leader: NodeID? { get }

    /// Injects a fault.
    mutating func apply(_ action: FaultAction, _ world: inout Surroundings<Happening>)

    /// Ends a fault; returns how much it touched, in the unit of its kind, and when everything runs
    /// again.
    mutating func heal(
        _ action: FaultAction, _ world: inout Surroundings<Happening>
    ) -> (touched: Int, runsAt: Instant)

    /// Ends what disturbs the network beside the faults: after them the system has to recover.
    mutating func calmDown()

    /// What a fault has not done, for a person; nil if it is in force.
    func missing(ofApplied action: FaultAction) -> String?

    /// What does not work again after a fault; nil if all does.
    func missing(ofHealed action: FaultAction) -> String?

    /// When the first message crossed a link after the last heal.
    var firstDelivery: Instant? { get }
}
