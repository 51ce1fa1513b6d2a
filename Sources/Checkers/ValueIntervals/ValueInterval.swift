import HistoryModel

/// The time that a value spent in a stack or a priority queue: who put it in and who took it out.
struct ValueInterval: Sendable {
    /// The number of the value, and its place among all by their size, which several may have.
    var value: Int32
    var rank: Int
    /// Where the two operations stand in the list that they were taken from; nil if nobody took it.
    var put: Int32
    var take: Int32?
    var putCall: Int
    var putReturn: Int
    var takeCall = Self.never
    var takeReturn = Int.max

    /// When a value is taken that nobody takes.
    static let never = Int.max - 1

    /// Whether it can be taken out at the moment at which it is put in: then it is in nobody's way.
    var canBeBrief: Bool { putReturn > takeCall }
}

/// A time in which nothing was there.
struct EmptyInterval: Sendable {
    var source: Int32
    var call: Int
    var `return`: Int
}

/// A rule by which some stays and gaps can be put in order or not.
protocol ValueIntervalRule: Sendable {
    /// Whether the rule can be applied to a value.
    static func knows(_ value: Value) -> Bool

    /// Whether there is an order; nil if it takes more steps than are left.
    static func fits(
        _ intervals: [ValueInterval], _ emptyIntervals: [EmptyInterval], stepsLeft: inout Int
    ) -> Bool?
}

extension ValueIntervalRule {
    static func knows(_ value: Value) -> Bool { true }

    /// The times in which something was certainly there, in order and not touching each other.
    static func spans(of intervals: [ValueInterval]) -> [(start: Int, end: Int)] {
        var spans: [(start: Int, end: Int)] = []
        for interval in intervals.sorted(by: { $0.putReturn < $1.putReturn })
        where !interval.canBeBrief {
            if let last = spans.last, interval.putReturn < last.end {
                spans[spans.count - 1].end = max(last.end, interval.takeCall)
            } else {
                spans.append((interval.putReturn, interval.takeCall))
            }
        }
        return spans
    }

    /// Whether each gap has a moment in which nothing had to be there.
    static func fit(_ emptyIntervals: [EmptyInterval], between spans: [(start: Int, end: Int)])
        -> Bool
    {
        emptyIntervals.allSatisfy { emptyInterval in
            let later = spans.firstPlace { $0.start > emptyInterval.call }
            return later == 0 || spans[later - 1].end < emptyInterval.return
        }
    }
}
