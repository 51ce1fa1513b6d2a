/// What a checker concludes.
public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// The promise was kept, and it was put to the test.
    case valid
    /// Nothing can be said: out of budget, or nothing was exercised.
    case unknown
    /// The promise was broken; there is evidence.
    case invalid

    /// The worst of several verdicts: invalid over unknown over valid; valid if there are none.
    public static func worst(_ verdicts: some Sequence<Verdict>) -> Verdict {
        verdicts.reduce(.valid) { $0.severity >= $1.severity ? $0 : $1 }
    }

    private var severity: Int {
        switch self {
        case .valid: 0
        case .unknown: 1
        case .invalid: 2
        }
    }
}

/// The conclusion of one checker, with its reasons.
public struct CheckerResult: Hashable, Sendable, Codable {
    /// A figure that the checker measured on the way, ready to be shown.
    public struct Measure: Hashable, Sendable, Codable {
        /// What was measured, such as `keys`.
        public var name: String
        /// The figure with its unit.
        public var value: String

        /// Names a figure.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The checker's name, such as `linearizability`.
    public var checker: String
    /// What it concludes.
    public var verdict: Verdict
    /// A word that groups alike violations, such as `stale-read`; nil if there is none.
    public var kind: String?
    /// Why, in whole sentences; never empty unless valid.
    public var reasons: [String]
    /// The proof of an invalid verdict, where the checker has one to show.
    public var counterexample: Counterexample?
    /// What it measured.
    public var measures: [Measure]

    /// Makes a result; see the properties.
    public init(
        checker: String, verdict: Verdict, kind: String? = nil, reasons: [String] = [],
        counterexample: Counterexample? = nil, measures: [Measure] = []
    ) {
        self.checker = checker
        self.verdict = verdict
        self.kind = kind
        self.reasons = reasons
        self.counterexample = counterexample
        self.measures = measures
    }
}
