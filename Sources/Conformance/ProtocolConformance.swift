/// What is claimed of one protocol: each statement as a scenario, in either world.
///
/// To add a protocol, declare its value and name it in ``all``.
public struct ProtocolConformance: Sendable {
    /// The protocol's name on the command line.
    public let name: String
    /// The statements, in the order in which a text about the protocol makes them.
    public let scenarios: [ConformanceScenario]
    /// The same statements in the same order, as real processes show them.
    public let realScenarios: [RealScenario]

    init(_ name: String, scenarios: [ConformanceScenario], realScenarios: [RealScenario]) {
        self.name = name
        self.scenarios = scenarios
        self.realScenarios = realScenarios
    }

    /// All protocols of the bundled stores.
    public static let all: [ProtocolConformance] = [raft, gossip]

    /// The one of this name, if there is one.
    public static func named(_ name: String) -> ProtocolConformance? {
        all.first { $0.name == name }
    }
}

extension ProtocolConformance {
    static let raft = ProtocolConformance(
        "raft", scenarios: RaftConformance().scenarios,
        realScenarios: RaftConformance().realScenarios)

    static let gossip = ProtocolConformance(
        "gossip", scenarios: GossipConformance.scenarios,
        realScenarios: GossipConformance.realScenarios)
}
