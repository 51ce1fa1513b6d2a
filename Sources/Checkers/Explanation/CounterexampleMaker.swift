import HistoryModel

/// Makes a counterexample that a person can follow out of a violation.
struct CounterexampleMaker {
    /// What became of the attempt.
    enum Outcome {
        /// The operations that prove the violation, confirmed by search.
        case confirmed(Counterexample)
        /// There was not enough budget to confirm a proof.
        case unconfirmed
        /// The search can put in order what the monitor could not: one of the two is wrong.
        case contradicted

        /// What that says about the key.
        var finding: DecisionFinding {
            switch self {
            case .confirmed(let counterexample): .invalid(counterexample)
            case .unconfirmed: .invalid(nil)
            case .contradicted: .contradicted
            }
        }
    }

    let history: RegisterHistory
    let originals: OperationList
    let key: Value?
    /// What the object is called.
    let noun: String
    private var reducer: CounterexampleReducer

    init(
        _ history: RegisterHistory, of originals: OperationList, key: Value?,
        noun: String = "register", budget: Budget
    ) {
        self.history = history
        self.noun = noun
        self.originals = originals
        self.key = key
        reducer = CounterexampleReducer(
            stepsLeft: min(budget.steps, 10_000_000), bytesMax: budget.bytes)
    }

    /// Reduces, confirms and tells.
    mutating func make(from violation: RegisterViolation) -> Outcome {
        let suspects: RegisterHistory
        if case .unanswerable(let observer) = violation {
            suspects = reducer.lastWindow(of: history.prefix(toReturnOf: observer))
        } else {
            suspects = evidence(for: violation)
        }
        switch reducer.outcome(of: suspects) {
        case .impossible: break
        case .linearizable: return .contradicted
        case .outOfMemory, nil: return .unconfirmed
        }
        let smallest = reducer.reduce(suspects)
        guard let (witnesses, explanation) = tell(smallest) else { return .contradicted }
        return .confirmed(
            Counterexample(
                key: key?.description, summary: explanation.summary, steps: explanation.steps,
                participants: witnesses.all, precedences: explanation.precedences))
    }

    /// The operations that a violation found by the monitor rests on.
    private func evidence(for violation: RegisterViolation) -> RegisterHistory {
        let paths = ZonePaths(history)
        var members = Set<Int>()
        var blind = Set<Int>()
        func connect(_ one: Int, _ other: Int) {
            let connection = paths.connection(one, other)
            members.formUnion(connection.members)
            if let common = connection.blind { blind.insert(common) }
        }
        switch violation {
        case .neverWritten(let observer), .unanswerable(let observer): members = [observer]
        case .takenTwice(let first, let second):
            members = [first, second]
            if let producer = paths.producer(of: history.operations[first].before) {
                members.insert(producer)
                blind.insert(producer)
            }
        case .feedingEachOther(let member): members = Set(paths.ancestry(of: member))
        case .tooLate(let earlier, let later): connect(earlier, later)
        case .crossed(let one, let other):
            for zone in [one, other] {
                guard let last = zone.last else { continue }
                if let first = zone.first {
                    connect(first, last)
                } else {
                    members.formUnion(paths.ancestry(of: last))
                }
            }
        }
        for member in members.sorted() {
            let proof = paths.proof(thatHappened: member)
            members.formUnion(proof)
            // Who observed a value can't at the same time replace anything.
            blind.subtract(proof)
        }
        return history.restricted(to: members, blind: blind)
    }

    /// Chooses the way to tell it: by values where each came once, else by states.
    private func tell(_ smallest: RegisterHistory) -> (Witnesses, Explanation)? {
        if var monitor = ZoneMonitor(smallest), let violation = monitor.violation() {
            var background = Background()
            if case .neverWritten(let observer) = violation {
                background = self.background(of: observer, in: smallest)
            }
            let witnesses = Witnesses(
                smallest, of: originals, noun: noun, background: background)
            if let explanation = ValueExplainer(witnesses).explanation(of: violation) {
                return (witnesses, explanation)
            }
        }
        let timed = smallest.withReturns(of: originals)
        guard timed.operations.count <= Self.toldInFull, let walk = StateWalk(timed) else {
            let witnesses = Witnesses(
                smallest, of: originals, noun: noun, background: Background())
            return (witnesses, bareExplanation(of: witnesses))
        }
        guard let last = walk.impossible else { return nil }
        var background = background(of: last, in: timed)
        background.later = nil
        if !timed.startsAnywhere { background.earlier = nil }
        let first = timed.operations.map { originals[Int($0.source)].call }.min() ?? 0
        if let refused = background.refused, refused.return ?? first < first {
            background.refused = nil
        }
        let witnesses = Witnesses(
            timed, of: originals, noun: noun, background: background)
        let explainer = StateExplainer(
            witnesses: witnesses, walk: walk, noun: noun, blind: blind(in: timed),
            isWhole: isWhole(timed, until: last))
        return explainer.explanation().map { (witnesses, $0) }
    }

    /// The most operations that a person follows one by one.
    private static let toldInFull = 14

    /// Whether all is shown that may have changed the register between the first call of some
    /// operations and the return of the one that is impossible.
    private func isWhole(_ shown: RegisterHistory, until last: Int) -> Bool {
        let end = originals[Int(shown.operations[last].source)].return ?? .max
        let first = shown.operations.map { originals[Int($0.source)].call }.min() ?? 0
        let start = shown.startsAnywhere ? first : -1
        let sources = Set(shown.operations.map(\.source))
        let mutations = history.operations.filter(\.mutates).map(\.source) + history.unobserved
        return !mutations.contains { source in
            let original = originals[Int(source)]
            return !sources.contains(source) && original.call < end
                && (original.outcome != .ok || original.return ?? .max > start)
        }
    }

    /// The operations of which it does not count what they replaced, though they say it.
    private func blind(in weakened: RegisterHistory) -> [Int] {
        let exacting = Set(history.operations.filter { $0.kind == .cas }.map(\.source))
        return weakened.operations.indices.filter {
            weakened.operations[$0].kind == .write
                && exacting.contains(weakened.operations[$0].source)
        }
    }

    private func background(of observer: Int, in smallest: RegisterHistory) -> Background {
        let operation = smallest.operations[observer]
        // Who need not return has taken effect before somebody found what it brought.
        let proof = ZonePaths(smallest).proof(thatHappened: observer).last
        let deadline = proof.flatMap { originals[Int(smallest.operations[$0].source)].return }
        return Background(
            of: smallest.values[Int(operation.before)],
            seenBy: originals[Int(operation.source)], before: deadline,
            besides: Set(smallest.operations.map { originals[Int($0.source)].call }), in: originals)
    }

    /// For more operations than anybody would want to follow.
    private func bareExplanation(of witnesses: Witnesses) -> Explanation {
        Explanation(
            summary: "\(witnesses.history.operations.count) operations can't be put in order.",
            steps: [
                "A search tried every order that real time allows; none explains what was observed."
            ])
    }
}
