import HistoryModel
import Vocabulary

// Deleted values that are answered again.

extension ClientView {
    /// Looks for a deletion that an answer denies although the node that gave it, or every node, had
    /// applied it before it was asked.
    ///
    /// It does not matter whether the tombstone was collected meanwhile: what was deleted stays deleted.
    /// A node that never applied the tombstone is only stale.
    ///
    /// - Parameters:
    ///   - operation: A read.
    ///   - place: The place of its key.
    ///   - stamp: The write whose value was answered.
    /// - Returns: the violation, or nil if there is none.
    /// - Complexity: O(n·log h) for n nodes with h holdings each, if there is a deletion above the write.
    func resurrection(
        _ operation: Operation, _ place: Int, _ stamp: WriteVersion
    ) -> Anomaly? {
        let key = timeline.keys[place]
        guard let answered = key.update(stamp),
            let deletion = firstDeletion(above: stamp, place), deletion.time <= operation.callTime
        else { return nil }
        let why: String
        if let node = operation.node, let held = applied(deletion, of: key, by: operation, at: node)
        {
            // Who had forgotten the deletion could take a write that was made without knowing of it.
            guard held.collection.map({ answered.time <= $0 }) ?? true else { return nil }
            why = "although it had applied \(deletion.words) at \(held.time)"
        } else if let last = appliedEverywhere(deletion, of: key, by: operation),
            last < operation.callTime,
            wasMade(answered, beforeForgetting: deletion, of: key)
        {
            why = "although all nodes had applied \(deletion.words) by \(last)"
        } else {
            return nil
        }
        let answerer = operation.node?.description ?? "a node"
        return Anomaly(
            kind: .resurrectedDelete,
            explanation:
                "\(answerer) answered \"\(operation.output.storeText)\" for key \(key.name) at "
                + "\(operation.endTime), \(why)",
            theme: .write(.init(key: key.name, stamp: deletion.stamp)))
    }

    /// Keys whose deletion took effect, and of which all last reads found an older value all the same.
    ///
    /// - Parameter agreed: What all nodes answered alike at the end, by key.
    /// - Returns: a violation for each such key.
    func resurrections(_ agreed: [(key: String, value: Value)]) -> [Anomaly] {
        agreed.compactMap { name, value in
            guard value != .null, let place = timeline.place(of: name),
                let stamp = stamps[place][value.storeText],
                let answered = timeline.keys[place].update(stamp),
                let deletion = firstDeletion(above: stamp, place),
                wasMade(answered, beforeForgetting: deletion, of: timeline.keys[place]),
                fate(of: deletion, timeline.keys[place]) == .kept
            else { return nil }
            return Anomaly(
                kind: .resurrectedDelete,
                explanation: "all last reads of key \(name) found \"\(value.storeText)\", which "
                    + "\(deletion.words) had removed",
                theme: .write(.init(key: name, stamp: deletion.stamp)), needsEnd: true)
        }
    }

    private func firstDeletion(above stamp: WriteVersion, _ place: Int) -> StoreTimeline.Update? {
        let ranked = rankedDeletions[place]
        let first = ranked.firstPlace { $0.stamp > stamp }
        return first < ranked.count ? ranked[first] : nil
    }

    /// How a node came to hold a deletion, or another one above it, before an operation began, if it kept
    /// its store since.
    private func applied(
        _ deletion: StoreTimeline.Update, of key: StoreTimeline.Key, by operation: Operation,
        at node: NodeID
    ) -> StoreTimeline.Holding? {
        guard let place = timeline.place(of: node),
            let held = key.holdings[place].last(where: { holding in
                holding.time < operation.callTime && holding.stamp >= deletion.stamp
            }), rankedDeletions[timeline.place(of: key.name) ?? 0].contains(held.stamp),
            !situation.lostStore(node, from: held.time, to: operation.endTime)
        else { return nil }
        return held
    }

    /// When the last of all nodes came to hold a deletion or something greater, in stores that they kept
    /// until an operation ended; nil if some node did not.
    ///
    /// A node that lost its store since is as one that never applied it: others may have sent it the
    /// value before they heard of the deletion, and what was under way may reach it later.
    private func appliedEverywhere(
        _ deletion: StoreTimeline.Update, of key: StoreTimeline.Key, by operation: Operation
    ) -> Instant? {
        guard timeline.nodes.count >= situation.nodeCount else { return nil }
        var last = deletion.time
        for (place, node) in timeline.nodes.enumerated() {
            guard let time = key.covered(deletion, at: place),
                !situation.lostStore(node, from: time, to: operation.endTime)
            else { return nil }
            last = max(last, time)
        }
        return last
    }

    /// Whether a write is older than the moment at which the first node forgot a deletion above it.
    private func wasMade(
        _ update: StoreTimeline.Update, beforeForgetting deletion: StoreTimeline.Update,
        of key: StoreTimeline.Key
    ) -> Bool {
        key.collected.allSatisfy { stamp, time in
            stamp < deletion.stamp || update.time <= time
        }
    }
}

extension [StoreTimeline.Update] {
    /// Whether one of these, which are in the order of their stamps, has a stamp.
    fileprivate func contains(_ stamp: WriteVersion) -> Bool {
        let place = firstPlace { $0.stamp >= stamp }
        return place < count && self[place].stamp == stamp
    }
}
