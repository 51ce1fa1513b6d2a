/// All logs that nodes ever had, as one tree of positions.
///
/// A rolling hash stands for all entries up to its place, so equal hashes are one position, and
/// every position has one predecessor. Who knows the last position of a log and all predecessors
/// knows the log.
struct LogTree {
    /// A place in a log with everything before it.
    struct Position {
        var index: Int
        var term: Int?
        /// The closest position before it that is known; itself if none is.
        var parent: Int
        /// The trace event that first told of it.
        var witness: Int
    }

    private struct Entry: Hashable {
        var index: Int
        var term: Int
    }

    /// The place before the first entry.
    static let origin = 0

    private(set) var positions = [Position(index: 0, term: 0, parent: origin, witness: 0)]
    private var places: [UInt64: Int] = [0: origin]
    private var entries: [Entry: Int] = [:]

    /// Takes in a position; tells which one it is, and another of the same index and term if this
    /// one is new.
    mutating func add(
        index: Int, term: Int?, hash: UInt64, witness: Int
    ) -> (place: Int, rival: Int?) {
        if let known = places[hash] { return (known, nil) }
        let place = positions.count
        positions.append(Position(index: index, term: term, parent: place, witness: witness))
        places[hash] = place
        guard let term else { return (place, nil) }
        let rival = entries[Entry(index: index, term: term)]
        if rival == nil { entries[Entry(index: index, term: term)] = place }
        return (place, rival)
    }

    /// Notes that one position comes before another on every log that has the latter.
    mutating func link(_ place: Int, after earlier: Int) {
        let parent = positions[place].parent
        guard positions[earlier].index < positions[place].index,
            parent == place || positions[parent].index < positions[earlier].index
        else { return }
        positions[place].parent = earlier
    }

    /// The position at an index on the log that ends at `place`; nil if that is not known.
    ///
    /// - Complexity: O(n) in the number of entries between the two.
    func ancestor(of place: Int, at index: Int) -> Int? {
        if index == 0 { return Self.origin }
        var place = place
        while positions[place].index > index {
            let parent = positions[place].parent
            guard parent != place else { return nil }
            place = parent
        }
        return positions[place].index == index ? place : nil
    }
}
