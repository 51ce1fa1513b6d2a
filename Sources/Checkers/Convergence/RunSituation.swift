import HistoryModel
import Vocabulary

/// What a run's faults and phases mean for convergence: who lives at the end, and from when on
/// nothing kept the nodes apart.
struct RunSituation {
    /// When the record ends.
    let end: Instant
    /// When the last fault was healed.
    let healed: Instant
    /// When the sides of the last fault had found each other again.
    let reunited: Instant
    /// When the harness itself had stood still for the last time: a machine that has no time for it may
    /// have none for the nodes.
    let lastStall: Instant
    /// From when on nothing kept the nodes apart, the machine included.
    var undisturbed: Instant { max(reunited, lastStall) }
    private let down: Set<NodeID>
    /// When each node began the last time with nothing.
    private var starts: [NodeID: Instant] = [:]

    init(_ record: RunRecord) {
        end = max(
            record.traces.last?.time ?? .zero, record.history.events.last?.time ?? .zero,
            record.phases.compactMap(\.end).max() ?? .zero)
        let last = end
        // A node that is gone for good keeps nobody apart.
        let healable = record.faults.filter { $0.end != nil || !$0.stopsNodes }
        healed = healable.map { $0.end ?? last }.max() ?? .zero
        reunited = healable.map { max($0.firstDelivery ?? .zero, $0.end ?? last) }.max() ?? .zero
        lastStall =
            record.traces.lazy.filter { $0.name == RecoveryChecker.stalled }.map(\.time).max()
            ?? .zero
        var down: Set<NodeID> = []
        for event in record.traces {
            switch event.name {
            case "crashed", "not-restarted": down.insert(event.node)
            case "started":
                down.remove(event.node)
                // Who comes back with its store has not missed what was written before.
                if event.index == 0 || starts[event.node] == nil {
                    starts[event.node] = event.time
                }
            default: break
            }
        }
        for fault in record.faults where fault.end == nil && fault.stopsNodes {
            down.formUnion(fault.nodes)
        }
        self.down = down
    }

    func isAlive(_ node: NodeID) -> Bool { !down.contains(node) }

    /// The node of a name, such as `n3`, if it was ever started.
    func node(named name: Substring) -> NodeID? {
        starts.keys.first { $0.description == name }
    }

    /// From when on a node could have learned what was known at a time.
    func awake(_ node: NodeID, since time: Instant) -> Instant {
        max(time, starts[node] ?? time)
    }
}

extension FaultRecord {
    /// Whether its nodes do not run, or not until it is healed.
    fileprivate var stopsNodes: Bool {
        ["kill", "pause", "leave", "wipe"].contains { kind.hasPrefix($0) }
    }
}
