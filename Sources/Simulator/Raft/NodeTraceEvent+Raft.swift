public import HistoryModel
public import RaftCore
public import Vocabulary

extension NodeTraceEvent {
    /// What a node's trace file would have said of an event.
    public init(_ event: RaftTraceEvent, of node: NodeID, at time: Instant) {
        self.init(
            time: time, node: node, name: event.name, term: event.term.rawValue,
            index: event.index?.rawValue, hash: event.position?.hash,
            entryTerm: event.position?.term.rawValue, count: event.count, detail: event.detail)
    }
}
