public import GossipCore
public import Vocabulary

/// What one epidemic amounted to.
public struct EpidemicOutcome: Hashable, Sendable {
    /// The share of sites that never got the update: s.
    public var residue: Double
    /// Copies of the update that were sent, per site: m.
    public var traffic: Double
    /// The mean cycle in which a site got it, over those that did: t_ave.
    public var meanDelay: Double
    /// The last cycle in which a site got it: t_last.
    public var lastDelay: Double
}

/// One update that spreads through many sites in synchronous cycles.
///
/// The sites are gossip cores as they run in a node. In a cycle all begin their exchanges, then all
/// requests arrive, then all answers; what a site learns in a cycle is saved at its end. Since a core
/// tells nobody what is not durable, every answer comes from the state at the cycle's beginning.
///
/// Source: Demers et al. 1987, §1.3 and §1.4.
public struct SynchronousEpidemic: Sendable {
    private struct Letter {
        var message: GossipMessage
        var from: Int
        var to: Int
    }

    private static let cycleLength: Nanoseconds = 1_000_000_000
    private static let key = "update"

    private var sites: [GossipCore]
    private let isQuietWithoutRumors: Bool
    private let learnsAtOnce: Bool
    private var now = Instant.zero
    /// The cycle in which each site got the update; nil before.
    private var learnedAt: [Int?]
    /// How many sites do not have the update yet.
    public private(set) var unawareCount: Int
    private var cycle = 0
    private var copyCount = 0
    private var packets: [Letter] = []
    private var saves: [(site: Int, token: SyncToken)] = []
    private var effects: [GossipEffect] = []

    /// Places the update at the first of so many sites.
    ///
    /// - Parameters:
    ///   - siteCount: How many sites there are.
    ///   - seed: The source of all randomness.
    ///   - rumors: How the update is spread as a rumor, if it is.
    ///   - antiEntropy: How the sites compare all they have, if they do.
    ///   - learnsAtOnce: Whether a site knows in the same cycle what it has just got.
    public init(
        siteCount: Int, seed: Seed, rumors: RumorSettings?, antiEntropy: AntiEntropySettings?,
        learnsAtOnce: Bool = false
    ) {
        self.learnsAtOnce = learnsAtOnce
        let members = (0..<siteCount).map { NodeID($0 + 1) }
        var configuration = GossipConfiguration(id: NodeID(1), members: members)
        configuration.jitterPercent = 0
        configuration.notesPropagation = false
        configuration.rumors = rumors
        configuration.rumors?.interval = Self.cycleLength
        configuration.antiEntropy = antiEntropy
        configuration.antiEntropy?.interval = Self.cycleLength
        sites = members.map { id in
            var own = configuration
            own.id = id
            return GossipCore(configuration: own, seed: seed)
        }
        isQuietWithoutRumors = antiEntropy == nil
        learnedAt = Array(repeating: nil, count: siteCount)
        unawareCount = siteCount
        for site in sites.indices { step(site, .start) }
        step(0, .requested(.put(key: Self.key, value: "", seen: 0), id: RequestID(1)))
        completeSaves()
    }

    /// Runs until nothing more can happen, or until every site has the update.
    ///
    /// - Parameter cyclesMax: After so many cycles it is over anyway.
    /// - Returns: What the epidemic amounted to.
    public mutating func run(cyclesMax: Int = 1000) -> EpidemicOutcome {
        while unawareCount > 0 || isQuietWithoutRumors, cycle < cyclesMax, !isQuiet { advance() }
        let delays = learnedAt.compactMap(\.self)
        return EpidemicOutcome(
            residue: Double(unawareCount) / Double(sites.count),
            traffic: Double(copyCount) / Double(sites.count),
            meanDelay: Double(delays.reduce(0, +)) / Double(max(1, delays.count)),
            lastDelay: Double(delays.max() ?? 0))
    }

    /// Runs one cycle.
    public mutating func advance() {
        cycle += 1
        now = Instant(nanoseconds: Nanoseconds(cycle) * Self.cycleLength)
        for site in sites.indices where sites[site].nextDeadline <= now { step(site, .tick) }
        while !packets.isEmpty { deliver() }
        completeSaves()
    }

    private var isQuiet: Bool {
        isQuietWithoutRumors && sites.allSatisfy { $0.rumorCount == 0 }
    }

    private mutating func deliver() {
        let arriving = packets
        packets.removeAll(keepingCapacity: true)
        for packet in arriving {
            step(packet.to, .received(packet.message, from: NodeID(packet.from + 1)))
            if learnsAtOnce { completeSaves() }
        }
    }

    private mutating func completeSaves() {
        let completed = saves
        saves.removeAll(keepingCapacity: true)
        for (site, token) in completed {
            step(site, .saved(token))
            if learnedAt[site] == nil, sites[site].entry(of: Self.key) != nil {
                learnedAt[site] = cycle
                unawareCount -= 1
            }
        }
    }

    private mutating func step(_ site: Int, _ event: GossipEvent) {
        sites[site].step(event, now: now, effects: &effects)
        for effect in effects {
            switch effect {
            case .send(let message, let receiver, _):
                copyCount += message.entries.count
                packets.append(Letter(message: message, from: site, to: receiver.rawValue - 1))
            case .save(_, let token):
                saves.append((site, token))
            case .respond, .trace:
                break
            }
        }
        effects.removeAll(keepingCapacity: true)
    }
}
