/// Recorded operations that are under way, in the order in which they will return.
///
/// Each has a slot, for whoever keeps more of it; the slots are as few as there are operations under
/// way at a time.
struct PendingReturns: ~Copyable {
    private struct Entry: BitwiseCopyable {
        var `return`: UInt32 = 0
        var slot: Int32 = 0
    }

    /// The next to return last.
    private var entries = Ring(Entry(), bits: 2)
    /// How many there are.
    private(set) var count = 0
    private var free = Ring(Int32(0), bits: 2)
    private var freeCount = 0

    /// An operation begins that will return then.
    ///
    /// - Returns: Its slot.
    /// - Complexity: O(n) in the number of operations under way that return later.
    mutating func begin(returning time: UInt32) -> Int {
        let slot = takeSlot()
        var place = count
        while place > 0, entries[place - 1].return < time { place -= 1 }
        entries.moveUp(place..<count)
        entries[place] = Entry(return: time, slot: slot)
        count += 1
        return Int(slot)
    }

    /// The slot and the return of the next operation to return, if that is before a moment.
    @inline(__always)
    mutating func next(before time: UInt32) -> (slot: Int, return: Int)? {
        guard count > 0, entries[count - 1].return < time else { return nil }
        count -= 1
        let entry = entries[count]
        free[freeCount] = entry.slot
        freeCount += 1
        return (Int(entry.slot), Int(entry.return))
    }

    private mutating func takeSlot() -> Int32 {
        if freeCount > 0 {
            freeCount -= 1
            return free[freeCount]
        }
        if count == entries.capacity {
            entries.grow(keeping: 0..<count)
            free.grow(keeping: 0..<0)
        }
        // All slots so far are taken.
        return Int32(count)
    }
}
