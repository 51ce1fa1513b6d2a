/// A set that keeps its elements in ascending order, so that reading it costs nothing.
struct SortedSet: Hashable, Sendable {
    private(set) var elements: [Int64] = []

    /// Adds an element, unless it is there.
    ///
    /// - Complexity: O(log n) to find the place, which for rising elements is the end; O(n)
    ///   anywhere else.
    mutating func insert(_ element: Int64) {
        var low = elements.startIndex
        var high = elements.endIndex
        while low < high {
            let middle = (low + high) / 2
            if elements[middle] < element { low = middle + 1 } else { high = middle }
        }
        if low < elements.endIndex, elements[low] == element { return }
        elements.insert(element, at: low)
    }
}
