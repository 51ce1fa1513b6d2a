import GossipBinding
import GossipCore
import HistoryModel
import Testing
import Vocabulary
import Workloads

/// Workloads and the gossip store understand each other.
@Suite struct `The binding of the gossip store` {
    private func invocation(
        _ function: Function, key: Value? = nil, _ value: Value = .null, index: Int = 0
    ) -> Invocation {
        Invocation(
            thread: ThreadID(1), process: ProcessID(11),
            operation: OperationTemplate(function: function, key: key, value: value), index: index)
    }

    @Test func `keys and values are text`() {
        let command = GossipCommand(invocation(.write, key: 3, 17), kind: .gossipKV)
        #expect(command?.key == "3")
        #expect(command?.operation == .put("17"))
        #expect(
            GossipCommand(invocation(.delete, key: "k"), kind: .gossipKV)?.operation == .delete)
        #expect(GossipCommand(invocation(.cas, key: 3, [1, 2]), kind: .gossipKV) == nil)
        #expect(GossipCommand(invocation(.write, key: 3, 17), kind: .broadcast) == nil)
        #expect(GossipCommand(invocation(.write, key: 3), kind: .gossipKV) == nil)
    }

    @Test func `equal additions to a counter have keys of their own`() {
        let keys = [4, 5].map {
            GossipCommand(invocation(.add, -2, index: $0), kind: .pnCounter)?.key
        }
        #expect(keys[0] != nil && keys[0] != keys[1])
    }

    @Test func `a read comes back as what the workload knows`() {
        func value(_ success: GossipClientOutcome.Success, _ kind: WorkloadKind) -> Value {
            Completion(
                .ok(success, by: NodeID(2)), of: invocation(.read), kind: kind
            ).value
        }
        #expect(value(.value("17", nil), .gossipKV) == 17)
        #expect(value(.value("x 1", nil), .gossipKV) == "x 1")
        #expect(value(.value(nil, nil), .gossipKV) == .null)
        let items = ["10", "9", "-3"].map { KeyValue(key: "e\($0)", value: $0) }
        #expect(value(.listed(items), .gSet) == [-3, 9, 10])
        #expect(value(.listed(items), .pnCounter) == 16)
    }

    @Test func `a lost answer leaves the outcome unknown`() {
        let lost = Completion(
            .info(.timedOut, by: NodeID(2)), of: invocation(.add, 7), kind: .gSet)
        #expect(lost.type == .info)
        #expect(lost.value == 7)
        #expect(lost.error == "timeout")
        let refused = Completion(
            .fail(.refused(.badKey), by: NodeID(2)), of: invocation(.add, 7), kind: .gSet)
        #expect(refused.type == .fail)
        #expect(refused.node == NodeID(2))
    }

    @Test func `what is switched off in a run is off in its nodes`() {
        var run = RunConfiguration(workload: "test")
        run.defects = ["no-tie-break"]
        run.gossip.rumors?.interest = .coin
        run.gossip.rumors?.k = 5
        run.gossip.antiEntropy = nil
        run.gossip.membership = nil
        let node = GossipConfiguration(run, node: NodeID(2), incarnation: 3, generation: 2)
        #expect(node.rumors?.interest == .coin(5))
        #expect(node.antiEntropy == nil)
        #expect(node.writer == Writer(NodeID(2), generation: 2))
        #expect(node.defects.contains(.noTieBreak))
        #expect(MembershipConfiguration(run, node: NodeID(2)) == nil)
    }

    @Test func `the defaults of a run are those of a node`() {
        let run = RunConfiguration(workload: "test")
        let node = GossipConfiguration(run, node: NodeID(1), incarnation: 1, generation: 1)
        #expect(node == GossipConfiguration(id: NodeID(1), members: run.nodeIDs))
        let members = MembershipConfiguration(run, node: NodeID(5))
        #expect(
            members
                == MembershipConfiguration(
                    id: NodeID(5), contacts: [NodeID(1), NodeID(2), NodeID(3)]))
    }

    @Test func `a client stays with one node`() {
        let run = RunConfiguration(workload: "test")
        #expect(GossipClientConfiguration(run, thread: ThreadID(7)).nodes == [NodeID(3)])
    }
}
