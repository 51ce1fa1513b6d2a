/// A statement about a protocol, and a way to see whether it holds.
public struct ConformanceScenario: Sendable {
    /// What is claimed.
    public var statement: String
    /// What is done to see it.
    public var injected: String
    private let observe: @Sendable () throws -> Observation

    /// What was seen.
    public struct Observation: Hashable, Sendable {
        /// In words and figures.
        public var text: String
        /// Whether it is what the statement says; for an attack that nobody can see, whether the checker
        /// named it.
        public var isAsExpected: Bool

        /// Makes an observation; see the properties.
        public init(_ text: String, _ isAsExpected: Bool) {
            self.text = text
            self.isAsExpected = isAsExpected
        }
    }

    init(
        _ statement: String, injecting injected: String,
        observe: @escaping @Sendable () throws -> Observation
    ) {
        self.statement = statement
        self.injected = injected
        self.observe = observe
    }

    /// Carries the scenario out; the same each time.
    ///
    /// - Throws: `SimulationError` or `HistoryError`.
    public func carryOut() throws -> Observation { try observe() }
}
