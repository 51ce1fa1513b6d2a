import HistoryModel
import Vocabulary

/// What a run's faults and phases mean for convergence: who lives at the end, who lost its store to a
/// fault, and when nothing kept the nodes apart.
struct RunSituation {
    /// How many nodes the run had; 0 if that is not known.
    let nodeCount: Int
    /// When the record ends.
    let end: Instant
    /// When the last fault was healed.
    let healed: Instant
    /// When the sides of the last fault had found each other again.
    let reunited: Instant
    /// What faults and crashes did, each until the sides had found each other again.
    let faults: Disturbances
    /// The same, and when the harness itself stood still: a machine that has no time for it may have none
    /// for the nodes.
    let disturbances: Disturbances
    /// When the harness itself stood still, or a node was gone by itself.
    let standstills: Disturbances
    private let down: Set<NodeID>
    /// When a fault stopped each node for the last time, if it did not go down by itself after that.
    private var stops: [NodeID: Instant] = [:]
    /// From when to when a fault took each node's store: it may answer until it is gone.
    private var losses: [NodeID: [Disturbances.Span]] = [:]
    /// When each node began the last time with nothing.
    private var starts: [NodeID: Instant] = [:]

    init(_ record: RunRecord) {
        let last = max(
            record.traces.last?.time ?? .zero, record.history.events.last?.time ?? .zero,
            record.phases.compactMap(\.end).max() ?? .zero)
        end = last
        nodeCount = record.metadata?.nodes ?? 0
        // A node that is gone for good keeps nobody apart.
        let healable = record.faults.filter { $0.end != nil || !$0.stopsNodes }
        healed = healable.map { $0.end ?? last }.max() ?? .zero
        reunited = healable.map { max($0.firstDelivery ?? .zero, $0.end ?? last) }.max() ?? .zero
        var generations = NodeGenerations()
        for event in record.traces { generations.follow(event) }
        for fault in record.faults where fault.end == nil && fault.stopsNodes {
            generations.down.formUnion(fault.nodes)
        }
        down = generations.down
        starts = generations.firstStarts
        for (node, times) in generations.emptyStarts { starts[node] = times.last }
        let times = record.faults.map { fault in
            let end = fault.end ?? (fault.stopsNodes ? fault.start : last)
            return Disturbances.Span(
                start: fault.start, end: max(fault.start, end, fault.firstDelivery ?? .zero))
        }
        faults = Disturbances(times + generations.absences)
        disturbances = Disturbances(times + generations.absences + generations.stalls)
        standstills = Disturbances(generations.stalls + generations.absences)
        for fault in record.faults where fault.stopsNodes {
            for node in fault.nodes { stops[node] = max(stops[node] ?? .zero, fault.start) }
        }
        for (node, crash) in generations.crashes {
            let isOwn = !record.faults.contains { fault in
                fault.stopsNodes && fault.nodes.contains(node) && fault.start <= crash
                    && crash <= fault.end ?? last
            }
            if isOwn, crash > stops[node] ?? .zero { stops[node] = nil }
        }
        for fault in record.faults where fault.takesStores {
            for node in fault.nodes {
                let rebirth = generations.emptyStarts[node]?.first { $0 > fault.start }
                losses[node, default: []].append(
                    .init(start: fault.start, end: rebirth ?? fault.end ?? last))
            }
        }
    }

    func isAlive(_ node: NodeID) -> Bool { !down.contains(node) }

    /// Whether it was a fault that stopped a node that does not live.
    func wasStopped(_ node: NodeID) -> Bool { stopTime(of: node) != nil }

    /// When a fault stopped a node for good; nil if it lives, or ended by itself.
    func stopTime(of node: NodeID) -> Instant? { isAlive(node) ? nil : stops[node] }

    /// Whether a fault took a node's store in a time.
    func lostStore(_ node: NodeID, from start: Instant, to end: Instant) -> Bool {
        loss(of: node, from: start, to: end) != nil
    }

    /// When a fault took a node's store in a time, or began to.
    func loss(of node: NodeID, from start: Instant, to end: Instant) -> Instant? {
        losses[node]?.first { start < $0.end && $0.start <= end }.map { max(start, $0.start) }
    }

    /// The node of a name, such as `n3`, if it was ever started.
    func node(named name: Substring) -> NodeID? {
        starts.keys.first { $0.description == name }
    }

    /// From when on a node could have learned what was known at a time.
    func awake(_ node: NodeID, since time: Instant) -> Instant {
        max(time, starts[node] ?? time)
    }
}

/// When nodes ran, as they and the harness noted it.
private struct NodeGenerations {
    var down: Set<NodeID> = []
    var firstStarts: [NodeID: Instant] = [:]
    /// When each node began with nothing, in the order of time.
    var emptyStarts: [NodeID: [Instant]] = [:]
    /// From a crash to the next start.
    var absences: [Disturbances.Span] = []
    var stalls: [Disturbances.Span] = []
    /// The last crash of each node that did not start again.
    private(set) var crashes: [NodeID: Instant] = [:]

    mutating func follow(_ event: NodeTraceEvent) {
        switch event.name {
        case CrashChecker.crashed:
            down.insert(event.node)
            crashes[event.node] = event.time
            absences.append(.init(start: event.time, end: event.time))
        case CrashChecker.notRestarted: down.insert(event.node)
        case "started":
            down.remove(event.node)
            if let crash = crashes.removeValue(forKey: event.node) {
                absences.append(.init(start: crash, end: event.time))
            }
            if firstStarts[event.node] == nil { firstStarts[event.node] = event.time }
            // Who comes back with its store has not missed what was written before.
            if event.index == 0 { emptyStarts[event.node, default: []].append(event.time) }
        case RecoveryChecker.stalled:
            // One that does not say how long it was may have lasted since the beginning.
            let start = event.index.map { event.time + -Nanoseconds($0) } ?? .zero
            stalls.append(.init(start: start, end: event.time))
        default: break
        }
    }
}

extension FaultRecord {
    /// Whether its nodes do not run, or not until it is healed.
    fileprivate var stopsNodes: Bool { !effects.isEmpty }

    /// Whether its nodes come back with nothing.
    var takesStores: Bool { effects.contains(.losesStores) }
}
