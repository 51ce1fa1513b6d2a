import HistoryModel

/// The slow, obvious way to decide about one register: try every order.
struct BruteForce {
    private struct Candidate {
        var expected: Int?
        var written: Int?
        var call: Int
        var `return`: Int
        var mayBeMissing: Bool
    }

    private var candidates: [Candidate] = []
    private var values: [Value] = [.null]
    private var seen: [Bool] = []

    /// Whether some order of the operations explains all that was observed.
    static func isLinearizable(_ operations: some Sequence<Operation>) -> Bool {
        var force = BruteForce()
        for operation in operations { force.add(operation) }
        force.seen = [Bool](
            repeating: false, count: (1 << force.candidates.count) * force.values.count)
        return force.explore(state: 0, done: 0)
    }

    private mutating func number(_ value: Value) -> Int {
        if let known = values.firstIndex(of: value) { return known }
        values.append(value)
        return values.count - 1
    }

    private mutating func add(_ operation: Operation) {
        let isUnknown = operation.outcome == .info
        var candidate = Candidate(
            expected: nil, written: nil, call: operation.call,
            return: isUnknown ? .max : operation.return ?? .max, mayBeMissing: isUnknown)
        switch (operation.function, operation.outcome) {
        case (.read, .ok): candidate.expected = number(operation.output)
        case (.write, .ok), (.write, .info): candidate.written = number(operation.input)
        case (.cas, .ok), (.cas, .info):
            guard case .list(let pair) = operation.input else { return }
            candidate.expected = number(pair[0])
            candidate.written = number(pair[1])
        case (.cas, .fail):
            guard let found = operation.found else { return }
            candidate.expected = number(found)
        default: return
        }
        candidates.append(candidate)
    }

    private mutating func explore(state: Int, done: Int) -> Bool {
        let place = done * values.count + state
        if seen[place] { return false }
        seen[place] = true
        var deadline = Int.max
        var isComplete = true
        for index in 0..<candidates.count where done & (1 << index) == 0 {
            deadline = min(deadline, candidates[index].return)
            if !candidates[index].mayBeMissing { isComplete = false }
        }
        if isComplete { return true }
        for index in 0..<candidates.count where done & (1 << index) == 0 {
            let candidate = candidates[index]
            guard candidate.call < deadline else { continue }
            if let expected = candidate.expected, expected != state { continue }
            if explore(state: candidate.written ?? state, done: done | (1 << index)) {
                return true
            }
        }
        return false
    }
}
