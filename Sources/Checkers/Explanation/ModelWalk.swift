/// What an object can have held after each event, by trying every order of a few operations.
///
/// Shares no rule with the search, and so confirms what that found.
struct ModelWalk<Model: SequentialModel> {
    /// The most ways things can stand that it goes through.
    private static var pointsMax: Int { 20_000 }

    private struct Point: Hashable {
        var state: Model.State
        var done: UInt32
    }

    /// Per known operation that could return, in the order of the returns: what the object can
    /// have held right then.
    private(set) var atReturns: [(operation: Int, states: Set<Model.State>)] = []
    /// The first operation that nothing allows to return what it did; nil if there is none.
    private(set) var impossible: Int?
    /// What the object can have held while that operation was under way.
    private(set) var meanwhile: Set<Model.State> = []

    /// Nil if there are too many orders to try them all.
    init?(_ model: Model, _ history: ModelHistory) {
        let operations = history.operations
        guard operations.count <= StateWalk.operationsMax else { return nil }
        var points: Set = [Point(state: model.initial, done: 0)]
        let known = operations.indices.filter { !operations[$0].isUnknown }
        for index in known.sorted(by: { operations[$0].return < operations[$1].return }) {
            var reached = points
            var open = Array(points)
            while let point = open.popLast() {
                for (other, operation) in operations.enumerated()
                where operation.call < operations[index].return
                    && point.done & (1 << UInt32(other)) == 0
                {
                    let action = history.actions[Int(operation.action)]
                    for state in model.step(point.state, action) {
                        let next = Point(state: state, done: point.done | 1 << UInt32(other))
                        if reached.insert(next).inserted { open.append(next) }
                        guard reached.count <= Self.pointsMax else { return nil }
                    }
                }
            }
            points = reached.filter { $0.done & (1 << UInt32(index)) != 0 }
            guard !points.isEmpty else {
                impossible = index
                meanwhile = Set(reached.map(\.state))
                return
            }
            atReturns.append((index, Set(points.map(\.state))))
        }
    }
}
