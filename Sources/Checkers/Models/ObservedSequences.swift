/// Texts or lists that somebody read: only their beginnings are worth telling apart.
struct ObservedSequences<Element: Comparable & Sendable>: Sendable {
    private let sorted: [[Element]]

    init(_ sequences: [[Element]]) {
        sorted = sequences.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether any of them begins like this.
    func contains(beginning: [Element]) -> Bool {
        let place = sorted.firstPlace { !$0.lexicographicallyPrecedes(beginning) }
        return place < sorted.count && sorted[place].starts(with: beginning)
    }
}
