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
enum StackRule: StayRule {
    /// - Complexity: O(n · d) for values that lie d deep at most, beside sorting.
    static func fits(_ stays: [Stay], _ gaps: [Gap], stepsLeft: inout Int) -> Bool? {
        guard fit(gaps, between: spans(of: stays)) else { return false }
        var parts = [
            stays.filter { !$0.canBeBrief }.sorted { $0.putReturn < $1.putReturn }
        ]
        while let part = parts.popLast() {
            stepsLeft -= part.count
            guard stepsLeft > 0 else { return nil }
            for block in blocks(of: part) where block.count > 1 {
                let rest = withoutBottom(block)
                guard rest.count < block.count else { return false }
                parts.append(rest)
            }
        }
        return true
    }

    /// The parts between which nothing has to be there.
    private static func blocks(of part: [Stay]) -> [[Stay]] {
        var blocks: [[Stay]] = []
        var end = Int.min
        var start = 0
        for (place, stay) in part.enumerated() {
            if stay.putReturn > end, place > start {
                blocks.append(Array(part[start..<place]))
                start = place
            }
            end = max(end, stay.takeCall)
        }
        if start < part.count { blocks.append(Array(part[start...])) }
        return blocks
    }

    /// All but the values that can lie at the bottom all the time.
    private static func withoutBottom(_ block: [Stay]) -> [Stay] {
        // A value is never in its own way: it was put before it was there, and taken after.
        let firstReturn = block[0].putReturn
        let lastCall = block.reduce(Int.min) { max($0, $1.takeCall) }
        return block.filter { $0.putCall > firstReturn || $0.takeReturn < lastCall }
    }
}
