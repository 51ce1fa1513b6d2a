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
        if function == "txn", let parts = transaction { return "txn \(parts)" }
        var words = function.rawValue
        if input != .null { words += " \(input)" }
        if let output, output != input || isQuestion, output != .null || isQuestion {
            words += " → \(output.abridged)"
        }
        return words
    }

    /// The parts of a transaction on registers, as in `[r x 1] [w y 2]`; nil if it is none.
    private var transaction: String? {
        let source = output.flatMap { $0 == .null ? nil : $0 } ?? input
        guard case .list(let list) = source else { return nil }
        var parts: [String] = []
        for case .list(let triple) in list {
            guard triple.count == 3, case .text(let verb) = triple[0] else { return nil }
            let word = verb.hasPrefix(":") ? verb.dropFirst() : verb[...]
            parts.append("[\(word) \(triple[1]) \(triple[2])]")
        }
        return parts.count == list.count ? parts.joined(separator: " ") : nil
    }

    /// Whether nil is an answer, rather than the want of one.
    private var isQuestion: Bool {
        ["dequeue", "pop", "poll", .read, .get].contains(function)
    }
}
