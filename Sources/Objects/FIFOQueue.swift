/// A queue whose head moves, so that taking from it does not move the rest.
struct FIFOQueue: Sendable {
    private var storage: [Int64] = []
    private var head = 0

    private var values: ArraySlice<Int64> { storage[head...] }

    mutating func append(_ value: Int64) { storage.append(value) }

    /// Takes the value that came first; nil if there is none.
    ///
    /// - Complexity: O(1) amortised: what was taken is dropped when it is half of the storage.
    mutating func removeFirst() -> Int64? {
        guard head < storage.count else { return nil }
        let value = storage[head]
        head += 1
        if head > 16, 2 * head > storage.count {
            storage.removeFirst(head)
            head = 0
        }
        return value
    }
}

extension FIFOQueue: Hashable {
    /// Whether the same values wait in the same order.
    static func == (left: FIFOQueue, right: FIFOQueue) -> Bool { left.values == right.values }

    /// Hashes the values that wait.
    func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
