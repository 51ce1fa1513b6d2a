import HistoryModel
import Vocabulary

/// Who held what when, by key and node, as the nodes' traces tell it.
struct StoreTimeline {
    /// A write as the node that took it from a client noted it.
    struct Update {
        var stamp: WriteVersion
        /// Nil if the key was deleted.
        var value: String?
        var time: Instant
        var node: NodeID
        var hash: UInt64
        /// Whether its node had no time to note it before it went down: it was made before its time.
        var isUnnoted = false
    }

    /// From this time on the node held this write, until its next one.
    struct Holding {
        var time: Instant
        var stamp: WriteVersion
        /// When the node forgot it, if it was a deletion.
        var collection: Instant?
    }

    struct Key {
        var name: String
        /// In the order of their stamps.
        var updates: [Update] = []
        /// By the place of the node.
        var holdings: [[Holding]]
        /// The deletions that some node has forgotten, and when the first one did.
        var collected: [WriteVersion: Instant] = [:]
        /// By the place of the node: the forgotten deletion after which it took a lower write.
        var forgotten: [Int: WriteVersion] = [:]
        /// By the place of the node: the greatest write that it once held and has no more, although no
        /// fault took its store.
        var mislaid: [Int: WriteVersion] = [:]
        /// What was held in each life that is over, by its place among ``StoreTimeline/endedGenerations``.
        var past: [Int: [Holding]] = [:]
    }

    /// A node with a store, from its start until a fault took the store or the node for good.
    struct Generation {
        /// The place of the node.
        var node: Int
        var start: Instant
        var end: Instant
    }

    /// What a node that comes back found on its disk so far.
    private struct Return {
        var time: Instant
        /// How many writes it found.
        var count: Int
        var keys: Set<Int> = []
    }

    private(set) var nodes: [NodeID]
    private(set) var keys: [Key] = []
    private(set) var anomalies: [Anomaly] = []
    /// The lives that are over, in the order of their ends as the traces tell them.
    private(set) var endedGenerations: [Generation] = []
    /// When the last write was made.
    private(set) var lastUpdate: Instant = .zero
    private let situation: RunSituation
    private var keyPlaces: [String: Int] = [:]
    private var nodePlaces: [NodeID: Int] = [:]
    /// By the place of the node.
    private var lastStarts: [Int: Instant] = [:]
    /// When the store of each node was begun.
    private var births: [Int: Instant] = [:]
    private var returns: [Int: Return] = [:]

    init(_ traces: TraceList, _ situation: RunSituation) {
        self.situation = situation
        nodes = Set(traces.map(\.node)).filter { $0 != .harness }.sorted()
        for (place, node) in nodes.enumerated() { nodePlaces[node] = place }
        var events: [(trace: StoreTrace, key: Int, node: Int)] = []
        var starts: [(event: NodeTraceEvent, before: Int, node: Int)] = []
        events.reserveCapacity(traces.count)
        for event in traces {
            if event.name == "started", let node = nodePlaces[event.node] {
                starts.append((event, events.count, node))
            } else if event.name != "told", let trace = StoreTrace(event),
                let node = nodePlaces[trace.node]
            {
                events.append((trace, keyPlace(trace.key), node))
            }
        }
        for (trace, key, _) in events where trace.kind == .written { add(trace, key: key) }
        sortUpdates()
        for (trace, key, _) in events where trace.kind == .recovered { addUnnoted(trace, key: key) }
        var nextStart = 0
        for (place, event) in events.enumerated() {
            while nextStart < starts.count, starts[nextStart].before <= place {
                begin(starts[nextStart].node, starts[nextStart].event)
                nextStart += 1
            }
            follow(event.trace, key: event.key, node: event.node)
        }
        for start in starts[nextStart...] { begin(start.node, start.event) }
        for (place, node) in nodes.enumerated() {
            if let end = situation.stopTime(of: node) { endGeneration(of: place, at: end) }
        }
    }

    /// Whether nodes noted anything of the life of a store, be it that it began.
    var isKept: Bool { !lastStarts.isEmpty }

    func place(of key: String) -> Int? { keyPlaces[key] }

    func place(of node: NodeID) -> Int? { nodePlaces[node] }

    /// Whether a node took a lower write after a deletion from a write's stamp on was forgotten.
    func forgot(_ stamp: WriteVersion, of key: String, at node: NodeID) -> Bool {
        guard let key = place(of: key), let node = place(of: node) else { return false }
        return keys[key].forgotten[node].map { $0 >= stamp } ?? false
    }

    // MARK: - The writes

    private mutating func keyPlace(_ name: String) -> Int {
        if let place = keyPlaces[name] { return place }
        keyPlaces[name] = keys.count
        keys.append(Key(name: name, holdings: Array(repeating: [], count: nodes.count)))
        return keys.count - 1
    }

    private mutating func add(_ trace: StoreTrace, key: Int, isUnnoted: Bool = false) {
        lastUpdate = max(lastUpdate, trace.time)
        keys[key].updates.append(
            Update(
                stamp: trace.stamp, value: trace.value, time: trace.time, node: trace.node,
                hash: trace.hash, isUnnoted: isUnnoted))
    }

    /// Adds a write that its node found on its disk without having noted it before it went down.
    private mutating func addUnnoted(_ trace: StoreTrace, key: Int) {
        guard trace.stamp.writer == trace.node, keys[key].update(trace.stamp) == nil else { return }
        add(trace, key: key, isUnnoted: true)
        keys[key].updates.sort { $0.stamp < $1.stamp }
    }

    private mutating func sortUpdates() {
        for key in keys.indices {
            keys[key].updates.sort { $0.stamp < $1.stamp }
            for (first, second) in zip(keys[key].updates, keys[key].updates.dropFirst())
            where first.stamp == second.stamp {
                anomalies.append(
                    Anomaly(
                        kind: .regression,
                        explanation: "\(first.node) gave out version \(first.stamp) of key "
                            + "\(keys[key].name) twice, at \(first.time) and at \(second.time)",
                        theme: .write(.init(key: keys[key].name, stamp: first.stamp))))
            }
        }
    }

    // MARK: - What each node held

    /// A node begins: what it held before a fault took its store is gone, what it finds is to come.
    private mutating func begin(_ node: Int, _ event: NodeTraceEvent) {
        returns[node] = nil
        let lastTime = lastStarts.updateValue(event.time, forKey: node) ?? .zero
        if situation.lostStore(nodes[node], from: lastTime, to: event.time) {
            if event.index == 0 {
                let loss = situation.loss(of: nodes[node], from: lastTime, to: event.time)
                endGeneration(of: node, at: loss ?? event.time)
                for key in keys.indices { keys[key].holdings[node] = [] }
                births[node] = event.time
            }
            return
        }
        if births[node] == nil || event.index == 0 { births[node] = event.time }
        returns[node] = Return(time: event.time, count: event.index ?? .max)
        endReturn(node)
    }

    private mutating func endGeneration(of node: Int, at end: Instant) {
        let place = endedGenerations.count
        endedGenerations.append(Generation(node: node, start: births[node] ?? .zero, end: end))
        for key in keys.indices where !keys[key].holdings[node].isEmpty {
            keys[key].past[place] = keys[key].holdings[node]
        }
    }

    /// What a node did not find although it told all that it found is no longer held by it.
    private mutating func endReturn(_ node: Int) {
        guard let found = returns[node], found.count == 0 else { return }
        returns[node] = nil
        for key in keys.indices where !found.keys.contains(key) {
            guard let last = keys[key].holdings[node].last, last.collection == nil else { continue }
            // Of a deletion it may have had no time to note that it was forgotten.
            guard let update = keys[key].update(last.stamp), update.value != nil else {
                keys[key].holdings[node] = []
                continue
            }
            mislay(last.stamp, of: key, at: node)
            anomalies.append(
                Anomaly(
                    kind: .regression,
                    explanation:
                        "\(nodes[node]) came back at \(found.time) without \(update.words) of "
                        + "key \(keys[key].name), which it had held, and no fault had taken its store",
                    subject: .init(key: keys[key].name, stamp: last.stamp)))
        }
    }

    private mutating func mislay(_ stamp: WriteVersion, of key: Int, at node: Int) {
        keys[key].holdings[node] = []
        keys[key].mislaid[node] = max(keys[key].mislaid[node] ?? stamp, stamp)
    }

    /// A node found a write on its disk.
    private mutating func recover(_ node: Int, key: Int) {
        guard returns[node] != nil else { return }
        returns[node]?.count -= 1
        returns[node]?.keys.insert(key)
        endReturn(node)
    }

    private mutating func follow(_ trace: StoreTrace, key: Int, node: Int) {
        if trace.kind == .collected {
            guard isDeletion(trace, key: key) else { return }
            // The node goes on to count as a holder of what was written before: it had the tombstone.
            if let place = keys[key].holdings[node].indices.last,
                keys[key].holdings[node][place].stamp == trace.stamp
            {
                keys[key].holdings[node][place].collection = trace.time
            }
            if keys[key].collected[trace.stamp] == nil {
                keys[key].collected[trace.stamp] = trace.time
            }
            return
        }
        if trace.kind == .recovered { recover(node, key: key) }
        if trace.kind != .written { expectWritten(trace, key: key) }
        if let last = keys[key].holdings[node].last, trace.stamp <= last.stamp {
            if trace.kind == .recovered, trace.stamp == last.stamp { return }
            if let collection = last.collection,
                let update = keys[key].update(trace.stamp), update.time > collection
            {
                // No older value: somebody who never knew of the deletion wrote it afterwards.
                keys[key].forgotten[node] = last.stamp
                keys[key].holdings[node] = [Holding(time: trace.time, stamp: trace.stamp)]
                return
            }
            let update = keys[key].update(last.stamp)
            let wasDeleted = update != nil && update?.value == nil
            anomalies.append(
                Anomaly(
                    kind: wasDeleted ? .resurrectedDelete : .regression,
                    explanation: trace.stamp == last.stamp
                        ? "\(trace.node) took version \(trace.stamp) of key \(trace.key) once more at "
                            + "\(trace.time)"
                        : "\(trace.node) went back from \(update?.words ?? "\(last.stamp)") to "
                            + "version \(trace.stamp) of key \(trace.key) at \(trace.time)",
                    theme: .write(.init(key: trace.key, stamp: last.stamp))))
            if trace.kind == .recovered { mislay(last.stamp, of: key, at: node) }
        }
        keys[key].holdings[node].append(Holding(time: trace.time, stamp: trace.stamp))
    }

    /// Whether what a node removed for good was a deletion; names it otherwise.
    private mutating func isDeletion(_ trace: StoreTrace, key: Int) -> Bool {
        guard let update = keys[key].update(trace.stamp) else { return false }
        guard update.value != nil else { return true }
        anomalies.append(
            Anomaly(
                kind: .lostUpdate,
                explanation:
                    "\(trace.node) removed \(update.words) of key \(trace.key) at \(trace.time), as if "
                    + "it were a deletion that all had",
                theme: .write(.init(key: trace.key, stamp: trace.stamp))))
        return false
    }

    private mutating func expectWritten(_ trace: StoreTrace, key: Int) {
        let update = keys[key].update(trace.stamp)
        guard update == nil || update?.hash != trace.hash else { return }
        let what = update == nil ? "that no node wrote" : "that differs from what was written"
        anomalies.append(
            Anomaly(
                kind: .phantom,
                explanation:
                    "\(trace.node) took version \(trace.stamp) of key \(trace.key) \(what), "
                    + "at \(trace.time)",
                theme: .write(.init(key: trace.key, stamp: trace.stamp))))
    }
}
