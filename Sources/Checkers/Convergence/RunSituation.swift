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
    private let down: Set<NodeID>
    private let running: Set<NodeID>

    init(_ record: RunRecord) {
        end = max(
            record.traces.last?.time ?? .zero, record.history.events.last?.time ?? .zero,
            record.phases.compactMap(\.end).max() ?? .zero)
        let last = end
        healed = record.faults.map { $0.end ?? last }.max() ?? .zero
        reunited =
            record.faults.map { max($0.firstDelivery ?? .zero, $0.end ?? last) }.max()
            ?? .zero
        var down: Set<NodeID> = []
        for event in record.traces {
            switch event.name {
            case "crashed", "not-restarted": down.insert(event.node)
            case "started": down.remove(event.node)
            default: break
            }
        }
        for fault in record.faults where fault.end == nil { down.formUnion(fault.nodes) }
        self.down = down
        running = Set(record.traces.filter { $0.name == "started" }.map(\.node)).subtracting(down)
    }

    func isAlive(_ node: NodeID) -> Bool { !down.contains(node) }

    /// Whether the node of a name, such as `n3`, runs at the end.
    func lives(named name: Substring) -> Bool { running.contains { $0.description == name } }
}
