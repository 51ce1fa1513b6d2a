public import HistoryModel
public import Vocabulary

/// What the simulated world is like; real runs take no notice of it.
public struct SimulationSettings: Hashable, Sendable {
    /// How messages travel.
    public var network = NetworkConditions()
    /// How disks work.
    public var disk = DiskConditions()
    /// How clocks run.
    public var clocks = ClockConditions()

    /// Makes the default world.
    public init() {}
}

/// How messages travel between two nodes, and between clients and nodes, in one direction.
public struct NetworkConditions: Hashable, Sendable {
    /// How long most messages take.
    public var latency: ClosedRange<Nanoseconds> = 200_000...2_000_000
    /// How long the slow ones take.
    public var slowLatency: ClosedRange<Nanoseconds> = 5_000_000...200_000_000
    /// How many in a thousand are slow.
    public var slowPerMille = 5
    /// How many in a thousand are lost.
    public var lossPerMille = 2
    /// How many in a thousand arrive twice.
    public var duplicatePerMille = 2
    /// How many in a thousand arrive as garbage; of those that travel as datagrams.
    public var corruptPerMille = 0
    /// How many in a thousand arrive with a version from the far future in place of an honest one.
    public var forgedVersionsPerMille = 0
    /// How many in a thousand arrive with another value than was written.
    public var forgedValuesPerMille = 0
    /// Whether messages of one direction overtake each other.
    public var reorders = true
    /// Links whose messages are always slow.
    public var laggingLinks: [DirectedLink] = []

    /// Makes the default network.
    public init() {}
}

/// How disks work: in order, at most one sync at a time.
public struct DiskConditions: Hashable, Sendable {
    /// How long most syncs take.
    public var sync: ClosedRange<Nanoseconds> = 200_000...2_000_000
    /// How long the slow ones take.
    public var slowSync: ClosedRange<Nanoseconds> = 20_000_000...300_000_000
    /// How many in a thousand are slow.
    public var slowPerMille = 3

    /// Makes the default disk.
    public init() {}
}

/// How the nodes' clocks differ from the true time.
public struct ClockConditions: Hashable, Sendable {
    /// How far a clock may be off at the start, either way.
    public var offsetMax: Nanoseconds = 500_000_000
    /// How much faster or slower a clock may run, in millionths.
    public var driftMaxPPM = 200

    /// Makes the default clocks.
    public init() {}
}

/// An operation that is to be invoked at a given time by a given thread.
public struct ScriptedOperation: Hashable, Sendable {
    /// When, counted from the start of the load; later if the thread is still busy then.
    public var start: Instant
    /// Which thread.
    public var thread: ThreadID
    /// What it does.
    public var operation: OperationTemplate

    /// Makes a scripted operation; see the properties.
    public init(start: Instant, thread: ThreadID, operation: OperationTemplate) {
        self.start = start
        self.thread = thread
        self.operation = operation
    }
}
