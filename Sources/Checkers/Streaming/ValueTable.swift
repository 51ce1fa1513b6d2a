import HistoryModel

/// Which record belongs to a code, for codes that come and go.
///
/// Open addressing, in which a removal closes the gap that it leaves.
struct ValueTable: Sendable {
    private var codes: [ValueCode]
    /// One more than the record; 0 is free.
    private var records: [Int32]
    private var count = 0
    private var shift: UInt32 = 28

    init() {
        codes = [ValueCode](repeating: .absent, count: 16)
        records = [Int32](repeating: 0, count: 16)
    }

    /// The codes that are there.
    var allCodes: [ValueCode] { zip(codes, records).filter { $0.1 != 0 }.map(\.0) }

    /// The record of a code.
    func record(of code: ValueCode) -> Int32? {
        let slot = place(of: code)
        return records[slot] == 0 ? nil : records[slot] - 1
    }

    /// Adds a code that is not there.
    mutating func insert(_ code: ValueCode, _ record: Int32) {
        if count * 2 >= codes.count { grow() }
        let slot = place(of: code)
        codes[slot] = code
        records[slot] = record + 1
        count += 1
    }

    /// Removes a code that is there.
    mutating func remove(_ code: ValueCode) {
        let mask = codes.count - 1
        var gap = place(of: code)
        var slot = (gap + 1) & mask
        while records[slot] != 0 {
            // What stands behind its home, seen from the gap, may move there.
            let home = home(of: codes[slot])
            if (slot &- home) & mask >= (slot &- gap) & mask {
                codes[gap] = codes[slot]
                records[gap] = records[slot]
                gap = slot
            }
            slot = (slot + 1) & mask
        }
        records[gap] = 0
        count -= 1
    }

    @inline(__always)
    private func home(of code: ValueCode) -> Int {
        Int((UInt32(bitPattern: code.rawValue) &* 0x9e37_79b9) >> shift)
    }

    @inline(__always)
    private func place(of code: ValueCode) -> Int {
        var slot = home(of: code)
        while records[slot] != 0, codes[slot] != code { slot = (slot + 1) & (codes.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = zip(codes, records).filter { $0.1 != 0 }
        codes = [ValueCode](repeating: .absent, count: codes.count * 2)
        records = [Int32](repeating: 0, count: codes.count)
        shift -= 1
        for (code, record) in old {
            let slot = place(of: code)
            codes[slot] = code
            records[slot] = record
        }
    }
}
