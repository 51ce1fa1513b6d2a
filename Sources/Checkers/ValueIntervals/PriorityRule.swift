import HistoryModel

/// The rule of a priority queue into which every value is put once, the smallest being the first to
/// be taken.
///
/// A value can be taken at a moment in which nothing smaller has to be there. Larger ones make no
/// difference to it, so each value is judged among those that are smaller.
///
/// Source: Lee & Mathur, "Efficient linearizability monitoring for sets, stacks, queues and
/// priority queues" (2024).
enum PriorityRule: ValueIntervalRule {
    static func knows(_ value: Value) -> Bool { value.hasPlaceInOrder }

    /// - Complexity: O(n log n).
    static func fits(
        _ intervals: [ValueInterval], _ emptyIntervals: [EmptyInterval], stepsLeft: inout Int
    ) -> Bool? {
        stepsLeft -= intervals.count
        guard stepsLeft > 0 else { return nil }
        let times = (intervals.flatMap { [$0.putReturn, $0.putCall, $0.takeCall, $0.takeReturn] })
            .sorted()
        func place(of time: Int) -> Int { times.countBelow(time) }
        var free = FreeMoments(count: times.count)
        let sorted = intervals.sorted { $0.rank < $1.rank }
        /// The values up to here are in the way of the larger ones.
        var filled = 0
        for interval in sorted {
            // Values of one rank are not in each other's way.
            while sorted[filled].rank < interval.rank {
                let smaller = sorted[filled]
                if !smaller.canBeBrief {
                    free.fill(place(of: smaller.putReturn)..<place(of: smaller.takeCall))
                }
                filled += 1
            }
            if interval.take != nil {
                let moment = free.first(from: place(of: max(interval.takeCall, interval.putCall)))
                guard moment < place(of: interval.takeReturn) else { return false }
            }
        }
        return fit(emptyIntervals, between: spans(of: intervals))
    }
}

/// Moments of which more and more are filled.
///
/// Source: Tarjan, "Efficiency of a good but not linear set union algorithm" (1975).
private struct FreeMoments {
    /// Per moment: itself if it is free, else one behind it.
    private var next: [Int]

    init(count: Int) { next = Array(0...count) }

    /// The first free moment that is not before this one.
    mutating func first(from moment: Int) -> Int {
        var found = moment
        while next[found] != found {
            next[found] = next[next[found]]
            found = next[found]
        }
        return found
    }

    mutating func fill(_ moments: Range<Int>) {
        var moment = first(from: moments.lowerBound)
        while moment < moments.upperBound {
            next[moment] = moment + 1
            moment = first(from: moment)
        }
    }
}
