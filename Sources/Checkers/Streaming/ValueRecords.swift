import HistoryModel

/// What a stream remembers of one value of a register.
struct ValueRecord: Sendable {
    var code: ValueCode
    /// When the operation was called that brings it.
    var call: Int
    /// What a compare-and-set that brings it expects.
    var before = ValueCode.absent
    /// Whether a compare-and-set brings it of which nobody knows yet that it happened.
    var isLoose = false
    /// The block it belongs to; -1 as long as nothing has shown that it was ever there.
    var block = -1
    /// The value that was taken away for it, and the one that it was taken away for; -1 if there
    /// is none that is remembered.
    var below: Int32 = -1
    var above: Int32 = -1
    /// When an operation returned for the first time that comes behind all reads of it.
    var firstAbove = Int.max

    /// Whether an operation depends on it.
    var isSeen: Bool { block >= 0 }
}

/// The values that a stream remembers.
struct ValueRecords: Sendable {
    private var records: [ValueRecord] = []
    private var free: [Int32] = []
    private var table = ValueTable()
    /// Values that something has come above of, the earliest first.
    private var covered: [(record: Int32, time: Int)] = []
    private var firstCovered = 0

    /// How many there are.
    var count: Int { records.count - free.count }

    /// Adds all codes that are remembered, those that compare-and-sets expect among them.
    func addCodes(to codes: inout [ValueCode]) {
        for code in table.allCodes {
            guard let record = table.record(of: code) else { continue }
            codes += [code, records[Int(record)].before]
        }
    }

    func record(of code: ValueCode) -> Int32? { table.record(of: code) }

    subscript(record: Int32) -> ValueRecord {
        _read { yield records[Int(record)] }
        _modify { yield &records[Int(record)] }
    }

    mutating func add(_ record: ValueRecord) -> Int32 {
        let place: Int32
        if let old = free.popLast() {
            records[Int(old)] = record
            place = old
        } else {
            place = Int32(records.count)
            records.append(record)
        }
        table.insert(record.code, place)
        return place
    }

    mutating func remove(_ record: Int32) {
        let value = records[Int(record)]
        table.remove(value.code)
        if value.below >= 0 { records[Int(value.below)].above = -1 }
        if value.above >= 0 { records[Int(value.above)].below = -1 }
        records[Int(record)].firstAbove = .max
        free.append(record)
    }

    /// Removes a value and all below it.
    mutating func removeChain(from top: Int32) {
        var next = top
        while next >= 0 {
            let below = records[Int(next)].below
            remove(next)
            next = below
        }
    }

    /// An operation on the value above this one has returned: nothing called later may come here.
    mutating func markAbove(_ record: Int32, at time: Int) {
        let first = covered.count
        var next = record
        while next >= 0, records[Int(next)].firstAbove == .max {
            records[Int(next)].firstAbove = time
            covered.append((next, time))
            next = records[Int(next)].below
        }
        // The lower are forgotten first.
        if covered.count - first > 1 { covered[first...].reverse() }
    }

    /// Forgets values that nothing can be added to, now that all that is under way was called at
    /// `earliest` or later.
    mutating func forget(before earliest: Int) {
        while firstCovered < covered.count, covered[firstCovered].time < earliest {
            let (record, time) = covered[firstCovered]
            firstCovered += 1
            // It may have been forgotten with its block already.
            if records[Int(record)].firstAbove == time { remove(record) }
        }
        if firstCovered >= 64, firstCovered * 2 > covered.count {
            covered.removeSubrange(0..<firstCovered)
            firstCovered = 0
        }
    }
}
