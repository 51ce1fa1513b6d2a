/// Texts or lists that somebody read: only their beginnings are worth telling apart.
struct ObservedSequences<Element: Comparable & Sendable>: Sendable {
    private let sorted: [[Element]]

    init(_ sequences: [[Element]]) {
        sorted = sequences.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether any of them begins like this.
    func contains(beginning: [Element]) -> Bool {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].lexicographicallyPrecedes(beginning) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < sorted.count && sorted[low].starts(with: beginning)
    }
}
