/// A range of keys by their hashes: those whose first `bits` bits are `prefix`.
public struct KeyRange: Hashable, Sendable {
    /// The first bits.
    public var prefix: UInt32
    /// How many they are; 0 means all keys.
    public var bits: Int

    /// Names a range.
    public init(prefix: UInt32, bits: Int) {
        self.prefix = prefix
        self.bits = bits
    }

    static let all = KeyRange(prefix: 0, bits: 0)

    /// The sixteen parts of the range.
    var parts: [KeyRange] {
        (0..<16).map { KeyRange(prefix: prefix << 4 | $0, bits: bits + 4) }
    }
}

/// A tree of sums over the keys' hashes: where two trees agree, the keys below agree.
///
/// Only the leaves are stored; a range's sum is added up when it is asked for, which for 4,096
/// leaves is cheaper than keeping the inner nodes.
struct RangeIndex: Sendable {
    static let leafBits = 12

    private var sums = [UInt64](repeating: 0, count: 1 << leafBits)
    private var members = [[Int]](repeating: [], count: 1 << leafBits)

    private static func leaf(of key: String) -> Int {
        Int(StableHash.of(key) >> (64 - UInt64(leafBits)))
    }

    mutating func add(_ place: Int, key: String, hash: UInt64) {
        let leaf = Self.leaf(of: key)
        sums[leaf] &+= hash
        members[leaf].append(place)
    }

    mutating func remove(_ place: Int, key: String, hash: UInt64) {
        let leaf = Self.leaf(of: key)
        sums[leaf] &-= hash
        members[leaf].removeAll { $0 == place }
    }

    /// Whether a range that came from elsewhere is one of this tree.
    static func isValid(_ range: KeyRange) -> Bool {
        (0...leafBits).contains(range.bits) && range.bits % 4 == 0
            && range.prefix < 1 << UInt32(range.bits)
    }

    private func leaves(of range: KeyRange) -> Range<Int> {
        let shift = Self.leafBits - range.bits
        return Int(range.prefix) << shift..<(Int(range.prefix) + 1) << shift
    }

    func sum(of range: KeyRange) -> UInt64 { sums[leaves(of: range)].reduce(0, &+) }

    func count(of range: KeyRange) -> Int {
        members[leaves(of: range)].reduce(0) { $0 + $1.count }
    }

    /// The places of a range's entries.
    func places(of range: KeyRange) -> [Int] { members[leaves(of: range)].flatMap(\.self) }
}
