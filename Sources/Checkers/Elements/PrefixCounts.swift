/// Counts of things at places, and of those before a place.
///
/// Source: Fenwick, "A new data structure for cumulative frequency tables" (1994).
struct PrefixCounts {
    private var sums: [Int]
    private(set) var total = 0

    init(count: Int) { sums = [Int](repeating: 0, count: count + 1) }

    mutating func add(at place: Int) {
        total += 1
        var node = place + 1
        while node < sums.count {
            sums[node] += 1
            node += node & -node
        }
    }

    func count(before place: Int) -> Int {
        var node = place
        var count = 0
        while node > 0 {
            count += sums[node]
            node -= node & -node
        }
        return count
    }
}
