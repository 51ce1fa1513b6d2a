extension FaultGroup {
    static let datagrams = FaultGroup(
        rank: 4, family: .datagrams,
        kinds: [.datagramsLost, .datagramsDoubled, .datagramsLate, .datagramsMixed])
}

extension FaultFamily {
    /// Single datagrams on their way are lost, doubled and delayed.
    public static let datagrams = FaultFamily(
        "datagrams", summary: "single datagrams are lost, doubled and delayed",
        unit: "datagrams touched", isOrdinary: false
    ) { fault, random in fault.perMille = .random(in: 100...500, using: &random) }
}

extension FaultKind {
    /// Datagrams of half of the nodes are lost.
    public static let datagramsLost = datagrams("datagrams-lost", "are lost", complexity: 0) {
        $0.lossPerMille = $1
    }

    /// Datagrams of half of the nodes arrive twice.
    public static let datagramsDoubled = datagrams(
        "datagrams-doubled", "arrive twice", complexity: 1
    ) { $0.duplicatePerMille = $1 }

    /// Datagrams of half of the nodes are late, and overtaken by others.
    public static let datagramsLate = datagrams(
        "datagrams-late", "are late and overtaken", complexity: 2
    ) { $0.latePerMille = $1 }

    /// Datagrams of half of the nodes are lost, doubled or late.
    public static let datagramsMixed = datagrams(
        "datagrams-mixed", "are lost, doubled or late", complexity: 3
    ) {
        $0.lossPerMille = $1
        $0.duplicatePerMille = $1
        $0.latePerMille = $1
    }

    /// Disturbs the datagrams from and to the first half of the nodes.
    private static func datagrams(
        _ name: String, _ effect: String, complexity: Int,
        disturb: @escaping @Sendable (inout DatagramConditions, _ perMille: Int) -> Void
    ) -> FaultKind {
        FaultKind(
            name, of: .datagrams, "datagrams from and to half of the nodes \(effect)", nodesMin: 2,
            needs: [.disturb], complexity: complexity
        ) { fault, _ in
            let nodes = Array(fault.order.prefix(max(1, fault.order.count / 2)))
            var conditions = DatagramConditions()
            conditions.lateness = fault.lateness
            disturb(&conditions, fault.perMille)
            let tenths = fault.perMille % 10
            let share = "\(fault.perMille / 10)" + (tenths == 0 ? "" : ".\(tenths)")
            return ResolvedFault(
                [.disturb(Topology.around(nodes, in: fault.order), conditions)],
                nodes: nodes.sorted(),
                summary: "\(share) % of the datagrams of \(PlannedFault.names(nodes)) "
                    + conditions.summary)
        }
    }
}
