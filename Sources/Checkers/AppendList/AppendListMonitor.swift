/// Decides in linear time whether a collection that only grows and is read as a whole is
/// linearizable.
///
/// The reads must form a chain in which each holds all of the one before. They divide the
/// operations into levels: what a read found new, the read, what the next found new, and so on,
/// last what nobody read. No operation may have returned before one of a lower level was called.
struct AppendListMonitor {
    /// Why the operations can't be put in order; the numbers say where they stand.
    enum Violation {
        /// An element was read that nobody added.
        case neverAdded(read: Int, element: Int32)
        /// A read holds an element twice.
        case doubled(read: Int, element: Int32)
        /// Two reads each hold an element, or have it at a place, where the other has not.
        case incomparable(Int, Int, Int32, Int32)
        /// By what was read, `earlier` comes before `later`, which returned before it was called.
        case tooLate(earlier: Int, later: Int)

        /// A word that groups violations alike.
        var kind: String {
            switch self {
            case .neverAdded: "phantom-value"
            case .doubled: "duplicate"
            case .incomparable: "divergence"
            case .tooLate: "stale-read"
            }
        }
    }

    private let history: AppendListHistory
    /// The reads, by how much they found.
    private let readers: [Int]

    init(_ history: AppendListHistory) {
        self.history = history
        readers = history.operations.indices.filter { history.operations[$0].element == nil }
            .sorted {
                let left = history.reads[Int(history.operations[$0].read)].count
                let right = history.reads[Int(history.operations[$1].read)].count
                return left == right ? $0 < $1 : left < right
            }
    }

    /// Finds the reason why the operations can't be put in order, if there is one.
    ///
    /// - Complexity: O(n log n), n being the size of all reads together.
    func violation() -> Violation? {
        if let violation = contradiction() { return violation }
        for (smaller, larger) in zip(readers, readers.dropFirst()) {
            if let (left, right) = difference(contents(smaller), contents(larger)) {
                return .incomparable(smaller, larger, left, right)
            }
        }
        return latecomer()
    }

    func contents(_ reader: Int) -> [Int32] {
        history.reads[Int(history.operations[reader].read)]
    }

    /// What is wrong with a read on its own.
    private func contradiction() -> Violation? {
        var seenBy = [Int32](repeating: -1, count: history.elements.count)
        for reader in readers {
            for element in contents(reader) {
                if history.adders[Int(element)] < 0 {
                    return .neverAdded(read: reader, element: element)
                }
                if seenBy[Int(element)] == Int32(reader) {
                    return .doubled(read: reader, element: element)
                }
                seenBy[Int(element)] = Int32(reader)
            }
        }
        return nil
    }

    /// Two elements that show that neither read can come before the other; nil if one can.
    private func difference(_ smaller: [Int32], _ larger: [Int32]) -> (Int32, Int32)? {
        if history.kind.isOrdered {
            return zip(smaller, larger).first { $0 != $1 }
        }
        guard smaller != larger else { return nil }
        let some = Set(smaller)
        let more = Set(larger)
        guard let left = smaller.first(where: { !more.contains($0) }),
            let right = larger.first(where: { !some.contains($0) })
        else { return nil }
        return (left, right)
    }

    /// The level of each operation.
    func levels() -> [Int] {
        var levels = [Int](repeating: Int.max, count: history.operations.count)
        for reader in readers.reversed() {
            let contents = contents(reader)
            levels[reader] = 2 * contents.count + 1
            for (place, element) in contents.enumerated() {
                let size = history.kind.isOrdered ? place + 1 : contents.count
                levels[Int(history.adders[Int(element)])] = 2 * size
            }
        }
        return levels
    }

    /// An operation that returned before one of a lower level was called.
    private func latecomer() -> Violation? {
        let levels = levels()
        let order = levels.indices.sorted {
            levels[$0] == levels[$1] ? $0 < $1 : levels[$0] < levels[$1]
        }
        var last = -1
        var lastOfLevel = -1
        var level = -1
        for index in order {
            if levels[index] != level {
                level = levels[index]
                last = lastOfLevel
            }
            let operation = history.operations[index]
            if last >= 0, operation.return < history.operations[last].call {
                return .tooLate(earlier: last, later: index)
            }
            let latest = lastOfLevel < 0 ? -1 : history.operations[lastOfLevel].call
            if operation.call > latest { lastOfLevel = index }
        }
        return nil
    }
}
