/// Decides whether the operations on one object can be put in order, whatever the object.
///
/// Works like ``RegisterSearch``, with the rules that hold for every object:
///
/// 1. What only reads is done as soon as it fits.
/// 2. Of operations that do the same, the first to return goes first, unknowns last.
/// 3. Of configurations that differ in the unknowns used, the more sparing one is enough.
///
/// Keeps few configurations at first; ``SearchRetreat`` says from where to go on with more of them if
/// none survives.
///
/// Source: Lowe, "Testing for linearizability" (2017), just-in-time linearization.
struct ModelSearch: Sendable {
    let plan: ModelPlan
    /// Where the search stands.
    private(set) var position: ModelPosition
    /// Steps done so far; one for every configuration handled.
    private(set) var steps = 0
    private let bytesMax: Int
    private var transitions: TransitionTable
    /// How many bytes the states may take before those are forgotten that can't come back.
    private var forgetAt: Int
    private let forgetAtMin: Int
    /// Where to go back to if none of the configurations survives that were kept.
    private var retreat = SearchRetreat<ModelPosition>()
    /// The most configurations to keep, and how many that is where all goes well: fewest where there
    /// are unknowns, which can nearly always be used in many ways that come to the same.
    private var width: Int
    private let narrow: Int
    /// The operation whose return is being explored.
    private var target: Int32 = -1
    /// The next configuration of the frontier to explore.
    private var source = 0
    /// The configurations after the return.
    private var next: ConfigurationSet
    /// The configurations on the way there, and those of them still to be handled.
    private var visited: ConfigurationSet
    private var stack: [Int] = []
    /// The configuration being handled, and the one being made from it.
    private var current: [UInt64]
    private var candidate: [UInt64]
    /// Per action: the step at which it was last tried.
    private var tried: [Int]

    /// Begins with what was done to an object.
    init(_ history: ModelHistory, of model: some SequentialModel, bytesMax: Int) {
        plan = ModelPlan(history)
        narrow = plan.classes.isEmpty ? 4 : 1
        width = narrow
        self.bytesMax = bytesMax
        forgetAtMin = min(64 << 20, bytesMax / 4)
        forgetAt = forgetAtMin
        transitions = TransitionTable(ModelStates(model, history.actions))
        position = ModelPosition(plan)
        next = plan.emptySet()
        visited = next
        current = [UInt64](repeating: 0, count: plan.stride)
        candidate = current
        tried = [Int](repeating: -1, count: plan.actionCount)
    }

    /// Searches until the outcome is known or `limit` steps have been done in all.
    mutating func advance(until limit: Int) -> SearchOutcome? {
        while steps < limit {
            if target >= 0 {
                if let outcome = explore() { return outcome }
            } else if position.event < plan.events.count {
                let event = plan.events[position.event]
                if event.isReturn {
                    begin(event.operation)
                } else {
                    position.call(event.operation, in: plan)
                    position.event += 1
                }
            } else {
                return .linearizable
            }
        }
        return nil
    }

    /// How many operations have returned so far, all of them accounted for.
    var returnsDone: Int {
        plan.events.prefix(max(position.event, retreat.furthest)).count(where: \.isReturn)
    }

    private mutating func begin(_ operation: Int32) {
        target = operation
        source = 0
        next.removeAll()
        visited.removeAll()
        stack.removeAll(keepingCapacity: true)
    }

    /// Handles one configuration on the way to the return of the target.
    private mutating func explore() -> SearchOutcome? {
        steps += 1
        if next.count >= width {
            retreat.leaveOut(at: position)
            return finish()
        }
        if let place = stack.popLast() {
            load(visited.words, place)
            expand()
        } else if source < position.frontier.count {
            load(position.frontier.words, source)
            source += 1
            copyCurrent()
            arrive()
        } else {
            return finish()
        }
        guard steps & 1023 == 0, bytes > bytesMax else { return nil }
        return .outOfMemory
    }

    private var bytes: Int {
        next.bytes + visited.bytes + position.frontier.bytes + transitions.bytes
    }

    /// Goes on behind the return of the target, or back to where configurations were left out.
    private mutating func finish() -> SearchOutcome? {
        let operation = target
        target = -1
        guard next.count == 0 else {
            swap(&next, &position.frontier)
            position.finishReturn(operation, in: plan)
            position.event += 1
            if transitions.bytes > forgetAt { forget() }
            if retreat.isDue(at: position.event) { retreat.keep(position) }
            if retreat.pass(position.event) { width = narrow }
            return nil
        }
        guard let (start, factor) = retreat.goBack(from: position.event) else {
            return .impossible(operation: Int(operation))
        }
        position = start
        width = narrow * factor
        return nil
    }

    /// Forgets the states that no configuration is in, now or where the search may go back to.
    private mutating func forget() {
        var kept: Set<Int32> = []
        for position in [position] + retreat.positions {
            let words = position.frontier.words
            for place in 0..<position.frontier.count {
                kept.insert(Int32(truncatingIfNeeded: words[place * plan.stride]))
            }
        }
        transitions.forget(allBut: kept)
        // Soon enough before there is no room left.
        let left = transitions.bytes
        forgetAt = max(forgetAtMin, min(2 * left, left / 2 + bytesMax / 2))
    }

    private mutating func load(_ words: [UInt64], _ place: Int) {
        let start = place * plan.stride
        for word in 0..<plan.stride { current[word] = words[start + word] }
    }

    /// Begins a new configuration, word by word: to share the memory first would allocate anew.
    private mutating func copyCurrent() {
        for word in 0..<plan.stride { candidate[word] = current[word] }
    }
}

// MARK: - One step from a configuration

extension ModelSearch {
    /// Tries everything that may come next; what was pushed last, the known, is handled first.
    private mutating func expand() {
        for pending in position.mutations where !isDone(pending.slot, in: current) {
            tried[Int(pending.action)] = steps
        }
        for number in plan.classes.indices where tried[Int(plan.classes[number])] != steps {
            let count = plan.counts.places[number]
            guard current[count.word] & count.mask < position.called[number] else { continue }
            follow(plan.classes[number]) { $0[count.word] += count.unit }
        }
        for pending in position.mutations.reversed() where !isDone(pending.slot, in: current) {
            let isFirst = !position.mutations.contains {
                $0.action == pending.action && $0.return < pending.return
                    && !isDone($0.slot, in: current)
            }
            guard isFirst else { continue }
            follow(pending.action) { Self.setDone(pending.slot, in: &$0) }
        }
    }

    /// Lets an action happen, noting so in each configuration that it leads to.
    private mutating func follow(_ action: Int32, note: (inout [UInt64]) -> Void) {
        let state = Int32(truncatingIfNeeded: current[0])
        func reach(_ next: Int32) {
            copyCurrent()
            candidate[0] = UInt64(UInt32(next))
            note(&candidate)
            arrive()
        }
        switch transitions.destination(of: state, by: action) {
        case .nowhere: break
        case .one(let next): reach(next)
        case .several(let all): for next in all { reach(next) }
        }
    }

    /// Keeps the candidate: as a result if the target is done in it, else to go on from.
    private mutating func arrive() {
        let state = Int32(truncatingIfNeeded: candidate[0])
        for pending in position.reads
        where !isDone(pending.slot, in: candidate)
            && transitions.isAnswered(pending.action, in: state)
        {
            Self.setDone(pending.slot, in: &candidate)
        }
        let slot = plan.slots[Int(target)]
        guard isDone(slot, in: candidate) else {
            if let place = visited.insert(candidate) { stack.append(place) }
            return
        }
        candidate[1 + Int(slot >> 6)] &= ~(1 << UInt64(slot & 63))
        _ = next.insert(candidate)
    }

    private func isDone(_ slot: Int32, in configuration: [UInt64]) -> Bool {
        configuration[1 + Int(slot >> 6)] & (1 << UInt64(slot & 63)) != 0
    }

    private static func setDone(_ slot: Int32, in configuration: inout [UInt64]) {
        configuration[1 + Int(slot >> 6)] |= 1 << UInt64(slot & 63)
    }
}
