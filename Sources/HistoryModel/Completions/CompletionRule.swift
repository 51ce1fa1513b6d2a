/// How the value of a successful completion belongs to that of its invocation.
///
/// Files repeat the value of an invocation in its completion, answer with something else, or say
/// nothing; which of these a function does is said by the model that knows it.
public enum CompletionRule: Hashable, Sendable {
    /// Repeats what was asked for, or supplies it where the invocation has no value: write, enqueue.
    case echo
    /// Repeats what was asked for; no value stands for one: increment.
    case amount
    /// Answers whatever it found: read, dequeue.
    case answer
    /// Answers with all elements, as a list or as a set: the read of a set, drain.
    case elements
    /// Tries: `false` says that it did not happen, anything else says nothing: acquire.
    case attempt
    /// Tries, and repeats what was asked for: compare-and-set.
    case comparison
    /// Repeats what was asked for, or says whether it changed anything, alone or as
    /// `[element answer]`: the updates of a set.
    case update
    /// Says whether something is so, alone or as `[element answer]`: contains.
    case membership
    /// Repeats its micro-operations, `[[:r x nil] [:w y 1]]`, with what the reads among them found.
    case transaction

    /// Whether its invocations bring no value, only a key at most.
    public var asksWithoutValue: Bool {
        switch self {
        case .answer, .elements, .attempt: true
        case .echo, .amount, .comparison, .update, .membership, .transaction: false
        }
    }

    /// Whether its answers tell what an object holds.
    public var tellsState: Bool {
        switch self {
        case .answer, .elements, .transaction: true
        case .echo, .amount, .attempt, .comparison, .update, .membership: false
        }
    }
}

extension CompletionRule {
    /// Whether a completion with the invocation's value, which is no Boolean, needs no second look.
    var isSettledByRepetition: Bool {
        switch self {
        case .echo, .comparison, .transaction: true
        case .amount, .answer, .elements, .attempt, .update, .membership: false
        }
    }

    /// What comes of a pair of values.
    enum Conclusion: Equatable {
        /// Both stand as they are.
        case agreement
        /// The completion says what was asked for.
        case supplied(Value)
        /// The completion means this answer.
        case answered(Value)
        /// It did not happen.
        case failed
        /// Whether it happened can't be told.
        case undecided
        /// One of them is wrong.
        case contradiction
    }

    /// Compares what an invocation asked for with what its success says.
    func conclusion(invoked: Value, completed: Value) -> Conclusion {
        switch self {
        case .answer: .agreement
        case .echo: echo(invoked, completed)
        case .amount: repetition(invoked == .null ? 1 : invoked, completed)
        case .elements:
            if case .set(let elements) = completed {
                .answered(.list(elements))
            } else {
                .agreement
            }
        case .attempt:
            // What was asked for may have come back, or the try may have failed.
            invoked == false && completed == false
                ? .undecided : completed == false ? .failed : .agreement
        case .comparison: comparison(invoked, completed)
        case .update: update(invoked, completed)
        case .membership: membership(invoked, completed)
        case .transaction:
            invoked == .null
                ? echo(invoked, completed) : transaction(invoked, completed)
        }
    }

    private func echo(_ invoked: Value, _ completed: Value) -> Conclusion {
        guard invoked != completed, completed != .null else { return .agreement }
        return invoked == .null ? .supplied(completed) : .contradiction
    }

    private func repetition(_ invoked: Value, _ completed: Value) -> Conclusion {
        invoked == completed || completed == .null ? .agreement : .contradiction
    }

    private func comparison(_ invoked: Value, _ completed: Value) -> Conclusion {
        switch completed {
        case .bool(let didHappen): didHappen ? .answered(invoked) : .failed
        default: echo(invoked, completed)
        }
    }

    private func update(_ invoked: Value, _ completed: Value) -> Conclusion {
        // A Boolean that was asked for and comes back may be the element or the answer.
        if invoked == completed, case .bool = invoked { return .answered(.null) }
        switch completed {
        case .bool: return .agreement
        case .list(let pair) where pair.count == 2 && pair[0] == invoked:
            if case .bool = pair[1] { return .answered(pair[1]) }
            return .contradiction
        default: return echo(invoked, completed)
        }
    }

    private func membership(_ invoked: Value, _ completed: Value) -> Conclusion {
        guard case .list(let pair) = completed, pair.count == 2, case .bool = pair[1],
            completed != invoked
        else { return .agreement }
        return pair[0] == invoked ? .answered(pair[1]) : .contradiction
    }

    private func transaction(_ invoked: Value, _ completed: Value) -> Conclusion {
        guard completed != .null else { return .agreement }
        guard case .list(let asked) = invoked, case .list(let done) = completed else {
            return repetition(invoked, completed)
        }
        guard asked.count == done.count, zip(asked, done).allSatisfy(isSameMicroOperation) else {
            return .contradiction
        }
        return .agreement
    }

    /// Whether a micro-operation does the same to the same key; what a read found is its own.
    private func isSameMicroOperation(_ asked: Value, _ done: Value) -> Bool {
        guard case .list(let left) = asked, case .list(let right) = done, 2...3 ~= left.count,
            right.count == 3, let verb = left[0].name
        else { return asked == done }
        guard verb == right[0].name, left[1] == right[1] else { return false }
        // `[:r x]` asks for the same as `[:r x nil]`.
        return ["r", "read"].contains(verb) || left.count == 3 && left[2] == right[2]
    }
}
