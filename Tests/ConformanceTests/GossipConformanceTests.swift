import Conformance
import Testing

/// What is claimed of the gossip store holds.
@Suite struct `Conformance of the gossip store` {
    /// Those that take a thousand sites are left to the command.
    @Test(arguments: GossipConformance.scenarios.indices.filter { ![4, 8].contains($0) })
    func `is as stated`(place: Int) throws {
        let scenario = GossipConformance.scenarios[place]
        let observation = try scenario.carryOut()
        #expect(observation.isAsExpected, "\(scenario.statement): \(observation.text)")
    }

    @Test func `each statement stands once`() {
        let statements = GossipConformance.scenarios.map(\.statement)
        #expect(Set(statements).count == statements.count)
    }
}
