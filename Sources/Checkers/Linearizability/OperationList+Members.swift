import HistoryModel

extension OperationList {
    /// Goes through the operations at some places, fetched a few dozen at a time.
    ///
    /// Those of one key lie far apart in memory. Fetching many in a row lets the processor wait for
    /// all of them at once, rather than for one after the other.
    /// - Parameters:
    ///   - members: The places.
    ///   - body: Takes a place and the operation there; says whether to go on.
    @inline(__always)
    func forEach(at members: [Int32], _ body: (Int32, PackedOperation) -> Bool) {
        members.withUnsafeBufferPointer { forEach(at: $0, body) }
    }

    /// The same for places that somebody else keeps.
    @inline(__always)
    func forEach(
        at members: UnsafeBufferPointer<Int32>, _ body: (Int32, PackedOperation) -> Bool
    ) {
        packed.withUnsafeBufferPointer { packed in
            withUnsafeTemporaryAllocation(of: PackedOperation.self, capacity: 64) { fetched in
                for first in stride(from: 0, to: members.count, by: 64) {
                    let count = Swift.min(64, members.count - first)
                    for offset in 0..<count {
                        // Within bounds even if a place were wrong, which none is.
                        let place = Int(members[first + offset])
                        precondition(packed.indices.contains(place))
                        fetched.initializeElement(at: offset, to: packed[place])
                    }
                    for offset in 0..<count
                    where !body(members[first + offset], fetched[offset]) {
                        return
                    }
                }
            }
        }
    }
}
