import HistoryModel

/// Decides by an inquiry that allows more than the object does, so that only violations are certain.
struct LenientInquiry: KeyInquiry {
    private var inquiry: any KeyInquiry
    /// Completes the sentence "key 7 is undecided: …".
    private let reason: String

    init(_ inquiry: any KeyInquiry, because reason: String) {
        self.inquiry = inquiry
        self.reason = reason
    }

    var method: KeyConclusion.Method { inquiry.method }
    var judged: Int { inquiry.judged }
    var concurrency: Int { inquiry.concurrency }
    var steps: Int { inquiry.steps }
    var returnsDone: Int { inquiry.returnsDone }
    var violationKind: String? { inquiry.violationKind }
    var isRefuted: Bool { inquiry.isRefuted }

    func briefProof() -> Counterexample? { inquiry.briefProof() }

    mutating func advance(steps: Int) -> KeyFinding? {
        switch inquiry.advance(steps: steps) {
        case .valid: return .undecided(reason)
        case .passedOn(let next): return .passedOn(LenientInquiry(next, because: reason))
        case let finding: return finding
        }
    }
}
