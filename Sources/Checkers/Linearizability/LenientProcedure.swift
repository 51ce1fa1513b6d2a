import HistoryModel

/// Decides by an inquiry that allows more than the object does, so that only violations are certain.
struct LenientProcedure: DecisionProcedure {
    private var procedure: any DecisionProcedure
    /// Completes the sentence "key 7 is undecided: …".
    private let reason: String

    init(_ procedure: any DecisionProcedure, because reason: String) {
        self.procedure = procedure
        self.reason = reason
    }

    var method: KeyResult.Method { procedure.method }
    var judged: Int { procedure.judged }
    var concurrency: Int { procedure.concurrency }
    var steps: Int { procedure.steps }
    var returnsDone: Int { procedure.returnsDone }
    var violationKind: String? { procedure.violationKind }
    var isRefuted: Bool { procedure.isRefuted }

    func briefProof() -> Counterexample? { procedure.briefProof() }

    mutating func advance(steps: Int) -> DecisionFinding? {
        switch procedure.advance(steps: steps) {
        case .valid: return .undecided(reason)
        case .passedOn(let next): return .passedOn(LenientProcedure(next, because: reason))
        case let finding: return finding
        }
    }
}
