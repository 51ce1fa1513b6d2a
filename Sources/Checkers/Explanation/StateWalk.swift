/// What a register can have held after each event, by trying every order of a few operations.
///
/// Shares no rule with the search, and so confirms what that found.
struct StateWalk {
    /// The most operations it takes on.
    static let operationsMax = 14

    /// One way things can stand: the state, and the operations done as bits.
    private struct Point: Hashable {
        var state: Int32
        var done: UInt32
    }

    /// The state that stands for any value that is not mentioned.
    static let somethingElse: Int32 = -1

    /// What the register can have held at the start.
    let atStart: [Int32]
    /// Per known operation that could return, in the order of the returns: what the register can
    /// have held right then.
    private(set) var atReturns: [(operation: Int, states: [Int32])] = []
    /// The first operation that nothing allows to return what it did; nil if there is none.
    private(set) var impossible: Int?
    /// What the register can have held while that operation was under way.
    private(set) var meanwhile: [Int32] = []

    init?(_ history: RegisterHistory) {
        let operations = history.operations
        guard operations.count <= Self.operationsMax else { return nil }
        let values = Set(operations.flatMap { [$0.before, $0.after] }).sorted()
        atStart =
            history.startsAnywhere ? values + [Self.somethingElse] : [RegisterHistory.initialValue]
        var points = Set(atStart.map { Point(state: $0, done: 0) })
        var timeline: [(time: Int, operation: Int)] = []
        for (index, operation) in operations.enumerated() where !operation.isUnknown {
            timeline.append((operation.return, index))
        }
        timeline.sort { $0.time < $1.time }
        for (time, index) in timeline {
            let reached = Self.closure(points, operations, before: time)
            points = reached.filter { $0.done & (1 << UInt32(index)) != 0 }
            guard !points.isEmpty else {
                impossible = index
                meanwhile = Self.states(reached)
                return
            }
            atReturns.append((index, Self.states(points)))
        }
    }

    private static func states(_ points: Set<Point>) -> [Int32] {
        Set(points.map(\.state)).sorted()
    }

    /// Everything that can have come about by a moment.
    private static func closure(
        _ points: Set<Point>, _ operations: [RegisterOperation], before time: Int
    ) -> Set<Point> {
        var reached = points
        var open = Array(points)
        while let point = open.popLast() {
            for (index, operation) in operations.enumerated()
            where operation.call < time && point.done & (1 << UInt32(index)) == 0 {
                guard !operation.observes || operation.before == point.state else { continue }
                let next = Point(
                    state: operation.after, done: point.done | (1 << UInt32(index)))
                if reached.insert(next).inserted { open.append(next) }
            }
        }
        return reached
    }
}
