/// The functions of an object, and what their completions say.
///
/// ```swift
/// let rules: CompletionRules = ["enqueue": .echo, "dequeue": .answer]
/// let history = try decoded.history.normalised(by: rules).history
/// ```
public struct CompletionRules: Sendable, ExpressibleByDictionaryLiteral {
    /// The functions, in the order in which they were listed.
    public let functions: [Function]
    let rules: [CompletionRule]

    /// Lists functions, each with its rule.
    public init(dictionaryLiteral elements: (Function, CompletionRule)...) {
        functions = elements.map(\.0)
        rules = elements.map(\.1)
    }

    /// The rule of a function; nil for one that is not among these, of which nothing is known.
    public func rule(of function: Function) -> CompletionRule? {
        place(of: function).map { rules[$0] }
    }

    func place(of function: Function) -> Int? {
        // A handful of names: to compare lengths first beats hashing.
        let length = function.rawValue.utf8.count
        for place in functions.indices
        where functions[place].rawValue.utf8.count == length && functions[place] == function {
            return place
        }
        return nil
    }
}

/// A history of which invocations and completions agree.
public struct NormalisedHistory: Hashable, Sendable {
    /// The history.
    public var history: History
    /// How many completions contradicted their invocations and count as unknown outcomes.
    public var contradicted = 0
    /// The functions of operations whose value nobody knows: others of the kind got theirs from
    /// their completions, and these have none, or their completions contradict them.
    ///
    /// What such an operation wrote may be what a read found, so that no violation is certain.
    public var valueless: [Function] = []
}

extension History {
    /// The same history as checkers want it.
    ///
    /// An invocation without a value (or key) takes its completion's. A lock or a compare-and-set
    /// that came back `false` failed. Other answers are brought into one form. Of failures and
    /// unknown outcomes the value is ignored, and so are functions that have no rule.
    ///
    /// - Parameters:
    ///   - rules: What completions say, as the model of the history lists it.
    ///   - isLenient: Whether a completion that contradicts its invocation is counted and makes the
    ///     outcome unknown, rather than being an error.
    /// - Returns: the history, with what was found on the way.
    /// - Throws: ``HistoryError`` if a success names something else than was asked for.
    /// - Complexity: O(n).
    public func normalised(
        by rules: CompletionRules, isLenient: Bool = false
    ) throws(HistoryError) -> NormalisedHistory {
        var pairing = CompletionPairing(rules, isLenient: isLenient, expecting: events.count / 2)
        var events = events
        for place in events.indices { try pairing.step(&events, place) }
        return NormalisedHistory(
            history: History(events: events), contradicted: pairing.contradicted,
            valueless: pairing.valueless)
    }
}
