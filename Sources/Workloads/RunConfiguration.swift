public import Faults
public import HistoryModel
public import Vocabulary

/// How a run drives registers.
public struct RegisterSettings: Hashable, Sendable, Codable {
    /// How often each operation is drawn.
    public var mix = RegisterMix(read: 5, write: 3, cas: 2)
    /// How many client threads work on one key at a time.
    public var clientsPerKey = 5
    /// After how many operations a key is retired and a new one begun.
    public var operationsPerKey = 300

    /// Makes the default settings.
    public init() {}
}

/// What the checkers may spend.
public struct CheckBudget: Hashable, Sendable, Codable {
    /// The longest time, in nanoseconds of the machine's clock.
    public var time: Nanoseconds = 60_000_000_000
    /// The most memory that the searches may hold, in bytes.
    public var bytesMax = 512 << 20

    /// Makes the default budget.
    public init() {}
}

/// Everything that decides what a run does; with the seed, all that is needed to repeat it.
public struct RunConfiguration: Hashable, Sendable {
    /// The workload's name, which is that of its file.
    public var workload: String
    /// What the workload is for, in a sentence.
    public var description = ""
    /// What clients do, and so which promise the run is judged by.
    public var kind = WorkloadKind.register
    /// What clients take the keys of the store for.
    public var object = ObjectType.register
    /// The system under test.
    public var system = "raft"
    /// Known bugs to switch on in the system.
    public var defects: [String] = []
    /// The number of nodes, at least 1.
    public var nodes = 5
    /// The number of client threads, at least 1.
    public var concurrency = 10
    /// Operations that begin in a second, over all threads; nil for as many as there can be.
    public var rate: Double?
    /// The longest load that can be asked for.
    public static let timeLimitMax: Nanoseconds = 1_000 * 3_600_000_000_000
    /// How long the load lasts, up to ``timeLimitMax``.
    public var timeLimit: Nanoseconds = 60_000_000_000
    /// How long after the load, with all faults healed, the system may take to answer again.
    public var recoveryLimit: Nanoseconds = 20_000_000_000
    /// After which time the outcome of an operation is given up as unknown.
    public var operationTimeout: Nanoseconds = 1_000_000_000
    /// The range that election timeouts are drawn from.
    public var electionTimeout: ClosedRange<Nanoseconds> = 150_000_000...300_000_000
    /// The kinds of faults to draw a schedule from; none for a run without faults.
    public var faults: [FaultKind] = FaultKind.ordinary
    /// A schedule to be played as it is, in place of one drawn from the seed.
    public var schedule: FaultSchedule?
    /// The operations of the load, in the order of their start, in place of those that the seed draws.
    public var operations: [ScriptedOperation]?
    /// How many log entries one message carries at most.
    public var entriesPerMessage = 256
    /// What the simulated world is like.
    public var simulation = SimulationSettings()
    /// How registers are driven.
    public var register = RegisterSettings()
    /// How the keys of a gossip store are driven.
    public var keyValue = KeyValueSettings()
    /// How a gossip store spreads what it knows.
    public var gossip = GossipSettings()
    /// What the checkers may spend.
    public var check = CheckBudget()
    /// The seed of all randomness.
    public var seed: UInt64 = 0

    /// Makes the default configuration under a workload's name.
    public init(workload: String) { self.workload = workload }

    /// The nodes in order.
    public var nodeIDs: [NodeID] { (1...max(1, nodes)).map { NodeID($0) } }

    /// The schedule: the one that is given, or else the one that the seed draws.
    public var effectiveSchedule: FaultSchedule {
        if let schedule { return schedule }
        var random = Seed(seed).stream("faults")
        return FaultSchedule.drawn(
            kinds: faults, nodes: nodeIDs, length: timeLimit, random: &random)
    }
}
