internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

extension RunConfiguration {
    /// The faults of the schedule.
    var scheduledFaults: [PlannedFault] { schedule?.faults ?? [] }

    /// Replaces the schedule by these faults, numbered anew.
    mutating func setFaults(_ faults: [PlannedFault]) {
        var faults = faults
        for index in faults.indices { faults[index].id = index + 1 }
        schedule = FaultSchedule(faults: faults)
    }

    /// Changes the fault at `index`, if there is one.
    mutating func changeFault(_ index: Int, _ change: (inout PlannedFault) -> Void) {
        var faults = scheduledFaults
        guard faults.indices.contains(index) else { return }
        change(&faults[index])
        setFaults(faults)
    }

    /// Makes the fault at `index` one of a simpler kind, unless it is simpler already or would do
    /// nothing in so small a cluster.
    mutating func simplifyFault(_ index: Int, to kind: FaultKind) {
        guard kind.nodesMin <= nodes else { return }
        changeFault(index) { fault in
            if fault.kind.simplifications.contains(kind) { fault.kind = kind }
        }
    }

    /// The same scenario in a cluster of `count` nodes; unchanged if it is not smaller.
    ///
    /// The nodes that the faults hit most stay, numbered anew in the same order; faults that do
    /// nothing in so small a cluster are left out.
    func withNodes(_ count: Int) -> RunConfiguration {
        guard count < nodes, count >= 1 else { return self }
        let faults = scheduledFaults.filter { $0.kind.nodesMin <= count }
        var ranks: [(sum: Int, node: NodeID)] = nodeIDs.map { (0, $0) }
        for fault in faults {
            for (place, node) in fault.order.enumerated() {
                ranks[node.rawValue - 1].sum += place
            }
        }
        let kept = ranks.sorted { ($0.sum, $0.node) < ($1.sum, $1.node) }
            .prefix(count).map(\.node).sorted()
        func renamed(_ node: NodeID) -> NodeID? {
            kept.firstIndex(of: node).map { NodeID($0 + 1) }
        }
        var smaller = self
        smaller.nodes = count
        smaller.setFaults(
            faults.map { fault in
                var fault = fault
                fault.order = fault.order.compactMap(renamed)
                return fault
            })
        smaller.simulation.network.laggingLinks = simulation.network.laggingLinks.compactMap {
            link in
            guard let from = renamed(link.from), let to = renamed(link.to) else { return nil }
            return DirectedLink(from: from, to: to)
        }
        return smaller
    }
}
