/// The chains of compare-and-sets of a history in which every value is written once.
struct ZonePaths {
    private let operations: [RegisterOperation]
    private var producers: [Int?]
    private var takers: [Int?]
    private var observers: [[Int]]

    init(_ history: RegisterHistory) {
        operations = history.operations
        producers = [Int?](repeating: nil, count: history.values.count)
        takers = producers
        observers = [[Int]](repeating: [], count: history.values.count)
        for (index, operation) in operations.enumerated() {
            if operation.mutates { producers[Int(operation.after)] = index }
            if operation.kind == .cas { takers[Int(operation.before)] = index }
            if operation.observes { observers[Int(operation.before)].append(index) }
        }
    }

    /// Who brought a value; nil for the initial one.
    func producer(of value: Int32) -> Int? { producers[Int(value)] }

    /// An operation and those that brought about what it found, back to a write or to the initial
    /// value; or once round, if they go in a circle.
    func ancestry(of index: Int) -> [Int] {
        var path = [index]
        var seen: Set = [index]
        while let last = path.last, operations[last].observes,
            let producer = producers[Int(operations[last].before)], seen.insert(producer).inserted
        {
            path.append(producer)
        }
        return path
    }

    /// The operations that tie two of one block together: the latest mutation that both depend on,
    /// which may have replaced anything, and all from there on.
    func connection(_ one: Int, _ other: Int) -> (members: [Int], blind: Int?) {
        let first = ancestry(of: one)
        let second = ancestry(of: other)
        let members = Set(first)
        let shared = second.first { members.contains($0) && operations[$0].mutates }
        guard let shared else { return (first + second, nil) }
        let path = first.prefix { $0 != shared } + second.prefix { $0 != shared }
        return (path + [shared], shared)
    }

    /// Why a mutation of unknown outcome must have happened.
    ///
    /// - Returns: Those who observed its value, up to one of known outcome; empty for an operation
    ///   whose own outcome is known.
    func proof(thatHappened index: Int) -> [Int] {
        guard operations[index].isUnknown else { return [] }
        var parents: [Int: Int] = [:]
        var open = [index]
        while let last = open.popLast() {
            for observer in observers[Int(operations[last].after)]
            where observer != index && parents[observer] == nil {
                parents[observer] = last
                guard !operations[observer].isUnknown else {
                    open.append(observer)
                    continue
                }
                var path = [observer]
                while let end = path.last, let parent = parents[end], parent != index {
                    path.append(parent)
                }
                return path.reversed()
            }
        }
        return []
    }

    /// The steps that lead from an operation up to a later one of its block.
    func path(from earlier: Int, to later: Int) -> [Int] {
        var path = [earlier]
        var last = earlier
        while last != later {
            let value = operations[last].after
            if operations[later].observes, operations[later].before == value {
                path.append(later)
                return path
            }
            guard let taker = takers[Int(value)] else { return path }
            path.append(taker)
            last = taker
        }
        return path
    }
}
