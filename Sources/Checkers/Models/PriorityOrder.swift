import HistoryModel

/// The order in which values come out of a priority queue: nil, false, true, numbers, texts, lists,
/// sets, others.
///
/// Numbers that are kept as they were written, such as `1.5` and `12345678901234567890`, have their
/// place among the whole ones. Different values may have one place, such as 1 and `1.0`: the queue
/// may give out either first.
struct PriorityOrder: Sendable {
    /// Nil if the values' own order will do.
    private let ranks: [Value: Int]?

    /// The order of these values, and of no others.
    ///
    /// - Complexity: O(n log n).
    init(_ values: some Sequence<Value>) {
        let distinct = Set(values)
        guard distinct.contains(where: \.holdsWrittenNumber) else {
            ranks = nil
            return
        }
        var ranks: [Value: Int] = [:]
        var last: Place?
        var rank = 0
        // In any order where places are the same: then so are the ranks.
        for (place, value) in distinct.map({ (Place($0), $0) }).sorted(by: { $0.0 < $1.0 }) {
            if let last, last < place { rank += 1 }
            ranks[value] = rank
            last = place
        }
        self.ranks = ranks
    }

    /// The places of different values, from 0.
    func ranks(of values: [Value]) -> [Int] {
        if let ranks { return values.map { ranks[$0] ?? ranks.count } }
        var result = [Int](repeating: 0, count: values.count)
        let order = values.indices.sorted { values[$0] < values[$1] }
        for (rank, index) in order.enumerated() { result[index] = rank }
        return result
    }

    /// Whether one value stands before another in a list of what is there; values of one place are
    /// listed in their own order.
    func lists(_ left: Value, before right: Value) -> Bool {
        guard let ranks, let a = ranks[left], let b = ranks[right], a != b else {
            return left < right
        }
        return a < b
    }

    /// Whether either of two values may come out before the other.
    func isFree(_ left: Value, _ right: Value) -> Bool {
        guard let ranks else { return left == right }
        return ranks[left] == ranks[right]
    }
}

/// Where a value stands among all others.
private struct Place: Comparable {
    private let kind: Int
    private var number: ExactNumber?
    private var text = ""
    private var list: [Place] = []

    init(_ value: Value) {
        number = ExactNumber(value)
        switch value {
        case .null: kind = 0
        case .bool(let truth): kind = truth ? 2 : 1
        case .integer: kind = 3
        case .text(let text):
            kind = 4
            self.text = text
        case .list(let elements):
            kind = 5
            list = elements.map(Place.init)
        case .set(let elements):
            kind = 6
            list = elements.map(Place.init)
        case .form(let form):
            kind = number == nil ? 7 : 3
            text = form
        }
    }

    static func < (left: Place, right: Place) -> Bool {
        guard left.kind == right.kind else { return left.kind < right.kind }
        if let a = left.number, let b = right.number { return a < b }
        if !left.list.isEmpty || !right.list.isEmpty {
            return left.list.lexicographicallyPrecedes(right.list)
        }
        return Value.text(left.text) < .text(right.text)
    }

    static func == (left: Place, right: Place) -> Bool { !(left < right) && !(right < left) }
}

extension Value {
    /// Whether it is, or has within it, a number that is kept as it was written.
    fileprivate var holdsWrittenNumber: Bool {
        switch self {
        case .null, .bool, .integer: false
        case .list(let elements), .set(let elements):
            elements.contains(where: \.holdsWrittenNumber)
        default: ExactNumber(self) != nil
        }
    }

    /// Whether it can be compared with every other: `##NaN`, ratios and what else begins like a number
    /// and is none in decimal can't.
    var hasPlaceInOrder: Bool {
        switch self {
        case .form(let form):
            !form.hasPrefix("##") && (!form.startsLikeNumber || ExactNumber(self) != nil)
        case .list(let elements), .set(let elements): elements.allSatisfy(\.hasPlaceInOrder)
        default: true
        }
    }
}

extension String {
    /// Whether it begins as a number does.
    fileprivate var startsLikeNumber: Bool {
        utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }.first
            .map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
    }
}
