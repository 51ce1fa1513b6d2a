/// A value as a number of 32 bits.
///
/// Small whole numbers, truth values and null stand for themselves; the code of anything else is
/// a place in a ``ValuePool``. Two codes of one pool are equal exactly if their values are.
public struct ValueCode: Hashable, Sendable, BitwiseCopyable {
    /// The number itself.
    public let rawValue: Int32

    /// Makes the code with this number.
    @usableFromInline
    init(rawValue: Int32) { self.rawValue = rawValue }

    /// Stands for no value at all, as the key of an operation in a history without keys.
    @inlinable public static var absent: ValueCode { ValueCode(rawValue: .min) }
    /// The code of null.
    @inlinable public static var null: ValueCode { ValueCode(rawValue: .min + 1) }
    /// The code of false.
    @inlinable public static var no: ValueCode { ValueCode(rawValue: .min + 2) }
    /// The code of true.
    @inlinable public static var yes: ValueCode { ValueCode(rawValue: .min + 3) }

    /// Whole numbers below this, and above its negative, stand for themselves; codes from here on
    /// are places in a pool.
    static var pooledMin: Int32 { 1 << 30 }

    /// Where the value stands in its pool; nil if the code stands for itself.
    @inline(__always)
    var place: Int? { rawValue < Self.pooledMin ? nil : Int(rawValue - Self.pooledMin) }

    /// The code of a whole number that stands for itself; nil for one that is too large.
    @inline(__always)
    init?(_ integer: Int64) {
        guard integer.magnitude < UInt64(Self.pooledMin) else { return nil }
        rawValue = Int32(truncatingIfNeeded: integer)
    }
}

/// The values that do not stand for themselves as codes.
public struct ValuePool: Sendable {
    private var pooled: [Value] = []
    private var places: [Value: Int32] = [:]
    private var free: [Int32] = []
    /// About how many bytes of memory the values take.
    private(set) var bytesHeld = 0

    /// Makes an empty pool.
    public init() {}

    /// How many values it holds.
    public var count: Int { places.count }

    /// Forgets all values but those of some codes; the other codes will mean other values.
    ///
    /// - Complexity: O(n) in the number of values held.
    public mutating func keepOnly(_ codes: some Sequence<ValueCode>) {
        let kept = Set(codes.lazy.map(\.rawValue))
        // In any order; see below.
        for (value, code) in places where !kept.contains(code) {
            places[value] = nil
            bytesHeld -= value.bytesHeld
            pooled[Int(code - ValueCode.pooledMin)] = .null
            free.append(code)
        }
        // The dictionary's order must not decide which code the next value gets.
        free.sort(by: >)
    }

    /// The code of a value, a new one if the value was not met before.
    ///
    /// - Complexity: O(1); for small numbers without a look at the pool.
    public mutating func code(of value: Value) -> ValueCode {
        switch value {
        case .integer(let integer): ValueCode(integer) ?? place(of: value)
        case .null: .null
        case .bool(let truth): truth ? .yes : .no
        case .text, .list, .set, .form: place(of: value)
        }
    }

    /// The code of a value; nil if the value was not met before.
    public func knownCode(of value: Value) -> ValueCode? {
        switch value {
        case .integer(let integer): ValueCode(integer) ?? places[value].map(ValueCode.init)
        case .null: .null
        case .bool(let truth): truth ? .yes : .no
        case .text, .list, .set, .form: places[value].map(ValueCode.init)
        }
    }

    /// The value of a code; null if the code stands for no value.
    public func value(of code: ValueCode) -> Value {
        switch code {
        case .absent, .null: .null
        case .no: .bool(false)
        case .yes: .bool(true)
        default:
            code.rawValue < ValueCode.pooledMin
                ? .integer(Int64(code.rawValue))
                : pooled[Int(code.rawValue - ValueCode.pooledMin)]
        }
    }

    /// The text of a code; empty for any other value.
    func text(of code: ValueCode) -> String {
        guard case .text(let text) = value(of: code) else { return "" }
        return text
    }

    /// Takes in the values of another pool; the code here of the value at each place there.
    mutating func adopt(_ other: ValuePool) -> [ValueCode] { other.pooled.map { code(of: $0) } }

    /// The process whose number has this code.
    func process(of code: ValueCode) -> ProcessID {
        guard case .integer(let number) = value(of: code) else { return ProcessID(0) }
        return ProcessID(Int(number))
    }

    private mutating func place(of value: Value) -> ValueCode {
        if let known = places[value] { return ValueCode(rawValue: known) }
        let code = free.popLast() ?? ValueCode.pooledMin + Int32(pooled.count)
        let place = Int(code - ValueCode.pooledMin)
        places[value] = code
        bytesHeld += value.bytesHeld
        if place == pooled.count { pooled.append(value) } else { pooled[place] = value }
        return ValueCode(rawValue: code)
    }
}

extension Value {
    /// About how many bytes a pool takes to hold the value.
    fileprivate var bytesHeld: Int {
        switch self {
        case .null, .bool, .integer: 100
        case .text(let text), .form(let text): 100 + text.utf8.count
        case .list(let values), .set(let values): values.reduce(132) { $0 + $1.bytesHeld }
        }
    }
}
