/// What an object can have held after each event, by trying every order of what was under way.
///
/// Shares no rule with the search, leaves nothing out, and so confirms what that found.
struct ModelWalk<Model: SequentialModel> {
    /// The most ways things can stand at a time, and the most that it goes through in all; a large
    /// state counts for as many as it takes longer to make.
    private static var pointsMax: Int { 20_000 }
    private static var stepsMax: Int { 2_000_000 }

    /// One way things can stand: the state, and which of the operations under way are done.
    private struct Point: Hashable {
        var state: Model.State
        var done: UInt64
    }

    /// A known operation that could return, and what the object can have held right then.
    struct Step: Hashable {
        var operation: Int
        var states: Set<Model.State>
    }

    /// The known operations in the order of their returns, up to the first that is impossible.
    private(set) var atReturns: [Step] = []
    /// The first operation that nothing allows to return what it did; nil if there is none.
    private(set) var impossible: Int?
    /// What the object can have held while that operation was under way and not done.
    private(set) var meanwhile: Set<Model.State> = []
    /// Whether some of that allows the operation, but not what others returned meanwhile.
    private(set) var othersForbid = false

    private let model: Model
    private let history: ModelHistory
    private var points: Set<Point>
    /// Per bit: the operation under way that it stands for.
    private var slots: [Int?] = []
    private var slot: [Int: Int] = [:]
    private var steps = 0

    /// Nil if there are too many orders to try them all.
    init?(_ model: Model, _ history: ModelHistory) {
        self.model = model
        self.history = history
        points = [Point(state: model.initial, done: 0)]
        /// What was reached by each return.
        var reached: [(time: Int, points: Set<Point>)] = []
        let operations = history.operations
        for event in operations.timeline() {
            let index = Int(event.operation)
            guard event.isReturn else {
                guard begin(index) else { return nil }
                continue
            }
            guard let all = closure() else { return nil }
            // Each is looked at again, also where nothing new came about.
            steps += all.count * (1 + (all.first.map { model.bytes(of: $0.state) } ?? 0) / 64)
            let time = operations[index].return
            let known = slots.compactMap { $0 }.filter { !operations[$0].isUnknown }
            // Nobody who is under way has to know what was before.
            let first = known.map { operations[$0].call }.min() ?? 0
            reached.removeAll { $0.time < first }
            reached.append((time, all))
            let bit = UInt64(1) << UInt64(slot[index] ?? 0)
            points = all.filter { $0.done & bit != 0 }
            guard !points.isEmpty else {
                impossible = index
                let since = reached.filter { $0.time > operations[index].call }
                fail(index, since.map(\.points))
                return
            }
            points = Set(points.map { Point(state: $0.state, done: $0.done & ~bit) })
            slots[slot.removeValue(forKey: index) ?? 0] = nil
            atReturns.append(Step(operation: index, states: Set(points.map(\.state))))
        }
    }

    private mutating func begin(_ index: Int) -> Bool {
        let place = slots.firstIndex { $0 == nil } ?? slots.count
        guard place < 64 else { return false }
        if place == slots.count { slots.append(index) } else { slots[place] = index }
        slot[index] = place
        return true
    }

    /// Everything that can have come about by now; nil if that is too much.
    private mutating func closure() -> Set<Point>? {
        var reached = points
        var open = Array(points)
        while let point = open.popLast() {
            for (place, index) in slots.enumerated() {
                guard let index, point.done & (1 << UInt64(place)) == 0 else { continue }
                let action = history.actions[Int(history.operations[index].action)]
                for state in model.step(point.state, action) {
                    steps += model.bytes(of: state) / 64
                    let next = Point(state: state, done: point.done | 1 << UInt64(place))
                    if reached.insert(next).inserted { open.append(next) }
                }
                steps += 1
            }
            guard reached.count <= Self.pointsMax, steps <= Self.stepsMax else { return nil }
        }
        return reached
    }

    /// Notes what the object held while the impossible operation was under way.
    private mutating func fail(_ index: Int, _ reached: [Set<Point>]) {
        let bit = UInt64(1) << UInt64(slot[index] ?? 0)
        for points in reached {
            meanwhile.formUnion(points.filter { $0.done & bit == 0 }.map(\.state))
        }
        othersForbid = reached.contains { $0.contains { $0.done & bit != 0 } }
    }
}
