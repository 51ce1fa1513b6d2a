import HistoryModel

/// Gives codes of values numbers, in the order in which they are met.
struct CodeNumbers: Sendable {
    /// The codes by their numbers.
    private(set) var codes: [ValueCode] = []
    /// Open addressing: one more than the number of a code; 0 is free.
    private var slots: [Int32]
    private var shift: UInt32

    /// Makes room for about so many different values.
    init(expecting count: Int) {
        var bits: UInt32 = 4
        while 1 << bits < 2 * count { bits += 1 }
        slots = [Int32](repeating: 0, count: 1 << bits)
        shift = 32 - bits
    }

    /// The number of a code, a new one if it was not met before.
    mutating func number(_ code: ValueCode) -> Int32 {
        let slot = place(of: code)
        if slots[slot] != 0 { return slots[slot] - 1 }
        codes.append(code)
        slots[slot] = Int32(codes.count)
        if codes.count * 2 > slots.count { grow() }
        return Int32(codes.count - 1)
    }

    /// Where the number is, or would have to be.
    private func place(of code: ValueCode) -> Int {
        var slot = code.home(shift: shift)
        while slots[slot] != 0, codes[Int(slots[slot] - 1)] != code {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        shift -= 1
        for (number, code) in codes.enumerated() { slots[place(of: code)] = Int32(number + 1) }
    }
}
