public import GossipCore
public import HistoryModel
public import Vocabulary

extension NodeTraceEvent {
    /// A node's state transition as run files keep it.
    public init(_ event: GossipTraceEvent, of node: NodeID, at time: Instant) {
        self.init(
            time: time, node: node, name: event.name, index: event.index, hash: event.hash,
            detail: event.detail)
    }

    /// What a node has come to hold another for, as run files keep it.
    public init(_ update: MemberUpdate, of node: NodeID, at time: Instant) {
        self.init(
            time: time, node: node, name: MemberUpdate.traceName,
            index: Int(clamping: update.incarnation), detail: update.traceDetail)
    }
}
