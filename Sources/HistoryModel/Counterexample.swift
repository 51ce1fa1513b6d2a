public import Vocabulary

/// The smallest set of operations that cannot be ordered, and why.
public struct Counterexample: Hashable, Sendable, Codable {
    /// An operation that takes part, with what a picture of it needs.
    public struct Participant: Hashable, Sendable, Codable {
        /// A short name that the steps refer to, such as `A`.
        public var label: String
        /// The logical process.
        public var process: Int
        /// What it did, as a person writes it: `write 7`, `read → nil`, `cas 7 → 9`.
        public var action: String
        /// `ok`, `fail` or `info`.
        public var outcome: String
        /// The index of its invocation in the history.
        public var call: Int
        /// The index of its completion; nil if it has none that counts.
        public var `return`: Int?
        /// When it was invoked.
        public var callTime: Instant
        /// When it completed.
        public var returnTime: Instant?
        /// The node that answered.
        public var node: NodeID?

        /// Describes an operation under a short name.
        public init(label: String, action: String, operation: Operation) {
            self.label = label
            self.action = action
            process = operation.process.rawValue
            outcome = operation.outcome.rawValue
            call = operation.call
            `return` = operation.return
            callTime = operation.callTime
            returnTime = operation.returnTime
            node = operation.node
        }
    }

    /// One operation must come before another.
    public struct Precedence: Hashable, Sendable, Codable {
        /// The label of the earlier one.
        public var before: String
        /// The label of the later one.
        public var after: String
        /// Why: by real time, or by the values.
        public var because: String

        /// States that `before` comes before `after`.
        public init(before: String, after: String, because: String) {
            self.before = before
            self.after = after
            self.because = because
        }
    }

    /// The key that the operations were done to, as a person writes it.
    public var key: String?
    /// The element of a set that they are about, where each is judged for itself.
    public var element: String?
    /// One sentence that says what went wrong.
    public var summary: String
    /// The argument, step by step; each refers to participants by label.
    public var steps: [String]
    /// The operations that take part, in the order of their calls; behind them those that only bear
    /// witness.
    public var participants: [Participant]
    /// The orderings that together make a cycle, where the argument is one.
    public var precedences: [Precedence]

    /// Makes a counterexample; see the properties.
    public init(
        key: String?, summary: String, steps: [String], participants: [Participant],
        precedences: [Precedence] = []
    ) {
        self.key = key
        self.summary = summary
        self.steps = steps
        self.participants = participants
        self.precedences = precedences
    }
}
