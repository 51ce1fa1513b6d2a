import HistoryModel

/// All that the check of one key starts from.
struct Subhistory: Sendable {
    /// The key; nil in a history without keys.
    var key: Value?
    /// What the key, or a part of it, is called in sentences.
    var name: String
    /// Where the operations on the key stand in `operations`, in the order of their calls.
    var members: [Int32]
    /// Operations on any keys.
    var operations: OperationList
    /// What the object holds at first; nil for what is usual for the model.
    var initial: Value?
    var budget: Budget
    /// How it is to be judged; without a method the history decides.
    var method: KeyResult.Method?

    /// The operations on the key.
    var own: [Operation] { members.map { operations[Int($0)] } }
}

/// What the check of one key has found.
enum DecisionFinding {
    case valid
    /// There is no order, with the proof, if it can be shown.
    case invalid(Counterexample?)
    /// Nothing can be said. Completes the sentence "key 7 is undecided: …".
    case undecided(String)
    /// Another method must go on.
    case passedOn(any DecisionProcedure)
}

/// That operations on one object have no order.
struct Refutation {
    /// Where the operation stands at whose return there was none any more.
    var culprit: Int32
    /// The figures of what found that, as in ``DecisionProcedure``.
    var judged: Int
    var concurrency: Int
    var steps: Int
}

/// A way to decide about one key, as a value that advances by bounded steps.
protocol DecisionProcedure: Sendable {
    var method: KeyResult.Method { get }
    /// The operations that bear on the verdict.
    var judged: Int { get }
    /// The most operations that were under way at a time, unknown outcomes apart.
    var concurrency: Int { get }
    /// The steps done so far.
    var steps: Int { get }
    /// The operations that are known to have an order.
    var returnsDone: Int { get }

    /// Works on for about `steps` steps; nil if there is more to do.
    mutating func advance(steps: Int) -> DecisionFinding?
    /// A word for the violation that was found, where there is one.
    var violationKind: String? { get }
    /// Whether it is known that there is no order, and only a proof to show is sought.
    var isRefuted: Bool { get }
    /// What can be shown without further work once it is known that there is no order.
    func briefProof() -> Counterexample?
}

extension DecisionProcedure {
    var violationKind: String? { nil }
    var isRefuted: Bool { false }
    func briefProof() -> Counterexample? { nil }
}
