import Vocabulary

extension StoreTimeline.Key {
    /// The write of a stamp, if a node noted it.
    func update(_ stamp: WriteStamp) -> StoreTimeline.Update? {
        let place = updates.firstPlace { $0.stamp >= stamp }
        return place < updates.count && updates[place].stamp == stamp ? updates[place] : nil
    }

    /// Whether a node need not hold a write: it was deleted since, or took its place and was replaced
    /// everywhere, so long ago that others have forgotten the deletion, and whatever the node holds of the
    /// key was written after that.
    ///
    /// - Parameters:
    ///   - update: The write.
    ///   - node: The place of the node.
    ///   - alive: The places of the nodes that live at the end.
    func lacksNothing(of update: StoreTimeline.Update, at node: Int, _ alive: [Int]) -> Bool {
        guard !collected.isEmpty else { return false }
        return collected.contains { stamp, time in
            stamp >= update.stamp
                && holdings[node].allSatisfy {
                    $0.collection != nil || self.update($0.stamp)?.time ?? .zero > time
                }
                && (update.time <= time
                    || !alive.contains { holdings[$0].last?.stamp == update.stamp })
        }
    }

    /// When a node first held a write or a greater one; nil if it never did.
    ///
    /// A deletion that the node had forgotten before the write was made does not count.
    func covered(_ update: StoreTimeline.Update, at node: Int) -> Instant? {
        let held = holdings[node]
        for holding in held[held.firstPlace { $0.stamp >= update.stamp }...]
        where holding.collection.map({ $0 >= update.time }) ?? true {
            return holding.time
        }
        return nil
    }
}

extension StoreTimeline.Update {
    /// The write as a sentence names it.
    var words: String {
        (value.map { "\"\($0)\"" } ?? "its deletion") + " (version \(stamp), written at \(time))"
    }
}
