/// Configurations without duplicates, in the order in which they came.
///
/// Of two that differ in the counts of unknowns used only, the one that used more is left out
/// where the other used no more of any class: whatever it can do, the other can too.
struct ConfigurationSet: Sendable {
    /// The words of all configurations, one after the other; what lies behind them means nothing.
    private(set) var words: [UInt64] = []
    /// How many there are.
    private(set) var count = 0
    private let stride: Int
    private let keyWords: Int
    private let guards: [UInt64]
    /// Open addressing: the round in the upper half, one more than the index in the lower.
    private var table: [UInt64]
    /// The slots of other rounds count as empty, so that emptying the set costs nothing.
    private var round: UInt64 = 1 << 32
    /// Per configuration there is room for: the next one with the same key, or -1.
    private var siblings: [Int32] = []

    /// Makes room for configurations of `keyWords` words, which have to be equal for two to be
    /// comparable, and one word of counts for each word of guard bits.
    init(keyWords: Int, guards: [UInt64]) {
        stride = keyWords + guards.count
        self.keyWords = keyWords
        self.guards = guards
        table = [UInt64](repeating: 0, count: 64)
    }

    /// The bytes that it holds.
    var bytes: Int {
        words.count * 8 + table.count * 8 + siblings.count * 4
    }

    /// Forgets all configurations but keeps the memory, unless that has become large.
    mutating func removeAll() {
        if table.count > 1 << 16, count < table.count >> 6 {
            words = []
            siblings = []
            table = [UInt64](repeating: 0, count: 64)
        }
        count = 0
        round &+= 1 << 32
    }

    /// Takes in `candidate` unless it, or a better one, is there already.
    ///
    /// - Returns: The place where it is now, or nil if there was no need for it.
    mutating func insert(_ candidate: [UInt64]) -> Int? {
        if count * 2 >= table.count { grow() }
        var slot = hash(candidate, from: 0) & (table.count - 1)
        while table[slot] & ~0xffff_ffff == round {
            let head = Int(table[slot] & 0xffff_ffff) - 1
            if hasKey(candidate, at: head) { return insert(candidate, beside: head) }
            slot = (slot + 1) & (table.count - 1)
        }
        table[slot] = round | UInt64(count + 1)
        return append(candidate)
    }

    private mutating func append(_ candidate: [UInt64]) -> Int {
        if count == siblings.count { makeRoom() }
        let start = count * stride
        for word in 0..<stride { words[start + word] = candidate[word] }
        siblings[count] = -1
        count += 1
        return count - 1
    }

    /// Doubles the room for configurations.
    private mutating func makeRoom() {
        let more = max(4, count)
        words += repeatElement(0, count: more * stride)
        siblings += repeatElement(-1, count: more)
    }

    /// Compares with those that differ in their counts only.
    private mutating func insert(_ candidate: [UInt64], beside head: Int) -> Int? {
        guard stride > keyWords else { return nil }
        if stride == keyWords + 1 { return insert(candidate, besideCount: head) }
        var place = head
        while true {
            if isNoMore(words, at: place * stride, than: candidate, at: 0) { return nil }
            if isNoMore(candidate, at: 0, than: words, at: place * stride) {
                for word in keyWords..<stride { words[place * stride + word] = candidate[word] }
                return place
            }
            guard siblings[place] >= 0 else { break }
            place = Int(siblings[place])
        }
        siblings[place] = Int32(count)
        return append(candidate)
    }

    /// The same where all counts fit into one word, as they mostly do.
    private mutating func insert(_ candidate: [UInt64], besideCount head: Int) -> Int? {
        let guardBits = guards[0]
        let own = candidate[keyWords]
        var place = head
        while true {
            let word = place * stride + keyWords
            let other = words[word]
            if ((own | guardBits) &- other) & guardBits == guardBits { return nil }
            if ((other | guardBits) &- own) & guardBits == guardBits {
                words[word] = own
                return place
            }
            guard siblings[place] >= 0 else { break }
            place = Int(siblings[place])
        }
        siblings[place] = Int32(count)
        return append(candidate)
    }

    /// Whether each count of one configuration is at most that of the other.
    private func isNoMore(
        _ left: [UInt64], at leftStart: Int, than right: [UInt64], at rightStart: Int
    ) -> Bool {
        for (offset, guardBits) in guards.enumerated() {
            let word = keyWords + offset
            let difference = (right[rightStart + word] | guardBits) &- left[leftStart + word]
            if difference & guardBits != guardBits { return false }
        }
        return true
    }

    private func hasKey(_ candidate: [UInt64], at place: Int) -> Bool {
        let start = place * stride
        for word in 0..<keyWords where words[start + word] != candidate[word] { return false }
        return true
    }

    private func hash(_ source: [UInt64], from start: Int) -> Int {
        var mixed: UInt64 = 0
        for word in 0..<keyWords {
            mixed = (mixed ^ source[start + word]) &* 0x9e37_79b9_7f4a_7c15
            mixed ^= mixed >> 32
        }
        return Int(truncatingIfNeeded: mixed & 0x7fff_ffff_ffff_ffff)
    }

    private mutating func grow() {
        let heads = table.filter { $0 & ~0xffff_ffff == round }
        table = [UInt64](repeating: 0, count: table.count * 4)
        for head in heads {
            let start = (Int(head & 0xffff_ffff) - 1) * stride
            var slot = hash(words, from: start) & (table.count - 1)
            while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = head
        }
    }
}
