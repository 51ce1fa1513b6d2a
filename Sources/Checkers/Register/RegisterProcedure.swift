import HistoryModel

/// Decides about a register: by the monitor where every value was written once, else by search.
struct RegisterProcedure: DecisionProcedure {
    private let subhistory: Subhistory
    private let reading: RegisterReading
    /// How far the stream came, which decides about most registers.
    private var replay: RegisterReplay?
    /// The operations, put together only if the stream can't decide or what is wrong is to be told.
    private var history: RegisterHistory?
    private var search: RegisterSearch?
    private(set) var violationKind: String?

    init(_ subhistory: Subhistory, reading: RegisterReading) {
        self.subhistory = subhistory
        self.reading = reading
    }

    var method: KeyResult.Method { search == nil ? .monitor : .search }
    var judged: Int { history?.operations.count ?? replay?.judged ?? 0 }
    var concurrency: Int { history?.concurrency ?? replay?.concurrency ?? 0 }
    var steps: Int { search?.steps ?? 0 }
    var returnsDone: Int { search?.returnsDone ?? 0 }

    mutating func advance(steps: Int) -> DecisionFinding? {
        guard search != nil else { return start() }
        let done = self.steps
        switch search?.advance(until: done + min(steps, subhistory.budget.steps - done)) {
        case .linearizable: return .valid
        case .impossible(let operation): return explain(.unanswerable(observer: operation))
        case .outOfMemory: return undecided(subhistory.budget.outOfMemory)
        case nil:
            return self.steps >= subhistory.budget.steps
                ? undecided(subhistory.budget.outOfSteps) : nil
        }
    }

    private func undecided(_ reason: String) -> DecisionFinding {
        .undecided(
            "\(reason); the first \(returnsDone) of \(judged) operations can be put in order")
    }

    /// Decides at once where the stream or a monitor can; else sets up the search.
    private mutating func start() -> DecisionFinding? {
        if subhistory.method != .search, reading.object.isStreamed {
            let replay = RegisterReplay(
                members: subhistory.members, of: subhistory.operations,
                initial: subhistory.initial ?? reading.initial, reading: reading)
            self.replay = replay
            if replay.end == nil { return .valid }
        }
        let history = RegisterHistory(
            members: subhistory.members, of: subhistory.operations,
            initial: subhistory.initial ?? reading.initial, reading: reading)
        self.history = history
        if let unknownSender = history.unintelligible {
            let operation = subhistory.operations[unknownSender]
            return .undecided(
                operation.isUnknownSender(to: reading.noun, thatKnows: reading.vocabulary))
        }
        if subhistory.method != .search, var monitor = ZoneMonitor(history) {
            if let violation = monitor.violation() { return explain(violation) }
            return replay?.end == .violation ? .contradicted : .valid
        }
        if subhistory.method != .search, let monitor = TwoStateMonitor(history) {
            switch monitor.outcome() {
            case .linearizable: return .valid
            case .impossible(let operation): return explain(.unanswerable(observer: operation))
            case .undecided: break
            }
        }
        if subhistory.method != .search, !reading.isLock, let observer = history.phantomObserver() {
            return explain(.neverWritten(observer: observer))
        }
        if subhistory.method != .search, let observer = history.staleObserver() {
            return explain(.unanswerable(observer: observer))
        }
        search = RegisterSearch(history, bytesMax: subhistory.budget.bytes)
        return nil
    }

    private mutating func explain(_ violation: RegisterViolation) -> DecisionFinding {
        guard let history else { return .contradicted }
        violationKind = violation.kind(among: history.operations)
        if reading.isLock, let finding = LockCount(history)?.finding() {
            return .invalid(finding.counterexample(of: subhistory))
        }
        var maker = CounterexampleMaker(
            history, of: subhistory.operations, key: subhistory.key, noun: reading.noun,
            budget: subhistory.budget)
        return maker.make(from: violation).finding
    }
}

extension Operation {
    /// Says that nobody knows what the operation means to an object, of which the vocabulary names the
    /// functions.
    func isUnknownSender(to noun: String, thatKnows vocabulary: String) -> String {
        let words = vocabulary.split { $0 == " " || $0 == "," }
        let why =
            words.contains(function.rawValue[...])
            ? "; \(isNotJudged)"
            : " (\(function.rawValue) of \(input)); only \(vocabulary) are judged here"
        return "event \(call) \(ObjectModel.isNoOperation) \(noun)\(why)"
    }

    /// Says with which values nobody knows what the operation means, where its function is known.
    var isNotJudged: String {
        let asked = "asks for \(input.abridged)"
        let answered = "is answered \(output.abridged)"
        let what =
            outcome != .ok || output == input && input != .null
            ? asked
            : input == .null && output != .null ? answered : "\(asked) and \(answered)"
        return "no \(function.rawValue) is judged that \(what)"
    }
}
