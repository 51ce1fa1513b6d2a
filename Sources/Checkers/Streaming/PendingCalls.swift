/// When the operations that are under way were called, the earliest first.
struct PendingCalls: ~Copyable {
    /// By their numbers, in their order; ``over`` for one that has ended.
    private var calls = Ring(over, bits: 2)
    private var first = 0
    private var end = 0
    /// The time at which nothing is called.
    private static let over = Int.max

    /// When the earliest was called; the end of time if none is under way.
    var earliest: Int { calls[first] }

    /// Notes a call, later than all before.
    ///
    /// - Returns: The number to end it by.
    mutating func begin(at time: Int) -> Int {
        // The place behind the last one stays free: ``over`` stands there.
        if end - first == calls.capacity - 1 { calls.grow(keeping: first..<end) }
        calls[end] = time
        end += 1
        return end - 1
    }

    /// One has ended.
    mutating func end(_ number: Int) {
        calls[number] = Self.over
        while first < end, calls[first] == Self.over { first += 1 }
    }

    func copy() -> PendingCalls {
        var copy = PendingCalls()
        copy.calls = calls.copy()
        copy.first = first
        copy.end = end
        return copy
    }
}
