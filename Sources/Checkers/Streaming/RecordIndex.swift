import HistoryModel

/// Where the records of values stand, by the codes of the values.
///
/// Per hash it knows one of the records, from where ``ValueRecord/next`` leads on.
struct RecordIndex: ~Copyable {
    private var heads = Ring(Int32(-1), bits: 3)
    private var shift: UInt32 = 29
    /// How many records it leads to.
    private(set) var count = 0

    /// The capacity, as a power of two.
    var bits: Int { Int(32 - shift) }

    /// Where the record of a value stands; -1 if it is not here.
    @inline(__always)
    func record(of code: ValueCode, in records: borrowing Ring<ValueRecord>) -> Int32 {
        var record = heads[code.home(shift: shift)]
        while record >= 0, records[Int(record)].code != code { record = records[Int(record)].next }
        return record
    }

    /// Adds a record; true if there had to be made room.
    @inline(__always)
    mutating func add(_ record: Int32, in records: inout Ring<ValueRecord>) -> Bool {
        let isFull = count == heads.capacity
        if isFull { grow(&records) }
        link(record, &records)
        count += 1
        return isFull
    }

    @inline(__always)
    mutating func remove(_ record: Int32, in records: inout Ring<ValueRecord>) {
        count -= 1
        let home = records[Int(record)].code.home(shift: shift)
        guard heads[home] != record else {
            heads[home] = records[Int(record)].next
            return
        }
        var before = Int(heads[home])
        while records[before].next != record { before = Int(records[before].next) }
        records[before].next = records[Int(record)].next
    }

    /// Goes through all records, in no order that matters.
    func forEach(in records: borrowing Ring<ValueRecord>, _ body: (Int32) -> Void) {
        for home in 0..<heads.capacity {
            var record = heads[home]
            while record >= 0 {
                body(record)
                record = records[Int(record)].next
            }
        }
    }

    private mutating func link(_ record: Int32, _ records: inout Ring<ValueRecord>) {
        let home = records[Int(record)].code.home(shift: shift)
        records[Int(record)].next = heads[home]
        heads[home] = record
    }

    private mutating func grow(_ records: inout Ring<ValueRecord>) {
        let old = heads.copy()
        shift -= 1
        heads = Ring(-1, bits: bits)
        for home in 0..<old.capacity {
            var record = old[home]
            while record >= 0 {
                let next = records[Int(record)].next
                link(record, &records)
                record = next
            }
        }
    }

    func copy() -> RecordIndex {
        var copy = RecordIndex()
        copy.heads = heads.copy()
        copy.shift = shift
        copy.count = count
        return copy
    }
}
