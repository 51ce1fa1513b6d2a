import HistoryModel

/// What was done to one set or list that only grows, is read as a whole, and to which every
/// element was added once.
struct AppendListHistory: Sendable {
    /// The functions of a collection.
    struct Kind: Sendable {
        var addition: Function
        /// Whether reads tell in which order the elements came.
        var isOrdered: Bool

        static let list = Kind(addition: .append, isOrdered: true)
        static let set = Kind(addition: "add", isOrdered: false)
    }

    let kind: Kind
    /// The operations in the order of their calls, without what failed and what nobody read of
    /// unknown additions.
    private(set) var operations: [AppendListOperation] = []
    /// What was read, as the numbers of the elements.
    private(set) var reads: [[Int32]] = []
    /// The elements by their numbers.
    private(set) var elements: [Value] = []
    /// Per element: who added it, or -1.
    private(set) var adders: [Int32] = []
    /// The most operations that were pending at a time, unknowns apart.
    private(set) var concurrency = 0

    /// Nil if it is no such history: these are for the search.
    init?(members: [Int32], of list: OperationList, kind: Kind) {
        self.kind = kind
        var numbers = ValueNumbers(expecting: members.count)
        for member in members {
            let original = list[Int(member)]
            guard original.outcome != .fail else { continue }
            let isKnown = original.outcome == .ok
            let end =
                isKnown ? original.return ?? AppendListOperation.never : AppendListOperation.never
            var operation = AppendListOperation(
                element: nil, read: -1, source: member, call: original.call, return: end)
            switch (original.function, original.output) {
            case (kind.addition, let output)
            where output != original.input && output.truth(about: original.input) != nil:
                return nil
            case (kind.addition, _): operation.element = numbers.number(original.input)
            case (.read, _) where !isKnown: continue
            case (.read, .list(let elements)):
                operation.read = Int32(reads.count)
                reads.append(elements.map { numbers.number($0) })
            case (.read, .null):
                operation.read = Int32(reads.count)
                reads.append([])
            default: return nil
            }
            operations.append(operation)
        }
        elements = numbers.values
        guard link() else { return nil }
        concurrency = operations.renumberEvents()
    }

    /// Drops unknown additions that nobody read, and finds who added what.
    private mutating func link() -> Bool {
        var isRead = [Bool](repeating: false, count: elements.count)
        for read in reads { for element in read { isRead[Int(element)] = true } }
        operations.removeAll { operation in
            operation.isUnknown && operation.element.map { !isRead[Int($0)] } ?? false
        }
        adders = [Int32](repeating: -1, count: elements.count)
        for (index, operation) in operations.enumerated() {
            guard let element = operation.element else { continue }
            guard adders[Int(element)] < 0 else { return false }
            adders[Int(element)] = Int32(index)
        }
        return true
    }
}
