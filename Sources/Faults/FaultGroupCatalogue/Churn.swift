extension FaultGroup {
    static let churn = FaultGroup(rank: 3, family: .churn, kinds: [.leaveOne, .wipeOne])
}

extension FaultFamily {
    /// Nodes go and come back empty.
    public static let churn = FaultFamily(
        "churn", summary: "nodes go and come back empty", unit: "stores lost", isOrdinary: false)
}

extension FaultKind {
    /// One node that says good-bye, loses its store, and joins again with nothing.
    public static let leaveOne = FaultKind(
        "leave-one", of: .churn, "one node says good-bye, and later joins again with nothing",
        nodesMin: 2, needs: [.leave], complexity: 1
    ) { fault, _ in fault.stop([fault.order[0]], "left") { .leave($0) } }

    /// One node killed; its disk is lost, and it comes back with nothing.
    public static let wipeOne = FaultKind(
        "wipe-one", of: .churn, "one node killed; it comes back with an empty disk", nodesMin: 1,
        needs: [.wipe], complexity: 0
    ) { fault, _ in fault.stop([fault.order[0]], "wiped") { .wipe($0) } }
}
