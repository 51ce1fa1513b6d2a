/// Decides whether the operations on one register can be put in order, whatever the values.
///
/// Works forward from event to event with all configurations (state of the register, pending
/// operations done, unknowns used) that are still possible. Only returns are explored, and only
/// sequences that end in the operation that returns; what else could have happened by then can as
/// well happen later. The number of configurations is kept down by rules that lose nothing:
///
/// 1. A read is done as soon as the register holds its value.
/// 2. A write that is followed at once by another blind write has no effect: all writes pending
///    when a blind write is done are *covered*. So is a write of what the register holds already.
///    At its return a covered write may be dropped, or used for its value after all.
/// 3. A blind write before its return, and any unknown, must pay: satisfy a pending read, or feed
///    the compare-and-set that comes next.
/// 4. Of operations that do the same, the first to return goes first, unknowns last.
/// 5. Of configurations that differ in the unknowns used, the more sparing one is enough.
/// 6. States that nobody will ask for any more are all the same.
///
/// Keeps few configurations at first: if some survive to the end, that is a proof. Where none does,
/// ``SearchRetreat`` says from where to go on with more of them.
///
/// Source: Lowe, "Testing for linearizability" (2017), just-in-time linearization.
struct RegisterSearch: Sendable {
    let plan: SearchPlan
    /// Where the search stands.
    private(set) var position: SearchPosition
    /// Steps done so far; one for every configuration handled.
    private(set) var steps = 0
    private let bytesMax: Int
    /// Where to go back to if none of the configurations survives that were kept.
    private var retreat = SearchRetreat<SearchPosition>()
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
    /// Per value: the step at which a write, or a compare-and-set, of it was last tried.
    private var writeTried: [Int]
    private var casTried: [Int]

    init(_ history: RegisterHistory, bytesMax: Int) {
        plan = SearchPlan(history)
        narrow = plan.classes.isEmpty ? 4 : 1
        width = narrow
        self.bytesMax = bytesMax
        position = SearchPosition(plan)
        next = ConfigurationSet(keyWords: plan.keyWords, guards: plan.counts.guards)
        visited = next
        current = [UInt64](repeating: 0, count: plan.stride)
        candidate = current
        writeTried = [Int](repeating: -1, count: plan.valueCount)
        casTried = writeTried
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
            settle()
            arrive(isSource: true)
        } else {
            return finish()
        }
        guard steps & 1023 == 0, bytes > bytesMax else { return nil }
        return .outOfMemory
    }

    private var bytes: Int { next.bytes + visited.bytes + position.frontier.bytes }

    /// Goes on behind the return of the target, or back to where configurations were left out.
    private mutating func finish() -> SearchOutcome? {
        let operation = target
        target = -1
        guard next.count == 0 else {
            swap(&next, &position.frontier)
            position.finishReturn(operation, in: plan)
            position.event += 1
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

extension RegisterSearch {
    private var state: Int { Int(current[0] >> 1) }

    /// Whether the last step pays only if a compare-and-set takes its value next.
    private var mustFeed: Bool { current[0] & 1 != 0 }

    /// Tries everything that may come next.
    private mutating func expand() {
        tryKnownCas()
        for number in plan.takers(of: state) { tryUnknown(number) }
        guard !mustFeed else { return }
        tryWrites()
        for number in plan.writeClasses { tryUnknown(number) }
    }

    private mutating func tryKnownCas() {
        for place in position.cas.indices {
            let pending = position.cas[place]
            let after = Int(pending.after)
            guard Int(pending.before) == state, !isDone(pending.slot, in: current),
                casTried[after] != steps
            else { continue }
            casTried[after] = steps
            copyCurrent()
            candidate[0] = UInt64(after) << 1
            setDone(pending.slot)
            settle()
            arrive()
        }
    }

    private mutating func tryWrites() {
        for place in position.writes.indices {
            let pending = position.writes[place]
            let after = Int(pending.after)
            guard !isDone(pending.slot, in: current), writeTried[after] != steps else { continue }
            writeTried[after] = steps
            let isTarget = pending.operation == target
            guard isTarget || after != state || coversMore,
                let fed = isTarget ? false : pays(after)
            else { continue }
            copyCurrent()
            candidate[0] = UInt64(after) << 1 | (fed ? 1 : 0)
            setDone(pending.slot)
            cover()
            settle()
            arrive()
        }
    }

    private mutating func tryUnknown(_ number: Int) {
        let unknown = plan.classes[number]
        let after = Int(unknown.after)
        let tried = unknown.kind == .write ? writeTried[after] : casTried[after]
        guard isLeft(number), tried != steps, after != state || coversMore,
            let fed = pays(after)
        else { return }
        copyCurrent()
        candidate[0] = UInt64(after) << 1 | (fed ? 1 : 0)
        let count = plan.counts.places[number]
        candidate[count.word] += count.unit
        if unknown.kind == .write { cover() }
        settle()
        arrive()
    }

    /// Whether it is worth the while to bring a value; then, whether a compare-and-set must follow.
    private func pays(_ value: Int) -> Bool? {
        let start = value * plan.windowWords
        for word in 0..<plan.windowWords
        where position.readersOf[start + word] & ~current[1 + word] != 0 {
            return false
        }
        for place in position.cas.indices
        where Int(position.cas[place].before) == value
            && !isDone(position.cas[place].slot, in: current)
        {
            return true
        }
        for number in plan.takers(of: value) where isLeft(number) { return true }
        return nil
    }

    /// Whether a blind write would cover a pending one that is not covered yet: then even a write
    /// of the same value makes a difference.
    private var coversMore: Bool {
        for word in 0..<plan.windowWords {
            let handled = current[1 + word] | current[1 + plan.windowWords + word]
            if position.writeBits[word] & ~handled != 0 { return true }
        }
        return false
    }

    private func isLeft(_ number: Int) -> Bool {
        let count = plan.counts.places[number]
        return current[count.word] & count.mask < position.called[number]
    }

    private func isDone(_ slot: Int32, in configuration: [UInt64]) -> Bool {
        configuration[1 + Int(slot >> 6)] & (1 << UInt64(slot & 63)) != 0
    }

    private mutating func setDone(_ slot: Int32) {
        let bit: UInt64 = 1 << UInt64(slot & 63)
        candidate[1 + Int(slot >> 6)] |= bit
        candidate[1 + plan.windowWords + Int(slot >> 6)] &= ~bit
    }

    /// A blind write was done: all others that are pending can have come right before it.
    private mutating func cover() {
        for word in 0..<plan.windowWords {
            candidate[1 + plan.windowWords + word] |=
                position.writeBits[word] & ~candidate[1 + word]
        }
    }

    /// Does what costs nothing in the new state: reads of it, and writes of the same value.
    private mutating func settle() {
        let start = Int(candidate[0] >> 1) * plan.windowWords
        for word in 0..<plan.windowWords {
            candidate[1 + word] |= position.readersOf[start + word]
            candidate[1 + plan.windowWords + word] |=
                position.writersOf[start + word] & ~candidate[1 + word]
        }
    }

    /// Keeps the candidate: as a result if the target is done in it, else to go on from.
    private mutating func arrive(isSource: Bool = false) {
        let slot = plan.slots[Int(target)]
        if isDone(slot, in: candidate) {
            emit(slot)
            return
        }
        if let place = visited.insert(candidate) { stack.append(place) }
        // Dropped at its return; where the state is the same, using it is better.
        let isCovered =
            candidate[1 + plan.windowWords + Int(slot >> 6)] & (1 << UInt64(slot & 63)) != 0
        if isSource, isCovered, Int(plan.operations[Int(target)].after) != Int(candidate[0] >> 1) {
            emit(slot)
        }
    }

    /// Adds the candidate to the configurations after the return.
    private mutating func emit(_ slot: Int32) {
        let bit: UInt64 = 1 << UInt64(slot & 63)
        candidate[1 + Int(slot >> 6)] &= ~bit
        candidate[1 + plan.windowWords + Int(slot >> 6)] &= ~bit
        let state = Int(candidate[0] >> 1)
        if state < plan.valueCount, plan.takers(of: state).isEmpty {
            let operation = plan.operations[Int(target)]
            let own: Int32 = operation.observes && Int(operation.before) == state ? 1 : 0
            if position.observersLeft[state] == own {
                candidate[0] = UInt64(plan.valueCount) << 1
            }
        }
        _ = next.insert(candidate)
    }
}
