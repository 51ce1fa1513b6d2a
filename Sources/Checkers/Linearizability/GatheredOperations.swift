import HistoryModel

/// The packed operations at some places, fetched a few dozen at a time.
///
/// Those of one key lie far apart in memory. Fetching many in a row lets the processor wait for all
/// of them at once, rather than for one after the other.
struct GatheredOperations: Sequence, IteratorProtocol {
    private let members: [Int32]
    private let packed: [PackedOperation]
    private var fetched: [PackedOperation] = []
    private var position = 0
    private var first = 0

    init(_ members: [Int32], of list: OperationList) {
        self.members = members
        packed = list.packed
        fetched.reserveCapacity(Self.portion)
    }

    private static let portion = 64

    /// The next operation and its place.
    mutating func next() -> (place: Int32, operation: PackedOperation)? {
        if position - first == fetched.count {
            first = position
            fetched.removeAll(keepingCapacity: true)
            let end = Swift.min(members.count, first + Self.portion)
            for index in first..<end { fetched.append(packed[Int(members[index])]) }
            guard first < end else { return nil }
        }
        defer { position += 1 }
        return (members[position], fetched[position - first])
    }
}
