public import Checkers
internal import Vocabulary
public import Workloads

extension ConsistencyModel {
    /// What a run is judged by.
    public init(_ configuration: RunConfiguration) {
        self.init(
            Self.guarantee(configuration), functionsNeeded: configuration.functionsNeeded,
            loadLength: configuration.timeLimit)
    }

    private static func guarantee(_ configuration: RunConfiguration) -> Guarantee {
        let object: ConvergenceBound.Object
        switch configuration.kind {
        case .register: return .linearizability
        case .gossipKV: object = .keyValue
        case .broadcast, .gSet: object = .set
        case .pnCounter: object = .counter
        }
        let gossip = configuration.gossip
        return .convergence(
            ConvergenceBound(
                object: object, round: gossip.round,
                roundsMax: gossip.roundsMax
                    ?? RunConfiguration.convergenceRounds(for: configuration.nodes),
                idleMessagesMax: gossip.idleMessagesMax))
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
