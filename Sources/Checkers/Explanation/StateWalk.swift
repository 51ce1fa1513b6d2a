/// What an object can have held after each event, by trying every order of what was under way.
///
/// Shares no rule with the search, leaves nothing out, and so confirms what that found. Nothing is
/// told that real time does not allow: a state from which what others returned later is impossible
/// can't have been.
struct StateWalk<State: Hashable> {
    /// The most ways things can stand at a time, and the most that it goes through in all; a large
    /// state counts for as many as it takes longer to make.
    private static var pointsMax: Int { 20_000 }
    private static var stepsMax: Int { 4_000_000 }

    /// One way things can stand: the state, and which of the operations under way are done.
    private struct Point: Hashable {
        var state: State
        var done: UInt64
    }

    /// What was reached just before an operation returned, and who was under way then.
    private struct Moment {
        var operation: Int
        var points: Set<Point>
        var slots: [Int?]
    }

    /// A known operation that could return, and what the object can have held right then.
    struct Step: Hashable {
        var operation: Int
        var states: Set<State>
    }

    /// What an object does.
    struct Rules {
        /// The states that an operation, by its place, can lead to.
        var step: (State, Int) -> [State]
        /// The bytes that a state takes, about.
        var bytes: (State) -> Int
    }

    /// The known operations in the order of their returns, up to the first that is impossible.
    private(set) var atReturns: [Step] = []
    /// The first operation that nothing allows to return what it did; nil if there is none.
    private(set) var impossible: Int?
    /// What the object can have held while that operation was under way, if it was not done.
    private(set) var meanwhile: Set<State> = []
    /// Whether some of that allows the operation, but not what others returned meanwhile.
    private(set) var othersForbid = false

    private let rules: Rules
    private var points: Set<Point>
    /// Per bit: the operation under way that it stands for.
    private var slots: [Int?] = []
    private var slot: [Int: Int] = [:]
    private var steps = 0

    /// Nil if there are too many orders to try them all.
    init?(
        _ operations: [some TimedOperation], startingWith states: some Sequence<State>,
        _ rules: Rules
    ) {
        self.rules = rules
        points = Set(states.map { Point(state: $0, done: 0) })
        var moments: [Moment] = []
        for event in operations.timeline() {
            let index = Int(event.operation)
            guard event.isReturn else {
                guard begin(index) else { return nil }
                continue
            }
            guard let all = closure() else { return nil }
            // Each is looked at again, also where nothing new came about.
            steps += all.count * (1 + (all.first.map { rules.bytes($0.state) } ?? 0) / 64)
            let known = slots.compactMap { $0 }.filter { !operations[$0].isUnknown }
            // Nobody who is under way has to know what was before.
            let first = known.map { operations[$0].call }.min() ?? 0
            moments.removeAll { operations[$0.operation].return < first }
            moments.append(Moment(operation: index, points: all, slots: slots))
            let bit = bit(of: index)
            points = all.filter { $0.done & bit != 0 }
            guard !points.isEmpty else {
                moments.removeAll { operations[$0.operation].return < operations[index].call }
                guard fail(index, moments) else { return nil }
                return
            }
            points = Set(points.map { Point(state: $0.state, done: $0.done & ~bit) })
            slots[slot.removeValue(forKey: index) ?? 0] = nil
            atReturns.append(Step(operation: index, states: Set(points.map(\.state))))
        }
    }

    private func bit(of index: Int) -> UInt64 { 1 << UInt64(slot[index] ?? 0) }

    private mutating func begin(_ index: Int) -> Bool {
        let place = slots.firstIndex { $0 == nil } ?? slots.count
        guard place < 64 else { return false }
        if place == slots.count { slots.append(index) } else { slots[place] = index }
        slot[index] = place
        return true
    }

    /// Where things can stand next, if one more operation is done; a bit of `excluded` is not.
    private mutating func next(
        after point: Point, _ slots: [Int?], excluding excluded: UInt64 = 0
    ) -> [Point] {
        var next: [Point] = []
        for (place, index) in slots.enumerated() {
            let bit = UInt64(1) << UInt64(place)
            guard let index, (point.done | excluded) & bit == 0 else { continue }
            steps += 1
            for state in rules.step(point.state, index) {
                steps += rules.bytes(state) / 64
                next.append(Point(state: state, done: point.done | bit))
            }
        }
        return next
    }

    /// Everything that can have come about by now; nil if that is too much.
    private mutating func closure() -> Set<Point>? {
        var reached = points
        var open = Array(points)
        while let point = open.popLast() {
            for next in next(after: point, slots) where reached.insert(next).inserted {
                open.append(next)
            }
            guard reached.count <= Self.pointsMax, steps <= Self.stepsMax else { return nil }
        }
        return reached
    }

    /// Notes what the object held while the impossible operation was under way, from the last moment
    /// back to the first: only what leads on to what others returned later.
    ///
    /// - Returns: False if that is too much.
    private mutating func fail(_ index: Int, _ moments: [Moment]) -> Bool {
        impossible = index
        let culprit = bit(of: index)
        var alive: Set<Point> = []
        for (place, moment) in moments.enumerated().reversed() {
            let own = moment.points.filter { $0.done & culprit == 0 }
            if place == moments.count - 1 {
                alive = own
            } else {
                let returning = moment.slots.firstIndex(of: moment.operation) ?? 0
                let bit = UInt64(1) << UInt64(returning)
                let goals = own.filter {
                    $0.done & bit != 0
                        && alive.contains(Point(state: $0.state, done: $0.done & ~bit))
                }
                guard let leading = points(of: own, leadingTo: goals, moment, culprit) else {
                    return false
                }
                alive = leading
            }
            meanwhile.formUnion(alive.map(\.state))
        }
        othersForbid = meanwhile.contains { !rules.step($0, index).isEmpty }
        return true
    }

    /// The points from which, by what is under way, one of the goals can be reached; nil if there are
    /// too many.
    private mutating func points(
        of all: Set<Point>, leadingTo goals: Set<Point>, _ moment: Moment, _ culprit: UInt64
    ) -> Set<Point>? {
        var origins: [Point: [Point]] = [:]
        for point in all {
            for next in next(after: point, moment.slots, excluding: culprit) {
                origins[next, default: []].append(point)
            }
            guard steps <= 2 * Self.stepsMax else { return nil }
        }
        var leading = goals
        var open = Array(goals)
        while let point = open.popLast() {
            for origin in origins[point] ?? [] where leading.insert(origin).inserted {
                open.append(origin)
            }
        }
        return leading
    }
}
