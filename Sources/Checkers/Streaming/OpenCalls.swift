/// The same as ``PendingCalls`` in an array, for streams that are copied as a whole.
struct OpenCalls: Sendable {
    /// The calls in their order; -1 for one that has ended.
    private var calls: [Int] = []
    private var first = 0
    /// The number of the call at the beginning of `calls`.
    private var base = 0

    /// When the earliest was called; nil if none is under way.
    var earliest: Int? { first < calls.count ? calls[first] : nil }

    /// Notes a call, later than all before.
    ///
    /// - Returns: The number to end it by.
    mutating func begin(at time: Int) -> Int {
        calls.append(time)
        return base + calls.count - 1
    }

    /// One has ended.
    mutating func end(_ number: Int) {
        calls[number - base] = -1
        while first < calls.count, calls[first] < 0 { first += 1 }
        if first == calls.count {
            base += first
            calls.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 64, first * 2 > calls.count {
            base += first
            calls.removeSubrange(0..<first)
            first = 0
        }
    }
}
