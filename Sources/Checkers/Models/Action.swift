public import HistoryModel

/// What an operation asked for and what came of it, whoever did it and whenever.
public struct Action: Hashable, Sendable {
    /// What was done.
    public var function: Function
    /// What was asked for.
    public var input: Value
    /// What came back; nil if that is not known.
    public var output: Value?

    /// Describes an operation by what it did.
    public init(_ function: Function, _ input: Value = .null, output: Value? = nil) {
        self.function = function
        self.input = input
        self.output = output
    }
}

extension Action: CustomStringConvertible {
    /// The action as a person writes it: `enqueue 3`, `dequeue → 3`.
    public var description: String {
        let told = output.flatMap { $0 == .null ? nil : $0 } ?? input
        if function == "txn", let parts = told.transaction { return "txn \(parts)" }
        var words = function.rawValue
        if input != .null { words += " \(input)" }
        if let output, output != input || isQuestion, output != .null || isQuestion {
            words += " → \(output.abridged)"
        }
        return words
    }

    /// Whether nil is an answer, rather than the want of one.
    private var isQuestion: Bool {
        ["dequeue", "pop", "poll", .read, .get].contains(function)
    }
}
