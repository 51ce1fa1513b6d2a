import HistoryModel

/// What a stream remembers of one value of a register.
struct ValueRecord: BitwiseCopyable {
    var code: ValueCode
    /// What a compare-and-set that brings it expects.
    var before = ValueCode.absent
    /// When the operation was called that brings it.
    var call: Int
    /// The block it belongs to; -1 as long as nothing has shown that it was ever there.
    var zone = -1
    /// When an operation returned for the first time that comes behind all reads of it.
    var firstAbove = Int.max
    /// The value that was taken away for it, and the one that it was taken away for; -1 if there
    /// is none that is remembered.
    var below: Int32 = -1
    var above: Int32 = -1
    /// Whether a compare-and-set brings it of which nobody knows yet that it happened.
    var isLoose = false
    /// False once it is forgotten; then ``below`` is the next of those that are free.
    var isKept = true

    /// Whether an operation depends on it.
    var isSeen: Bool { zone >= 0 }
}

/// The values that a stream remembers.
struct ValueRecords: ~Copyable {
    /// A value that something has come above of.
    private struct Covered: BitwiseCopyable {
        var record: Int32 = -1
        var time = 0
    }

    private var records = Ring(ValueRecord(code: .absent, call: 0), bits: 3)
    /// How many records there are, those that are free among them.
    private var used = 0
    private var firstFree: Int32 = -1
    /// The records of codes.
    ///
    /// Codes stand there as well, since the records are more bytes than stay near the processor.
    private var numbers = NumberTable<ValueCode>()
    /// The earliest first.
    private var covered = Ring(Covered(), bits: 2)
    private var firstCovered = 0
    private var endCovered = 0

    /// How many there are.
    var count: Int { numbers.count }

    /// Adds all codes that are remembered, those that compare-and-sets expect among them.
    func addCodes(to codes: inout [ValueCode]) {
        for record in 0..<used where records[record].isKept {
            codes += [records[record].code, records[record].before]
        }
    }

    @inline(__always)
    func record(of code: ValueCode) -> Int32? { numbers.number(of: code) }

    /// The record of a code that was at `place` when it was added.
    @inline(__always)
    func record(of code: ValueCode, at place: Int32) -> Int32? {
        place >= 0 && records[Int(place)].isKept && records[Int(place)].code == code
            ? place : record(of: code)
    }

    subscript(record: Int32) -> ValueRecord {
        @inline(__always) get { records[Int(record)] }
        @inline(__always) _modify { yield &records[Int(record)] }
    }

    mutating func add(_ record: ValueRecord) -> Int32 {
        var place = firstFree
        if place >= 0 {
            firstFree = self[place].below
        } else {
            if used == records.capacity { records.grow(keeping: 0..<used) }
            place = Int32(used)
            used += 1
        }
        self[place] = record
        numbers.insert(record.code, place)
        return place
    }

    mutating func remove(_ record: Int32) {
        let below = self[record].below
        let above = self[record].above
        numbers.remove(self[record].code)
        if below >= 0 { self[below].above = -1 }
        if above >= 0 { self[above].below = -1 }
        self[record].firstAbove = .max
        self[record].isKept = false
        self[record].below = firstFree
        firstFree = record
    }

    /// Removes a value and all below it.
    mutating func removeChain(from top: Int32) {
        var next = top
        while next >= 0 {
            let below = self[next].below
            remove(next)
            next = below
        }
    }

    /// An operation on the value above this one has returned: nothing called later may come here.
    mutating func markAbove(_ record: Int32, at time: Int) {
        var news = 0
        var next = record
        while next >= 0, self[next].firstAbove == .max {
            self[next].firstAbove = time
            next = self[next].below
            news += 1
        }
        guard news > 0 else { return }
        while endCovered - firstCovered + news > covered.capacity {
            covered.grow(keeping: firstCovered..<endCovered)
        }
        endCovered += news
        // The lower are forgotten first.
        next = record
        for number in 1...news {
            covered[endCovered - number] = Covered(record: next, time: time)
            next = self[next].below
        }
    }

    /// Forgets values that nothing can be added to, now that all that is under way was called at
    /// `earliest` or later.
    mutating func forget(before earliest: Int) {
        while firstCovered < endCovered, covered[firstCovered].time < earliest {
            let oldest = covered[firstCovered]
            firstCovered += 1
            // It may have been forgotten with its block already.
            if self[oldest.record].firstAbove == oldest.time { remove(oldest.record) }
        }
    }

    func copy() -> ValueRecords {
        var copy = ValueRecords()
        copy.records = records.copy()
        copy.used = used
        copy.firstFree = firstFree
        copy.numbers = numbers
        copy.covered = covered.copy()
        copy.firstCovered = firstCovered
        copy.endCovered = endCovered
        return copy
    }
}
