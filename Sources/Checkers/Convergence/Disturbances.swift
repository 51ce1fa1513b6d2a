import Vocabulary

/// The times in which something kept nodes apart or from running.
struct Disturbances {
    /// A time from its first to its last moment; one moment if they are the same.
    struct Span {
        var start: Instant
        var end: Instant
    }

    /// A stretch without disturbance in which something had to happen.
    struct Window {
        /// When the last thing that disturbed it was over, or when it was to begin.
        var start: Instant
        /// By when it had to happen.
        var deadline: Instant
    }

    /// Apart from each other, in the order of time.
    private var spans: [Span] = []

    /// - Complexity: O(n log n).
    init(_ disturbances: [Span]) {
        for span in disturbances.sorted(by: { $0.start < $1.start }) {
            if let last = spans.last, span.start <= last.end {
                spans[spans.count - 1].end = max(last.end, span.end)
            } else {
                spans.append(span)
            }
        }
    }

    /// The first stretch from a time on that gave a store so long without a break.
    ///
    /// What begins when the time is over disturbs it no more.
    ///
    /// - Complexity: O(log n + k) for k disturbances that follow each other closely.
    func window(from time: Instant, length: Nanoseconds) -> Window {
        var start = time
        for span in spans[spans.firstPlace { $0.end >= time }...] {
            guard span.start <= start + length else { break }
            start = max(start, span.end)
        }
        return Window(start: start, deadline: start + length)
    }

    /// Whether something was at work in a time.
    ///
    /// - Complexity: O(log n).
    func touch(_ start: Instant, _ end: Instant) -> Bool {
        let place = spans.firstPlace { $0.end >= start }
        return place < spans.count && spans[place].start <= end
    }
}
