import HistoryModel

/// The slow, obvious way to decide about any object: try every order.
struct ObjectBruteForce {
    private struct Point: Hashable {
        var state: Value
        var done: Int
    }

    private let object: TestObject
    private let operations: [Operation]
    private var seen: Set<Point> = []

    /// Whether some order of the operations explains all that was returned.
    static func isLinearizable(_ operations: some Sequence<Operation>, _ object: TestObject) -> Bool
    {
        var force = ObjectBruteForce(
            object: object, operations: operations.filter { $0.outcome != .fail })
        return force.explore(Point(state: object.initial, done: 0))
    }

    private init(object: TestObject, operations: [Operation]) {
        self.object = object
        self.operations = operations
    }

    private mutating func explore(_ point: Point) -> Bool {
        guard seen.insert(point).inserted else { return false }
        let left = operations.indices.filter { point.done & (1 << $0) == 0 }
        let ends = left.filter { operations[$0].outcome == .ok }
            .compactMap { operations[$0].return }
        guard let deadline = ends.min() else { return true }
        for index in left where operations[index].call < deadline {
            for state in object.step(point.state, operations[index])
            where explore(Point(state: state, done: point.done | 1 << index)) {
                return true
            }
        }
        return false
    }
}
