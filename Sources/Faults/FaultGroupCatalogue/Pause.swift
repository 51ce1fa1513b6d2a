extension FaultGroup {
    static let pause = FaultGroup(rank: 2, family: .pause, kinds: [.pauseOne, .pauseLeader])
}

extension FaultFamily {
    /// Processes are stopped and continued.
    public static let pause = FaultFamily(
        "pause", summary: "processes are stopped and continued", unit: "processes stopped",
        isOrdinary: true)
}

extension FaultKind {
    /// One node stopped for a while, its connections left open.
    public static let pauseOne = FaultKind(
        "pause-one", of: .pause, "one node stopped (SIGSTOP) and continued", nodesMin: 1,
        needs: [.pause], complexity: 0
    ) { fault, _ in fault.stop([fault.order[0]], "paused") { .pause($0) } }

    /// The leader of the moment stopped for a while, its connections left open.
    public static let pauseLeader = FaultKind(
        "pause-leader", of: .pause, "the leader stopped (SIGSTOP) and continued", nodesMin: 1,
        aimsAtLeader: true, needs: [.pause], complexity: 1
    ) { fault, leader in fault.stopLeader(leader, "paused") { .pause($0) } }
}
