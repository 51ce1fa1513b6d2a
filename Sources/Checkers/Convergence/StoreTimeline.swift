import HistoryModel
import Vocabulary

/// Who held what when, by key and node, as the nodes' traces tell it.
struct StoreTimeline {
    /// A write as the node that took it from a client noted it.
    struct Update {
        var stamp: WriteStamp
        /// Nil if the key was deleted.
        var value: String?
        var time: Instant
        var node: NodeID
        var hash: UInt64
    }

    /// From this time on the node held this write, until its next one.
    struct Holding {
        var time: Instant
        var stamp: WriteStamp
    }

    struct Key {
        var name: String
        /// In the order of their stamps.
        var updates: [Update] = []
        /// By the place of the node.
        var holdings: [[Holding]]
        /// The deletions that some node has forgotten, and when the first one did.
        var collected: [WriteStamp: Instant] = [:]
        /// By the place of the node: the forgotten deletion after which it took a lower write.
        var forgotten: [Int: WriteStamp] = [:]
    }

    private(set) var nodes: [NodeID]
    private(set) var keys: [Key] = []
    private(set) var anomalies: [Anomaly] = []
    /// The nodes that once began with an empty store after they had held something.
    private(set) var wiped: Set<NodeID> = []
    private var keyPlaces: [String: Int] = [:]
    private var nodePlaces: [NodeID: Int] = [:]

    init(_ traces: [NodeTraceEvent]) {
        nodes = Set(traces.map(\.node)).filter { $0 != .harness }.sorted()
        for (place, node) in nodes.enumerated() { nodePlaces[node] = place }
        var events: [(trace: StoreTrace, key: Int, node: Int)] = []
        var starts: [(before: Int, node: Int)] = []
        events.reserveCapacity(traces.count)
        for event in traces {
            if event.name == "started", event.index == 0, let node = nodePlaces[event.node] {
                starts.append((events.count, node))
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
                empty(starts[nextStart].node)
                nextStart += 1
            }
            follow(event.trace, key: event.key, node: event.node)
        }
        for start in starts[nextStart...] { empty(start.node) }
    }

    func place(of key: String) -> Int? { keyPlaces[key] }

    func place(of node: NodeID) -> Int? { nodePlaces[node] }

    /// Whether a node took a lower write after a deletion from a write's stamp on was forgotten.
    func forgot(_ stamp: WriteStamp, of key: String, at node: NodeID) -> Bool {
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

    private mutating func add(_ trace: StoreTrace, key: Int) {
        keys[key].updates.append(
            Update(
                stamp: trace.stamp, value: trace.value, time: trace.time, node: trace.node,
                hash: trace.hash))
    }

    /// Adds a write that its node found on its disk without having noted it before it went down.
    private mutating func addUnnoted(_ trace: StoreTrace, key: Int) {
        guard trace.stamp.writer == trace.node, keys[key].update(trace.stamp) == nil else { return }
        add(trace, key: key)
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
                        story: "\(first.node) gave out version \(first.stamp) of key "
                            + "\(keys[key].name) twice, at \(first.time) and at \(second.time)",
                        theme: .write(.init(key: keys[key].name, stamp: first.stamp))))
            }
        }
    }

    // MARK: - What each node held

    private mutating func empty(_ node: Int) {
        for key in keys.indices where !keys[key].holdings[node].isEmpty {
            keys[key].holdings[node] = []
            wiped.insert(nodes[node])
        }
    }

    private mutating func follow(_ trace: StoreTrace, key: Int, node: Int) {
        if trace.kind == .collected {
            // The node goes on to count as a holder: it had the tombstone.
            if keys[key].collected[trace.stamp] == nil {
                keys[key].collected[trace.stamp] = trace.time
            }
            return
        }
        if trace.kind != .written { expectWritten(trace, key: key) }
        if let last = keys[key].holdings[node].last, trace.stamp <= last.stamp {
            if trace.kind == .recovered, trace.stamp == last.stamp { return }
            if let collection = keys[key].collected[last.stamp],
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
                    story: "\(trace.node) went back from \(update?.words ?? "\(last.stamp)") to "
                        + "version \(trace.stamp) of key \(trace.key) at \(trace.time)",
                    theme: .write(.init(key: trace.key, stamp: last.stamp))))
        }
        keys[key].holdings[node].append(Holding(time: trace.time, stamp: trace.stamp))
    }

    private mutating func expectWritten(_ trace: StoreTrace, key: Int) {
        let update = keys[key].update(trace.stamp)
        guard update == nil || update?.hash != trace.hash else { return }
        let what = update == nil ? "that no node wrote" : "that differs from what was written"
        anomalies.append(
            Anomaly(
                kind: .phantom,
                story: "\(trace.node) took version \(trace.stamp) of key \(trace.key) \(what), "
                    + "at \(trace.time)",
                theme: .write(.init(key: trace.key, stamp: trace.stamp))))
    }
}

extension StoreTimeline.Key {
    /// The write of a stamp, if a node noted it.
    func update(_ stamp: WriteStamp) -> StoreTimeline.Update? {
        let place = updates.firstPlace { $0.stamp >= stamp }
        return place < updates.count && updates[place].stamp == stamp ? updates[place] : nil
    }

    /// Whether a node need not hold a write: it was deleted since, so long ago that others have forgotten
    /// the deletion, and whatever the node holds of the key was written after that.
    func lacksNothing(of update: StoreTimeline.Update, at node: Int) -> Bool {
        collected.contains { stamp, time in
            stamp >= update.stamp
                && holdings[node].allSatisfy { self.update($0.stamp)?.time ?? .zero > time }
        }
    }

    /// When a node first held a write or a greater one; nil if it never did.
    func covered(_ stamp: WriteStamp, at node: Int) -> Instant? {
        let place = holdings[node].firstPlace { $0.stamp >= stamp }
        return place < holdings[node].count ? holdings[node][place].time : nil
    }
}

extension StoreTimeline.Update {
    /// The write as a sentence names it.
    var words: String {
        (value.map { "\"\($0)\"" } ?? "its deletion") + " (version \(stamp), written at \(time))"
    }
}
