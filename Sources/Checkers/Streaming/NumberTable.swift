/// Which number belongs to a key, for keys that come and go.
///
/// Open addressing, in which a removal closes the gap that it leaves.
struct NumberTable<Key: TableKey>: Sendable {
    private struct Entry: BitwiseCopyable {
        var key = Key.filler
        /// One more than the number; 0 is free.
        var number: Int32 = 0
    }

    private var entries = [Entry](repeating: Entry(), count: 16)
    /// How many keys are there.
    private(set) var count = 0
    private var shift: UInt32 = 28

    /// The keys that are there.
    var allKeys: [Key] { entries.filter { $0.number != 0 }.map(\.key) }

    /// The number of a key.
    func number(of key: Key) -> Int32? {
        let number = entries.withUnsafeBufferPointer { entries in
            entries[Self.place(of: key, in: entries, shift: shift)].number
        }
        return number == 0 ? nil : number - 1
    }

    /// Adds a key.
    ///
    /// - Returns: False if it is there, with a number of its own, which it keeps.
    @discardableResult
    mutating func insert(_ key: Key, _ number: Int32) -> Bool {
        if count * 2 >= entries.count { grow() }
        let shift = shift
        let isNew = entries.withUnsafeMutableBufferPointer { entries in
            let place = Self.place(of: key, in: UnsafeBufferPointer(entries), shift: shift)
            guard entries[place].number == 0 else { return false }
            entries[place] = Entry(key: key, number: number + 1)
            return true
        }
        if isNew { count += 1 }
        return isNew
    }

    /// Removes a key.
    ///
    /// - Returns: Its number; nil if it is not there.
    @discardableResult
    mutating func remove(_ key: Key) -> Int32? {
        let shift = shift
        let number: Int32? = entries.withUnsafeMutableBufferPointer { entries in
            let mask = entries.count - 1
            var gap = Self.place(of: key, in: UnsafeBufferPointer(entries), shift: shift)
            guard entries[gap].number != 0 else { return nil }
            let number = entries[gap].number - 1
            var slot = (gap + 1) & mask
            while entries[slot].number != 0 {
                // What stands behind its home, seen from the gap, may move there.
                let home = entries[slot].key.home(shift: shift)
                if (slot &- home) & mask >= (slot &- gap) & mask {
                    entries[gap] = entries[slot]
                    gap = slot
                }
                slot = (slot + 1) & mask
            }
            entries[gap].number = 0
            return number
        }
        if number != nil { count -= 1 }
        return number
    }

    /// Where a key is, or would be.
    @inline(__always)
    private static func place(
        of key: Key, in entries: UnsafeBufferPointer<Entry>, shift: UInt32
    ) -> Int {
        var place = key.home(shift: shift)
        while entries[place].number != 0, entries[place].key != key {
            place = (place + 1) & (entries.count - 1)
        }
        return place
    }

    private mutating func grow() {
        let old = entries.filter { $0.number != 0 }
        entries = [Entry](repeating: Entry(), count: entries.count * 2)
        count = 0
        shift -= 1
        for entry in old { insert(entry.key, entry.number - 1) }
    }
}
