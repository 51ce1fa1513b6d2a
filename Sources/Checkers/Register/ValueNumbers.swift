import HistoryModel

/// Gives values numbers, in the order in which they are met.
struct ValueNumbers: Sendable {
    /// The values by their numbers.
    private(set) var values: [Value] = []
    /// Whole numbers in open addressing: one more than the number of the value; 0 is free.
    private var keys: [Int64]
    private var slots: [Int32]
    private var integers = 0
    private var others: [Value: Int32] = [:]

    /// Makes room for about so many different values.
    init(expecting count: Int) {
        var size = 16
        while size < 2 * count { size *= 2 }
        keys = [Int64](repeating: 0, count: size)
        slots = [Int32](repeating: 0, count: size)
        values.reserveCapacity(count)
    }

    /// The number of a value, a new one if it was not met before.
    mutating func number(_ value: Value) -> Int32 {
        guard case .integer(let integer) = value else {
            if let known = others[value] { return known }
            others[value] = Int32(values.count)
            values.append(value)
            return Int32(values.count - 1)
        }
        var slot = place(of: integer)
        if slots[slot] != 0 { return slots[slot] - 1 }
        if integers * 2 >= keys.count {
            grow()
            slot = place(of: integer)
        }
        keys[slot] = integer
        values.append(value)
        slots[slot] = Int32(values.count)
        integers += 1
        return slots[slot] - 1
    }

    /// Where the number is, or would have to be.
    private func place(of integer: Int64) -> Int {
        var mixed = UInt64(bitPattern: integer) &* 0x9e37_79b9_7f4a_7c15
        mixed ^= mixed >> 32
        var slot = Int(truncatingIfNeeded: mixed) & (keys.count - 1)
        while slots[slot] != 0, keys[slot] != integer { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = zip(keys, slots).filter { $0.1 != 0 }
        keys = [Int64](repeating: 0, count: keys.count * 2)
        slots = [Int32](repeating: 0, count: keys.count)
        for (key, number) in old {
            let slot = place(of: key)
            keys[slot] = key
            slots[slot] = number
        }
    }
}
