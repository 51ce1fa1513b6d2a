import Vocabulary

extension StoreTimeline.Key {
    /// The write of a stamp, if a node noted it.
    func update(_ stamp: WriteVersion) -> StoreTimeline.Update? {
        let place = updates.firstPlace { $0.stamp >= stamp }
        return place < updates.count && updates[place].stamp == stamp ? updates[place] : nil
    }

    /// Whether a node need not hold a write: it was deleted since, or took its place and was replaced
    /// everywhere, so long ago that others have forgotten the deletion, and whatever the node holds of the
    /// key was written after that.
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

    /// Whether a node once held a deletion in a write's place that it has forgotten since, so that its
    /// holdings no longer tell.
    func hadForgotten(_ update: StoreTimeline.Update, at node: Int) -> Bool {
        guard let deletion = forgotten[node], deletion >= update.stamp else { return false }
        return collected[deletion].map { update.time <= $0 } ?? false
    }

    /// Whether a write was deleted, and its deletion forgotten by somebody, until a time.
    func wasForgotten(_ update: StoreTimeline.Update, by time: Instant) -> Bool {
        collected.contains { $0 >= update.stamp && update.time <= $1 && $1 <= time }
    }

    /// What a node held last before a time, in the life that it ended with.
    func held(at node: Int, before time: Instant) -> StoreTimeline.Holding? {
        let place = holdings[node].firstPlace { $0.time >= time }
        return place > 0 ? holdings[node][place - 1] : nil
    }

    /// When a node first held a write or a greater one; nil if it never did.
    ///
    /// A deletion that the node had forgotten before the write was made does not count.
    func covered(_ update: StoreTimeline.Update, at node: Int) -> Instant? {
        covered(update, in: holdings[node])
    }

    /// The same of what was held in some life.
    func covered(_ update: StoreTimeline.Update, in held: [StoreTimeline.Holding]) -> Instant? {
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
