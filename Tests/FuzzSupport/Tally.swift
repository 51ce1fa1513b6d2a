/// How many tries came to which outcome, to be seen in the log of the tests.
///
/// ```swift
/// var tally = Tally("texts")
/// for text in texts { tally.measure { isRead(text) ? "read" : "refused" } }
/// tally.tell()  // texts: 600 tries: 41 read, 559 refused; the longest took 3 ms
/// ```
public struct Tally {
    private let subject: String
    private var outcomes: [String: Int] = [:]
    /// How long the longest try took.
    public private(set) var longest = Duration.zero

    /// Begins to count tries of something, such as `damaged run files`.
    public init(_ subject: String) { self.subject = subject }

    /// How many tries there were.
    public var tries: Int { outcomes.values.reduce(0, +) }

    /// The outcomes seen so far.
    public var names: Set<String> { Set(outcomes.keys) }

    /// How many tries came to this outcome.
    public subscript(outcome: String) -> Int { outcomes[outcome, default: 0] }

    /// Counts a try whose outcome is known, and how long it took.
    public mutating func count(_ outcome: String, after time: Duration = .zero) {
        outcomes[outcome, default: 0] += 1
        longest = max(longest, time)
    }

    /// Counts a try by what it returns, and takes its time.
    public mutating func measure(_ attempt: () throws -> String) rethrows {
        let start = ContinuousClock.now
        let outcome = try attempt()
        count(outcome, after: ContinuousClock.now - start)
    }

    /// What was counted, in a line.
    public var description: String {
        let parts = outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let time = longest == .zero ? "" : "; the longest took \(longest / .milliseconds(1)) ms"
        return "\(subject): \(tries) tries: \(parts.joined(separator: ", "))\(time)"
    }

    /// Prints what was counted.
    public func tell() { print(description) }
}
