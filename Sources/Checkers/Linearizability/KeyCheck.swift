public import HistoryModel

/// The check of one key, as a value that advances by bounded steps.
///
/// Keys are independent: whoever has several cores advances several checks at a time. The outcome
/// does not depend on the size of the slices.
public struct KeyCheck: Sendable {
    /// The key; nil in a history without keys.
    public let key: Value?
    /// What is concluded; nil until the check is done.
    public private(set) var conclusion: KeyConclusion?

    private let operations: [Operation]
    private let budget: Budget
    private let method: KeyConclusion.Method?
    private var history: RegisterHistory
    private var search: RegisterSearch?

    /// Prepares the check of one key.
    ///
    /// The operations on the key stand at the places `members` in `operations`; without a method
    /// the history decides how it is judged.
    init(
        key: Value?, members: [Int32], of operations: [Operation], initial: Value, budget: Budget,
        method: KeyConclusion.Method? = nil
    ) {
        self.key = key
        self.operations = operations
        self.budget = budget
        self.method = method
        history = RegisterHistory(members: members, of: operations, initial: initial)
    }

    /// Works on, for about `steps` steps, unless the check is done before.
    ///
    /// - Returns: Whether the check is done; then ``conclusion`` says what came of it.
    public mutating func advance(steps: Int) -> Bool {
        guard conclusion == nil else { return true }
        guard search != nil else {
            start()
            return conclusion != nil
        }
        let done = search?.steps ?? 0
        let limit = done + min(max(steps, 1), budget.steps - done)
        switch search?.advance(until: limit) {
        case .linearizable: conclude(.valid, by: .search)
        case .impossible(let operation): explain(.unanswerable(observer: operation), by: .search)
        case .outOfMemory: giveUp(because: "its configurations took more than \(budget.megabytes)")
        case nil:
            if (search?.steps ?? 0) >= budget.steps {
                giveUp(because: "the search took more than \(budget.steps) steps")
            }
        }
        return conclusion != nil
    }

    /// Ends the check without a decision, as when somebody cancelled it.
    ///
    /// - Parameter reason: Completes the sentence "key 7 is undecided: …".
    public mutating func giveUp(because reason: String) {
        guard conclusion == nil else { return }
        let done = search?.returnsDone ?? 0
        conclude(
            .unknown, by: search == nil ? .monitor : .search,
            reason: "\(keyName) is undecided: \(reason); the first \(done) of "
                + "\(history.operations.count) operations can be put in order")
    }

    /// Decides at once where the monitor can; else sets up the search.
    private mutating func start() {
        if let stranger = history.unintelligible {
            let operation = operations[stranger]
            conclude(
                .unknown, by: .search,
                reason: "\(keyName): event \(operation.call) is no operation of a register "
                    + "(\(operation.function.rawValue) of \(operation.input)); only read, write "
                    + "and cas with [expected new] are judged here")
            return
        }
        if method != .search, var monitor = BlockMonitor(history) {
            if let violation = monitor.violation() {
                explain(violation, by: .monitor)
            } else {
                conclude(.valid, by: .monitor)
            }
            return
        }
        search = RegisterSearch(history, bytesMax: budget.bytes)
    }

    private mutating func explain(
        _ violation: RegisterViolation, by method: KeyConclusion.Method
    ) {
        let kind = violation.kind(among: history.operations)
        var maker = CounterexampleMaker(history, of: operations, key: key, budget: budget)
        switch maker.make(from: violation) {
        case .confirmed(let counterexample):
            conclude(
                .invalid, by: method, kind: kind, reason: "\(keyName): \(counterexample.summary)",
                counterexample: counterexample)
        case .unconfirmed:
            conclude(
                .invalid, by: method, kind: kind,
                reason: "\(keyName): the \(history.operations.count) operations can't be put in "
                    + "order; the budget did not suffice to find the few that prove it")
        case .contradicted:
            conclude(
                .unknown, by: method,
                reason: "\(keyName): a violation was found but could not be confirmed; this is a "
                    + "fault of the checker, please report it with the history")
        }
    }

    private mutating func conclude(
        _ verdict: Verdict, by method: KeyConclusion.Method, kind: String? = nil,
        reason: String? = nil, counterexample: Counterexample? = nil
    ) {
        conclusion = KeyConclusion(
            key: key, verdict: verdict, kind: kind, reason: reason, counterexample: counterexample,
            method: method, judged: history.operations.count, concurrency: history.concurrency,
            steps: search?.steps ?? 0)
        search = nil
    }

    private var keyName: String {
        key.map { "key \($0)" } ?? "the register"
    }
}
