public import Vocabulary

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

        /// The figure as numbers by their units, for programs: `84 ms` is 84 by `ms`, `5 ok, 2 fail` two
        /// numbers, and what has no unit stands by the empty text; nil if it is no figure.
        public var numbers: [String: Double]? {
            var numbers: [String: Double] = [:]
            for part in value.split(separator: ",", omittingEmptySubsequences: false) {
                let words = part.split(separator: " ")
                guard (1...2).contains(words.count), let number = Double(words[0]),
                    number.isFinite, words[0].first?.isLetter == false
                else { return nil }
                let unit = words.count == 2 ? String(words[1]) : ""
                guard numbers.updateValue(number, forKey: unit) == nil else { return nil }
            }
            return numbers
        }
    }

    /// One of many things that are wrong, and what it is about.
    public struct Finding: Hashable, Sendable, Codable {
        /// What kind of thing, such as `lost update`.
        public var kind: String
        /// What happened, in a sentence.
        public var explanation: String
        /// The key, if it is about one.
        public var key: String?
        /// The version of the write that it is about.
        public var version: Int?
        /// Who made that write, as the nodes' traces name it, such as `n3`.
        public var writer: String?
        /// The node that it is about, or that gave the wrong answer.
        public var node: NodeID?
        /// When it gave the wrong answer.
        public var time: Instant?

        private enum CodingKeys: String, CodingKey {
            case kind, key, version, writer, node, time
            case explanation = "story"
        }

        /// Tells of a thing that is wrong; see the properties.
        public init(
            kind: String, explanation: String, key: String? = nil, version: Int? = nil,
            writer: String? = nil, node: NodeID? = nil, time: Instant? = nil
        ) {
            self.kind = kind
            self.explanation = explanation
            self.key = key
            self.version = version
            self.writer = writer
            self.node = node
            self.time = time
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
    /// What is wrong, one by one, where it can be shown; a few of each kind.
    public var findings: [Finding]
    /// What it measured.
    public var measures: [Measure]

    /// Makes a result; see the properties.
    public init(
        checker: String, verdict: Verdict, kind: String? = nil, reasons: [String] = [],
        counterexample: Counterexample? = nil, findings: [Finding] = [],
        measures: [Measure] = []
    ) {
        self.checker = checker
        self.verdict = verdict
        self.kind = kind
        self.reasons = reasons
        self.counterexample = counterexample
        self.findings = findings
        self.measures = measures
    }
}
