import Vocabulary

// Lives that are over: what was known in them for long enough had to reach everybody.

extension StoreTimeline {
    /// From when on a write was known to a node that kept it for longer than the bound, and lost it or
    /// went only then; nil if there was no such node.
    ///
    /// - Complexity: O(l·log h) for l lives that are over and h holdings in each.
    func outlasted(
        _ update: Update, of key: Key, _ situation: RunSituation, grace: Nanoseconds
    ) -> Instant? {
        var first: Instant?
        for (place, generation) in endedGenerations.enumerated() {
            guard let held = key.past[place], let time = key.covered(update, in: held) else {
                continue
            }
            let known = max(update.time, time)
            guard known < first ?? .distantFuture else { continue }
            let window = situation.disturbances.window(from: known, length: grace)
            if window.deadline <= generation.end { first = known }
        }
        return first
    }
}
