import HistoryModel

/// Which record belongs to a code, for codes that come and go.
///
/// Open addressing, in which a removal closes the gap that it leaves.
struct ValueTable: Sendable {
    private struct Entry: BitwiseCopyable {
        var code = ValueCode.absent
        /// One more than the record; 0 is free.
        var record: Int32 = 0
    }

    private var entries = [Entry](repeating: Entry(), count: 16)
    /// How many codes are there.
    private(set) var count = 0
    private var shift: UInt32 = 28

    /// The codes that are there.
    var allCodes: [ValueCode] { entries.filter { $0.record != 0 }.map(\.code) }

    /// The record of a code.
    func record(of code: ValueCode) -> Int32? {
        let entry = entries[place(of: code)]
        return entry.record == 0 ? nil : entry.record - 1
    }

    /// Adds a code that is not there.
    mutating func insert(_ code: ValueCode, _ record: Int32) {
        if count * 2 >= entries.count { grow() }
        entries[place(of: code)] = Entry(code: code, record: record + 1)
        count += 1
    }

    /// Removes a code.
    ///
    /// - Returns: Its record; nil if it is not there.
    @discardableResult
    mutating func remove(_ code: ValueCode) -> Int32? {
        let shift = shift
        let record: Int32? = entries.withUnsafeMutableBufferPointer { entries in
            let mask = entries.count - 1
            var gap = code.home(shift: shift)
            while entries[gap].record != 0, entries[gap].code != code { gap = (gap + 1) & mask }
            guard entries[gap].record != 0 else { return nil }
            let record = entries[gap].record - 1
            var slot = (gap + 1) & mask
            while entries[slot].record != 0 {
                // What stands behind its home, seen from the gap, may move there.
                let home = entries[slot].code.home(shift: shift)
                if (slot &- home) & mask >= (slot &- gap) & mask {
                    entries[gap] = entries[slot]
                    gap = slot
                }
                slot = (slot + 1) & mask
            }
            entries[gap].record = 0
            return record
        }
        if record != nil { count -= 1 }
        return record
    }

    @inline(__always)
    private func place(of code: ValueCode) -> Int {
        var slot = code.home(shift: shift)
        while entries[slot].record != 0, entries[slot].code != code {
            slot = (slot + 1) & (entries.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        let old = entries.filter { $0.record != 0 }
        entries = [Entry](repeating: Entry(), count: entries.count * 2)
        shift -= 1
        for entry in old { entries[place(of: entry.code)] = entry }
    }
}
