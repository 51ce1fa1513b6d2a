internal import RaftCore
internal import Vocabulary
internal import Workloads

/// Which client a node's request came from.
struct ClientOrigin: Sendable {
    var client: Int
    var id: RequestID
    /// The connection that it came over.
    var epoch: Int
}

/// The machine that one node runs on: its disk, its clock, and the process itself.
struct RaftHost: Sendable {
    let id: NodeID
    private let configuration: RunConfiguration
    private let conditions: DiskConditions
    let clock: NodeClock
    var core: RaftCore
    var disk = SimulatedDisk()
    var incarnation = 1
    var isUp = true
    /// How many faults want the node dead, and how many stopped.
    var kills = 0
    var pauses = 0
    var isPaused: Bool { pauses > 0 }
    /// The last life whose messages are lost even if they were under way: its connections were reset.
    var mutedIncarnation = 0
    /// What came while the node was paused.
    var backlog: [RaftEvent] = []
    /// Clients that wanted to connect while the node was paused.
    var waitingClients: [Int] = []
    /// The requests that wait for an answer: few, so a search beats hashing.
    private var requests: [(id: RequestID, origin: ClientOrigin)] = []
    private var requestCount: UInt64 = 0
    /// When the next tick is due that was scheduled, as true time and on the node's clock.
    var tickAt = Instant.distantFuture
    var tickReading = Instant.distantFuture
    private var random: TimedRandom

    init(_ id: NodeID, _ configuration: RunConfiguration) {
        self.id = id
        self.configuration = configuration
        conditions = configuration.simulation.disk
        random = TimedRandom(Seed(configuration.seed), "disk \(id)")
        let clocks = configuration.simulation.clocks
        var chance = Seed(configuration.seed).stream("clock \(id)")
        clock = NodeClock(
            offset: .random(in: -clocks.offsetMax...clocks.offsetMax, using: &chance),
            driftPPM: Nanoseconds(
                Int.random(in: -clocks.driftMaxPPM...clocks.driftMaxPPM, using: &chance)))
        core = Self.makeCore(id, configuration, incarnation: 1, state: RaftDurableState())
    }

    private static func makeCore(
        _ id: NodeID, _ configuration: RunConfiguration, incarnation: Int, state: RaftDurableState
    ) -> RaftCore {
        var settings = RaftConfiguration(
            id: id, membership: Membership(voters: configuration.nodeIDs))
        settings.incarnation = incarnation
        settings.electionTimeout = configuration.electionTimeout
        settings.heartbeatInterval = max(
            1_000_000, min(50_000_000, configuration.electionTimeout.lowerBound / 3))
        settings.entriesPerMessageMax = configuration.entriesPerMessage
        settings.defects = RaftDefects(configuration.defects.compactMap(RaftDefect.init))
        return RaftCore(
            configuration: settings, state: state,
            seed: Seed(configuration.seed).derived("node \(id)"))
    }

    /// Whether the log holds entries that the node does not know to be committed.
    var hasUncommitted: Bool { core.log.lastIndex > core.commitIndex }

    /// Gives a client's request a number that is unique on this node.
    mutating func admit(client: Int, id: RequestID, epoch: Int) -> RequestID {
        requestCount += 1
        let unique = RequestID(requestCount)
        requests.append((unique, ClientOrigin(client: client, id: id, epoch: epoch)))
        return unique
    }

    /// Whose request it was; once.
    mutating func release(_ id: RequestID) -> ClientOrigin? {
        guard let place = requests.firstIndex(where: { $0.id == id }) else { return nil }
        return requests.remove(at: place).origin
    }

    /// When a sync that is asked for now will be done.
    mutating func syncEnd(now: Instant) -> Instant {
        var random = random.stream(at: now)
        let isSlow = Int.random(in: 0..<1000, using: &random) < conditions.slowPerMille
        let range = isSlow ? conditions.slowSync : conditions.sync
        return disk.completion(of: .random(in: range, using: &random), now: now)
    }

    /// Loses the process, and of the disk what chance takes.
    mutating func losePower(random: inout RandomStream) -> SimulatedDisk.Loss {
        isUp = false
        backlog = []
        waitingClients = []
        requests = []
        tickAt = .distantFuture
        tickReading = .distantFuture
        return disk.losePower(random: &random)
    }

    /// Makes the process anew from what is on the disk.
    mutating func boot() {
        incarnation += 1
        core = Self.makeCore(id, configuration, incarnation: incarnation, state: disk.state)
        isUp = true
    }
}
