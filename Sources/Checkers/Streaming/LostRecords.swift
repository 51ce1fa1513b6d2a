import HistoryModel

/// Where the records of those values stand whose writes had an unknown outcome and that nobody has read.
///
/// They stay for good, so that there may be ten thousands of them, while of all others there are as many
/// as clients. Whoever looks for a new value would have to wait for memory that is in no cache; a few
/// bits for each of them say nearly always that it is not here.
struct LostRecords: ~Copyable {
    private var index = RecordIndex()
    /// A bit for every hash with three bits more than the index tells apart; set if there may be such a
    /// value.
    private var marks = Ring(UInt64(0), bits: 0)

    var count: Int { index.count }

    /// Where the record of a value stands; -1 if it is not here.
    @inline(__always)
    func record(of code: ValueCode, in records: borrowing Ring<ValueRecord>) -> Int32 {
        guard count > 0 else { return -1 }
        let mark = mark(of: code)
        guard marks[mark >> 6] & (1 << UInt64(mark & 63)) != 0 else { return -1 }
        return index.record(of: code, in: records)
    }

    mutating func add(_ record: Int32, in records: inout Ring<ValueRecord>) {
        guard index.add(record, in: &records) else { return set(records[Int(record)].code) }
        marks = Ring(0, bits: index.bits - 3)
        var codes: [ValueCode] = []
        index.forEach(in: records) { codes.append(records[Int($0)].code) }
        for code in codes { set(code) }
    }

    mutating func remove(_ record: Int32, in records: inout Ring<ValueRecord>) {
        index.remove(record, in: &records)
    }

    @inline(__always)
    private func mark(of code: ValueCode) -> Int { code.home(shift: UInt32(29 - index.bits)) }

    private mutating func set(_ code: ValueCode) {
        let mark = mark(of: code)
        marks[mark >> 6] |= 1 << UInt64(mark & 63)
    }

    func copy() -> LostRecords {
        var copy = LostRecords()
        copy.index = index.copy()
        copy.marks = marks.copy()
        return copy
    }
}
