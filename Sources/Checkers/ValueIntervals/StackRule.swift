/// The rule of a stack on which every value is pushed once.
///
/// Where nothing has to be there the history falls into parts. Within a part something is there all
/// the time, so one value is at the bottom all the time: it can be any that may be pushed before,
/// and popped after, whatever has to happen to the others. Without that value the rest is judged
/// the same way.
///
/// Source: the removal of extreme values and the partitioning of Abdulla, Grahn, Jonsson, Krishna &
/// Mathur, and of Lee & Mathur, "Efficient linearizability monitoring for sets, stacks, queues and
/// priority queues" (2024).
enum StackRule: ValueIntervalRule {
    /// - Complexity: O(n · d) for values that lie d deep at most, beside sorting.
    static func fits(
        _ intervals: [ValueInterval], _ emptyIntervals: [EmptyInterval], stepsLeft: inout Int
    ) -> Bool? {
        guard fit(emptyIntervals, between: spans(of: intervals)) else { return false }
        var parts = [
            intervals.filter { !$0.canBeBrief }.sorted { $0.putReturn < $1.putReturn }
        ]
        while let part = parts.popLast() {
            stepsLeft -= part.count
            guard stepsLeft > 0 else { return nil }
            for zone in zones(of: part) where zone.count > 1 {
                let rest = withoutBottom(zone)
                guard rest.count < zone.count else { return false }
                parts.append(rest)
            }
        }
        return true
    }

    /// The parts between which nothing has to be there.
    private static func zones(of part: [ValueInterval]) -> [[ValueInterval]] {
        var zones: [[ValueInterval]] = []
        var end = Int.min
        var start = 0
        for (place, interval) in part.enumerated() {
            if interval.putReturn > end, place > start {
                zones.append(Array(part[start..<place]))
                start = place
            }
            end = max(end, interval.takeCall)
        }
        if start < part.count { zones.append(Array(part[start...])) }
        return zones
    }

    /// All but the values that can lie at the bottom all the time.
    private static func withoutBottom(_ zone: [ValueInterval]) -> [ValueInterval] {
        // A value is never in its own way: it was put before it was there, and taken after.
        let firstReturn = zone[0].putReturn
        let lastCall = zone.reduce(Int.min) { max($0, $1.takeCall) }
        return zone.filter { $0.putCall > firstReturn || $0.takeReturn < lastCall }
    }
}
