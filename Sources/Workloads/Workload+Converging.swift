internal import Checkers
internal import HistoryModel
internal import Vocabulary

extension Workload {
    /// A workload of a store whose nodes only agree in the end: it is left alone for a while before the last
    /// reads, and is asked at every node.
    ///
    /// `also` judges the object itself, besides convergence.
    static func converging(
        _ name: String, summary: String, object: ObjectType, functions: [Function],
        also: (any RunChecker)?, load: @escaping @Sendable (KeyValueSettings) -> Load
    ) -> Workload {
        Workload(
            name, summary: summary, object: object, functions: functions,
            sections: ["key-value", "gossip"]
        ) {
            load($0.keyValue)
        } lastPhase: { configuration in
            LastPhase(
                settling: configuration.settleLength,
                generator: EveryNodeReads(nodeCount: configuration.nodes))
        } checkers: { configuration in
            var checker = ConvergenceChecker(
                round: configuration.gossip.round,
                roundsMax: configuration.gossip.roundsMax
                    ?? RunConfiguration.convergenceRounds(for: configuration.nodes))
            checker.idleMessagesMax = configuration.gossip.idleMessagesMax
            return [checker] + (also.map { [$0] } ?? [])
        }
    }
}

extension GossipSettings {
    /// What a node with nothing new to tell sends at most in a second: twice what all exchanges take
    /// that it begins or answers.
    fileprivate var idleMessagesMax: Double {
        var rate = 1.0
        if let antiEntropy { rate += 2 * 3 * Self.perSecond(antiEntropy.interval) }
        if let rumors, rumors.direction != .push {
            rate += 2 * 3 * Double(rumors.fanOut) * Self.perSecond(rumors.interval)
        }
        return rate
    }

    private static func perSecond(_ interval: Nanoseconds) -> Double {
        1_000_000_000 / Double(max(1, interval))
    }
}
