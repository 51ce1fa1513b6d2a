/// How far a node is complete in one writer's writes.
///
/// The node has held every write of this writer up to the version, or a greater one of the
/// same key: there is no gap.
public struct Maximum: Hashable, Sendable {
    /// Whose writes.
    public var writer: Writer
    /// The last version without a gap before it.
    public var version: Version

    /// States how far a node is complete.
    public init(_ writer: Writer, _ version: Version) {
        self.writer = writer
        self.version = version
    }
}

extension [Maximum] {
    /// The version up to which a writer's writes are all there; 0 if none is known.
    ///
    /// - Complexity: O(log n); the maxima are in the order of their writers.
    func version(of writer: Writer) -> Version {
        let place = partitioningIndex { $0.writer >= writer }
        return place < count && self[place].writer == writer ? self[place].version : 0
    }

    /// Whether these maxima are nowhere below the others.
    func covers(_ others: [Maximum]) -> Bool {
        others.allSatisfy { version(of: $0.writer) >= $0.version }
    }

    /// Raises each maximum to that of `other`.
    mutating func formMaximum(_ other: [Maximum]) {
        for maximum in other {
            let place = partitioningIndex { $0.writer >= maximum.writer }
            if place < count, self[place].writer == maximum.writer {
                self[place].version = Swift.max(self[place].version, maximum.version)
            } else {
                insert(maximum, at: place)
            }
        }
    }
}

extension Array {
    /// The first place from which on `belongs` holds, in an array that is ordered by it.
    func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
