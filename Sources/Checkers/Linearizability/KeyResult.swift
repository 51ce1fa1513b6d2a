public import HistoryModel

/// What the check of one key has come to.
public struct KeyResult: Hashable, Sendable {
    /// How the key was decided.
    public enum Method: String, Hashable, Sendable {
        /// Every value was written once: decided in linear time.
        case monitor
        /// Values came back: decided by search.
        case search
    }

    /// The key; nil in a history without keys.
    public var key: Value?
    /// What is concluded.
    public var verdict: Verdict
    /// What kind of violation was found; nil if none was.
    public var kind: String?
    /// Why, in a whole sentence; nil if valid.
    public var reason: String?
    /// The proof, if invalid.
    public var counterexample: Counterexample?
    /// How it was decided.
    public var method: Method
    /// The operations that bear on the verdict, out of those that were done.
    public var judged: Int
    /// The most operations that were under way at a time, unknown outcomes apart.
    public var concurrency: Int
    /// The steps that it took.
    public var steps: Int
}
