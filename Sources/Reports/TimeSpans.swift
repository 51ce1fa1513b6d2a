import Vocabulary

/// Stretches of time that do not overlap, in order.
struct TimeSpans {
    private(set) var spans: [(start: Instant, end: Instant)] = []

    /// Merges stretches that overlap or touch, after cutting them to what lies inside a window.
    init(_ stretches: [(start: Instant, end: Instant)], from start: Instant, to end: Instant) {
        let inside = stretches.map { (start: max($0.start, start), end: min($0.end, end)) }
        for stretch in inside.filter({ $0.start < $0.end }).sorted(by: { $0.start < $1.start }) {
            if let last = spans.last, stretch.start <= last.end {
                spans[spans.count - 1].end = max(last.end, stretch.end)
            } else {
                spans.append(stretch)
            }
        }
    }

    /// The time that all stretches cover together.
    var length: Nanoseconds { spans.reduce(0) { $0 + ($1.end - $1.start) } }
}

/// Instants in order, of which those in a window can be counted quickly.
struct SortedInstants {
    private let instants: [Instant]

    /// Sorts the instants.
    init(_ instants: [Instant]) { self.instants = instants.sorted() }

    /// How many lie in a window, its end left out.
    ///
    /// - Complexity: O(log n).
    func count(from start: Instant, to end: Instant) -> Int {
        max(0, position(of: end) - position(of: start))
    }

    /// How many lie in a window for each second of it; nil if it is too short to say.
    func rate(from start: Instant, to end: Instant) -> Double? {
        guard end - start >= 50_000_000 else { return nil }
        return Double(count(from: start, to: end)) * 1e9 / Double(end - start)
    }

    private func position(of instant: Instant) -> Int {
        var low = 0
        var high = instants.count
        while low < high {
            let middle = (low + high) / 2
            if instants[middle] < instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
