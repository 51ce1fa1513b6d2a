public import HistoryModel

/// The check of one key, as a value that advances by bounded steps.
///
/// Keys are independent: whoever has several cores advances several checks at a time. The outcome
/// does not depend on the size of the slices.
public struct KeyCheck: Sendable {
    /// The key; nil in a history without keys.
    public let key: Value?
    /// What is concluded; nil until the check is done.
    public private(set) var conclusion: KeyResult?

    /// Whether it is known that there is no order, and only a proof to show is sought.
    var isRefuted: Bool { procedure.isRefuted }
    /// The key of the operations; null in a history without keys.
    let group: Value
    private let isElement: Bool
    private let name: String
    private var procedure: any DecisionProcedure

    /// The check of a key's object, or of one element of it.
    init(_ subhistory: Subhistory, of group: Value, isElement: Bool, model: ObjectModel) {
        self.group = group
        self.isElement = isElement
        key = subhistory.key
        name = subhistory.name
        procedure = model.procedure(subhistory)
    }

    /// The check of a register that a stream has judged already, and found valid.
    init(_ replay: RegisterReplay, of group: Value) {
        self.group = group
        key = group == .null ? nil : group
        isElement = false
        name = ""
        procedure = NothingLeft()
        conclusion = KeyResult(
            key: key, verdict: .valid, method: .monitor, judged: replay.judged,
            concurrency: replay.concurrency, steps: 0)
    }

    /// Works on, for about `steps` steps, unless the check is done before.
    ///
    /// - Returns: Whether the check is done; then ``conclusion`` says what came of it.
    public mutating func advance(steps: Int) -> Bool {
        guard conclusion == nil else { return true }
        switch procedure.advance(steps: max(steps, 1)) {
        case nil: return false
        case .valid: conclude(.valid)
        case .passedOn(let next):
            procedure = next
            return false
        case .invalid(let proof): conclude(proof, orNoneBecause: "the budget did not suffice")
        case .undecided(let reason): conclude(.unknown, reason: "\(name) is undecided: \(reason)")
        }
        return true
    }

    /// Ends the check without a decision, as when somebody cancelled it.
    ///
    /// - Parameter reason: Completes the sentence "key 7 is undecided: …".
    public mutating func giveUp(because reason: String) {
        guard conclusion == nil else { return }
        guard !procedure.isRefuted else {
            return conclude(procedure.briefProof(), orNoneBecause: reason)
        }
        conclude(
            .unknown,
            reason: "\(name) is undecided: \(reason); the first \(procedure.returnsDone) of "
                + "\(procedure.judged) operations can be put in order")
    }

    /// Ends the check with a violation, and its proof if there is one.
    private mutating func conclude(_ proof: Counterexample?, orNoneBecause reason: String) {
        guard var counterexample = proof else {
            return conclude(
                .invalid, kind: procedure.violationKind,
                reason:
                    "\(name): the \(procedure.judged) operations can't be put in order; the few "
                    + "that prove it were not found, because \(reason)")
        }
        if isElement {
            counterexample.key = group == .null ? nil : group.description
            counterexample.element = key?.description
        }
        conclude(
            .invalid, kind: procedure.violationKind, reason: "\(name): \(counterexample.summary)",
            counterexample: counterexample)
    }

    private mutating func conclude(
        _ verdict: Verdict, kind: String? = nil, reason: String? = nil,
        counterexample: Counterexample? = nil
    ) {
        conclusion = KeyResult(
            key: key, verdict: verdict, kind: kind, reason: reason, counterexample: counterexample,
            method: procedure.method, judged: procedure.judged, concurrency: procedure.concurrency,
            steps: procedure.steps)
        procedure = NothingLeft()
    }
}

/// Stands in for an inquiry that is over, whose memory is no longer needed.
private struct NothingLeft: DecisionProcedure {
    let method = KeyResult.Method.monitor
    let judged = 0
    let concurrency = 0
    let steps = 0
    let returnsDone = 0

    mutating func advance(steps: Int) -> DecisionFinding? { nil }
}
