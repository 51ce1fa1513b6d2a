import Conformance
import Testing

@Suite struct `The protocols whose conformance is shown` {
    @Test func `are found by their names`() {
        #expect(ProtocolConformance.all.map(\.name) == ["raft", "gossip"])
        #expect(ProtocolConformance.named("gossip")?.name == "gossip")
        #expect(ProtocolConformance.named("paxos") == nil)
    }

    @Test(arguments: ProtocolConformance.all.map(\.name))
    func `make the same statements of processes, or say why not`(name: String) throws {
        let conformance = try #require(ProtocolConformance.named(name))
        #expect(
            conformance.realScenarios.map(\.statement) == conformance.scenarios.map(\.statement))
        #expect(conformance.scenarios.count >= 14)
    }
}
