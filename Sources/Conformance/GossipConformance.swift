/// What is claimed of the gossip store, as scenarios in the simulated world.
public enum GossipConformance {
    /// All of them, in the order in which a text about gossip protocols makes the claims.
    public static var scenarios: [ConformanceScenario] {
        [
            neighbours, noRepetition, noEcho, antiEntropy, rumors, push, pull, pushPull, rounds,
            churn, noSpecialNode, eventualConsistency, duplicates, forgedValue, forgedVersion,
        ]
    }
}
