/// Remembers where each action leads from each state.
struct TransitionTable: Sendable {
    /// Where an action leads.
    enum Destination {
        case nowhere
        case one(Int32)
        case several([Int32])
    }

    private var states: any StateNumbering
    /// Open addressing: state and action, plus one; 0 is free.
    private var keys: [UInt64]
    /// The number of the state; -1 for none, below that the place among the lists.
    private var values: [Int32]
    private var count = 0
    private var lists: [[Int32]] = []

    init(_ states: any StateNumbering) {
        self.states = states
        keys = [UInt64](repeating: 0, count: 256)
        values = [Int32](repeating: 0, count: 256)
    }

    /// The bytes that it holds.
    var bytes: Int { keys.count * 12 + lists.count * 64 + states.bytes }

    /// Where the action leads from the state.
    mutating func destination(of state: Int32, by action: Int32) -> Destination {
        let value = number(of: state, by: action)
        if value >= 0 { return .one(value) }
        return value == -1 ? .nowhere : .several(lists[Int(-2 - value)])
    }

    /// Forgets all states but some, and where any action leads.
    mutating func forget(allBut kept: Set<Int32>) {
        states.forget(allBut: kept)
        keys = [UInt64](repeating: 0, count: 256)
        values = [Int32](repeating: 0, count: 256)
        lists = []
        count = 0
    }

    /// Whether the action is possible in the state and leaves it as it is.
    mutating func isAnswered(_ action: Int32, in state: Int32) -> Bool {
        number(of: state, by: action) == state
    }

    private mutating func number(of state: Int32, by action: Int32) -> Int32 {
        let key = UInt64(UInt32(state)) << 32 | UInt64(UInt32(action)) &+ 1
        var slot = place(of: key)
        if keys[slot] == key { return values[slot] }
        if count * 2 >= keys.count {
            grow()
            slot = place(of: key)
        }
        let found = states.successors(of: state, by: action)
        let value: Int32
        switch found.count {
        case 0: value = -1
        case 1: value = found[0]
        default:
            value = -2 - Int32(lists.count)
            lists.append(found)
        }
        keys[slot] = key
        values[slot] = value
        count += 1
        return value
    }

    /// Where the key is, or would have to be.
    private func place(of key: UInt64) -> Int {
        var mixed = key &* 0x9e37_79b9_7f4a_7c15
        mixed ^= mixed >> 32
        var slot = Int(truncatingIfNeeded: mixed) & (keys.count - 1)
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = zip(keys, values).filter { $0.0 != 0 }
        keys = [UInt64](repeating: 0, count: keys.count * 2)
        values = [Int32](repeating: 0, count: keys.count)
        for (key, value) in old {
            let slot = place(of: key)
            keys[slot] = key
            values[slot] = value
        }
    }
}
