public import GossipBinding
public import GossipCore
public import HistoryModel
public import Vocabulary
public import Workloads

/// A message as it was seen on its way between two processes, before anybody altered it.
public struct SeenPacket: Hashable, Sendable {
    /// When.
    public var time: Instant
    /// The message.
    public var packet: GossipPacket

    /// Notes a message.
    public init(time: Instant, packet: GossipPacket) {
        self.time = time
        self.packet = packet
    }
}

/// A statement about a protocol, and a way to see it in a cluster of real processes.
public struct RealScenario: Sendable {
    /// What a cluster of real processes is to do, and what is to be seen of it.
    public struct Experiment: Sendable {
        typealias Observation = ConformanceScenario.Observation

        /// What is done.
        public var injected: String
        /// The run.
        public var configuration: RunConfiguration
        /// What somebody malicious does to datagrams on their way; nil if nobody does.
        public var forgery: Forgery?
        /// Whether the datagrams of the nodes are looked at, which is possible in the gossip store.
        public var seesDatagrams: Bool
        private let observe: @Sendable (RunRecord, [SeenPacket]) throws -> Observation

        init(
            _ injected: String, _ configuration: RunConfiguration, forgery: Forgery? = nil,
            observe: @escaping @Sendable (RunRecord, [SeenPacket]) throws -> Observation
        ) {
            self.injected = injected
            self.configuration = configuration
            self.forgery = forgery
            seesDatagrams = true
            self.observe = observe
        }

        /// An experiment of which only the record is looked at; the system is that of the run.
        init(
            _ injected: String, _ configuration: RunConfiguration,
            observe: @escaping @Sendable (RunRecord) throws -> Observation
        ) {
            self.injected = injected
            self.configuration = configuration
            seesDatagrams = false
            self.observe = { record, _ in try observe(record) }
        }

        /// What the run has shown.
        ///
        /// - Parameters:
        ///   - record: The run, judged.
        ///   - packets: The datagrams of the nodes, in the order in which they were seen; none unless they
        ///     are looked at.
        /// - Throws: `HistoryError`.
        /// - Returns: the observation.
        public func observation(
            of record: RunRecord, _ packets: [SeenPacket]
        ) throws -> ConformanceScenario.Observation {
            try observe(record, packets)
        }
    }

    /// How a statement can be seen.
    public enum Way: Sendable {
        /// By this.
        case experiment(Experiment)
        /// In the simulated world only.
        case none(because: String)
    }

    /// What is claimed.
    public var statement: String
    /// How that can be seen.
    public var way: Way

    init(_ scenario: ConformanceScenario, _ experiment: Experiment) {
        statement = scenario.statement
        way = .experiment(experiment)
    }

    init(_ scenario: ConformanceScenario, onlySimulatedBecause reason: String) {
        statement = scenario.statement
        way = .none(because: reason)
    }
}

extension GossipConformance {
    /// All claims again, as seen in real processes, in the same order.
    public static var realScenarios: [RealScenario] {
        [
            realNeighbours, realNoRepetition, realNoEcho, realAntiEntropy,
            RealScenario(
                rumors, onlySimulatedBecause: "the residue needs 1,000 sites and 100 runs"),
            realPush, realPull, realPushPull,
            RealScenario(
                rounds, onlySimulatedBecause: "rounds are counted where all begin them together"),
            realChurn, realNoSpecialNode, realEventualConsistency, realDuplicates,
            realForgedValue, realForgedVersion,
        ]
    }
}
