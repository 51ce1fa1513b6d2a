internal import Vocabulary
internal import Workloads

/// Which client a node's request came from.
struct ClientOrigin: Sendable {
    var client: Int
    var id: UInt64
    /// The connection that it came over.
    var epoch: Int
}

/// What a node runs on, whatever it runs: its clock, its disk's pace, and the state of its process.
struct SimulatedHost<Event: Sendable>: Sendable {
    let id: NodeID
    let clock: NodeClock
    private var conditions: DiskConditions
    private var random: TimedRandom
    /// How many times the process was started, this time included.
    var incarnation = 1
    /// How many times it was started with an empty disk, this time included.
    var generation = 1
    var isUp = true
    /// Whether the process was told to start and has not come up yet.
    var isBooting = false
    /// How many faults want the node dead, and how many stopped.
    var kills = 0
    var pauses = 0
    var isPaused: Bool { pauses > 0 }
    /// The last start whose messages are lost even if they were under way: its connections were reset.
    var mutedIncarnation = 0
    /// What came while the node was paused.
    var backlog: [Event] = []
    /// Clients that wanted to connect while the node was paused.
    var waitingClients: [Int] = []
    /// Those that wait for an answer: few, so a search beats hashing.
    private var requests: [(id: UInt64, origin: ClientOrigin)] = []
    private var requestCount: UInt64 = 0
    /// When the next tick is due that was scheduled, as true time and on the node's clock.
    var tickAt = Instant.distantFuture
    var tickReading = Instant.distantFuture

    init(_ id: NodeID, _ configuration: RunConfiguration) {
        self.id = id
        conditions = configuration.simulation.disk
        random = TimedRandom(Seed(configuration.seed), "disk \(id)")
        let clocks = configuration.simulation.clocks
        var chance = Seed(configuration.seed).stream("clock \(id)")
        clock = NodeClock(
            offset: .random(in: -clocks.offsetMax...clocks.offsetMax, using: &chance),
            driftPPM: .random(in: -clocks.driftMaxPPM...clocks.driftMaxPPM, using: &chance))
    }

    /// Gives a client's request a number that is unique on this node.
    mutating func admit(client: Int, id: UInt64, epoch: Int) -> UInt64 {
        requestCount += 1
        requests.append((requestCount, ClientOrigin(client: client, id: id, epoch: epoch)))
        return requestCount
    }

    /// Whose request it was; once.
    mutating func release(_ id: UInt64) -> ClientOrigin? {
        guard let place = requests.firstIndex(where: { $0.id == id }) else { return nil }
        return requests.remove(at: place).origin
    }

    /// How long a sync takes that is asked for now.
    mutating func syncLength(now: Instant) -> Nanoseconds {
        var random = random.stream(at: now)
        let isSlow = Int.random(in: 0..<1000, using: &random) < conditions.slowPerMille
        return .random(in: isSlow ? conditions.slowSync : conditions.sync, using: &random)
    }

    /// No sync that is asked for from now on takes longer than `syncMax`.
    mutating func endDisturbances(syncMax: Nanoseconds) {
        conditions.slowPerMille = 0
        conditions.sync = conditions.sync.clamped(to: 0...syncMax)
    }

    /// Stops the process where it stands; returns whether it was running till now.
    mutating func pause() -> Bool {
        pauses += 1
        return isUp && pauses == 1
    }

    /// Loses the process.
    mutating func stop() {
        isUp = false
        backlog = []
        waitingClients = []
        requests = []
        tickAt = .distantFuture
        tickReading = .distantFuture
    }

    /// Notes that the process was started anew.
    mutating func start() {
        incarnation += 1
        isUp = true
        isBooting = false
    }
}

extension NodeID {
    /// The node's place in arrays of all nodes.
    var place: Int { rawValue - 1 }
}
