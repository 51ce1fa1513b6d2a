import HistoryModel
import Testing
import Vocabulary

@testable import Faults

@Suite struct PlannedFaultTests {
    private func fault(_ kind: FaultKind, nodes: Int = 5, mutes: Bool = false) -> PlannedFault {
        PlannedFault(
            id: 1, kind: kind, start: .zero, duration: 1,
            order: (1...nodes).reversed().map { NodeID($0) }, mutes: mutes)
    }

    /// Whom each node can still send to, itself included.
    private func reach(_ fault: PlannedFault, leader: NodeID? = nil) -> [NodeID: Set<NodeID>] {
        guard case .cut(let links, _)? = fault.resolved(leader: leader).actions.first else { return [:] }
        var reach: [NodeID: Set<NodeID>] = [:]
        for node in fault.order {
            let cut = links.filter { $0.from == node }.map(\.to)
            reach[node] = Set(fault.order).subtracting(cut)
        }
        return reach
    }

    @Test(arguments: 2...9)
    func `halves are a minority and a majority that share no link`(nodes: Int) {
        let groups = Set(reach(fault(.partitionHalves, nodes: nodes)).values)
        #expect(groups.count == 2)
        #expect(groups.reduce(Set()) { $0.union($1) }.count == nodes)
        #expect(groups.map(\.count).min() == nodes / 2)
    }

    @Test(arguments: 4...9)
    func `on the ring every node sees a majority and no two the same`(nodes: Int) {
        let reach = reach(fault(.partitionMajoritiesRing, nodes: nodes))
        #expect(reach.values.allSatisfy { $0.count > nodes / 2 && $0.count < nodes })
        #expect(Set(reach.values).count == nodes)
    }

    @Test(arguments: 3...9)
    func `the bridge alone sees everybody`(nodes: Int) {
        let reach = reach(fault(.partitionBridge, nodes: nodes))
        #expect(reach.values.count { $0.count == nodes } == 1)
    }

    @Test(arguments: FaultFamily.datagrams.kinds)
    func `datagrams of half of the nodes are disturbed, both ways`(kind: FaultKind) {
        var planned = fault(kind)
        planned.perMille = 250
        planned.lateness = 1...9
        let resolved = planned.resolved(leader: NodeID(1))
        guard case .disturb(let links, let conditions)? = resolved.actions.first else {
            Issue.record("\(resolved)")
            return
        }
        #expect(resolved.nodes == [NodeID(4), NodeID(5)])
        #expect(links.count == 14 && Set(links).count == 14)
        #expect(links.allSatisfy { $0.from.rawValue > 3 || $0.to.rawValue > 3 })
        let isMixed = kind == .datagramsMixed
        #expect(conditions.lossPerMille == (isMixed || kind == .datagramsLost ? 250 : 0))
        #expect(conditions.duplicatePerMille == (isMixed || kind == .datagramsDoubled ? 250 : 0))
        #expect(conditions.latePerMille == (isMixed || kind == .datagramsLate ? 250 : 0))
        #expect(conditions.lateness == 1...9)
        #expect(resolved.summary.hasPrefix("25 % of the datagrams of n4 n5 "))
    }

    @Test func `the leader is cut off alone`() {
        let reach = reach(fault(.partitionLeader), leader: NodeID(3))
        #expect(reach[NodeID(3)] == [NodeID(3)])
        #expect(reach.values.count { $0.count == 4 } == 4)
    }

    @Test func `without a leader the first drawn node stands in for it`() {
        #expect(fault(.killLeader).resolved(leader: nil).nodes == [NodeID(5)])
        #expect(fault(.killLeader).resolved(leader: NodeID(2)).nodes == [NodeID(2)])
    }

    @Test func `one way cuts four of twenty links, all out of or all into one node`() {
        for mutes in [true, false] {
            guard
                case .cut(let links, _)? = fault(.partitionOneWay, mutes: mutes)
                    .resolved(leader: nil).actions.first
            else {
                Issue.record("not a cut")
                return
            }
            #expect(links.count == 4)
            #expect(links.allSatisfy { (mutes ? $0.from : $0.to) == NodeID(5) })
        }
    }

    @Test(arguments: [
        (FaultKind.killOne, 1), (.killMinority, 2), (.killMajority, 3), (.killAll, 5),
        (.killLeader, 1), (.pauseOne, 1), (.pauseLeader, 1),
    ])
    func `kills and pauses hit as many nodes as their names say`(kind: FaultKind, count: Int) {
        #expect(fault(kind).resolved(leader: NodeID(1)).nodes.count == count)
    }
}
