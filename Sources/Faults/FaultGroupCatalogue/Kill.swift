internal import Vocabulary

extension FaultGroup {
    static let kill = FaultGroup(
        rank: 1, family: .kill,
        kinds: [.killOne, .killMinority, .killMajority, .killAll, .killLeader])
}

extension FaultFamily {
    /// Processes are killed and started again.
    public static let kill = FaultFamily(
        "kill", summary: "processes are killed and started again", unit: "processes killed",
        isOrdinary: true)
}

extension FaultKind {
    /// One node killed (a power loss) and started again.
    public static let killOne = kill(
        "kill-one", "one node killed and restarted; unsynced data is lost", complexity: 0
    ) { order in [order[0]] }

    /// The largest minority killed and started again.
    public static let killMinority = kill(
        "kill-minority", "the largest minority killed and restarted", nodesMin: 3, complexity: 2
    ) { order in Array(order.prefix((order.count - 1) / 2)) }

    /// The smallest majority killed and started again.
    public static let killMajority = kill(
        "kill-majority", "the smallest majority killed and restarted", nodesMin: 2, complexity: 3
    ) { order in Array(order.prefix(order.count / 2 + 1)) }

    /// All nodes killed and started again.
    public static let killAll = kill(
        "kill-all", "all nodes killed and restarted", complexity: 4
    ) { order in order }

    /// The leader of the moment killed and started again.
    public static let killLeader = FaultKind(
        "kill-leader", of: .kill, "the leader killed and restarted", nodesMin: 1,
        aimsAtLeader: true, needs: [.kill], complexity: 1
    ) { fault, leader in fault.stopLeader(leader, "killed") { .kill($0) } }

    private static func kill(
        _ name: String, _ summary: String, nodesMin: Int = 1, complexity: Int,
        targets: @escaping @Sendable ([NodeID]) -> [NodeID]
    ) -> FaultKind {
        FaultKind(
            name, of: .kill, summary, nodesMin: nodesMin, needs: [.kill], complexity: complexity
        ) { fault, _ in fault.stop(targets(fault.order), "killed") { .kill($0) } }
    }
}
