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

    /// Whether it is known that there is no order, and only a proof to show is sought.
    var isRefuted: Bool { inquiry.isRefuted }
    /// The key of the operations; null in a history without keys.
    let group: Value
    private let isElement: Bool
    private let name: String
    private var inquiry: any KeyInquiry

    /// The check of a key's object, or of one element of it.
    init(_ keyCase: KeyCase, of group: Value, isElement: Bool, model: ObjectModel) {
        self.group = group
        self.isElement = isElement
        key = keyCase.key
        name = keyCase.name
        inquiry = model.inquire(keyCase)
    }

    /// The check of a register that a stream has judged already, and found valid.
    init(_ replay: RegisterReplay, of group: Value) {
        self.group = group
        key = group == .null ? nil : group
        isElement = false
        name = ""
        inquiry = NothingLeft()
        conclusion = KeyConclusion(
            key: key, verdict: .valid, method: .monitor, judged: replay.judged,
            concurrency: replay.concurrency, steps: 0)
    }

    /// Works on, for about `steps` steps, unless the check is done before.
    ///
    /// - Returns: Whether the check is done; then ``conclusion`` says what came of it.
    public mutating func advance(steps: Int) -> Bool {
        guard conclusion == nil else { return true }
        switch inquiry.advance(steps: max(steps, 1)) {
        case nil: return false
        case .valid: conclude(.valid)
        case .passedOn(let next):
            inquiry = next
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
        guard !inquiry.isRefuted else {
            return conclude(inquiry.briefProof(), orNoneBecause: reason)
        }
        conclude(
            .unknown,
            reason: "\(name) is undecided: \(reason); the first \(inquiry.returnsDone) of "
                + "\(inquiry.judged) operations can be put in order")
    }

    /// Ends the check with a violation, and its proof if there is one.
    private mutating func conclude(_ proof: Counterexample?, orNoneBecause reason: String) {
        guard var counterexample = proof else {
            return conclude(
                .invalid, kind: inquiry.violationKind,
                reason: "\(name): the \(inquiry.judged) operations can't be put in order; the few "
                    + "that prove it were not found, because \(reason)")
        }
        if isElement {
            counterexample.key = group == .null ? nil : group.description
            counterexample.element = key?.description
        }
        conclude(
            .invalid, kind: inquiry.violationKind, reason: "\(name): \(counterexample.summary)",
            counterexample: counterexample)
    }

    private mutating func conclude(
        _ verdict: Verdict, kind: String? = nil, reason: String? = nil,
        counterexample: Counterexample? = nil
    ) {
        conclusion = KeyConclusion(
            key: key, verdict: verdict, kind: kind, reason: reason, counterexample: counterexample,
            method: inquiry.method, judged: inquiry.judged, concurrency: inquiry.concurrency,
            steps: inquiry.steps)
        inquiry = NothingLeft()
    }
}

/// Stands in for an inquiry that is over, whose memory is no longer needed.
private struct NothingLeft: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let judged = 0
    let concurrency = 0
    let steps = 0
    let returnsDone = 0

    mutating func advance(steps: Int) -> KeyFinding? { nil }
}
