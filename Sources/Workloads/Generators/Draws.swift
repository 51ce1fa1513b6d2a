public import HistoryModel
public import Vocabulary

/// Functions drawn by their weights, each with a new value or with none.
public struct Draws: Generator {
    private let choices: [(function: Function, weight: Int, value: ValueRule)]
    private let total: Int
    private var count: Int64 = 0

    /// What an operation is given.
    public enum ValueRule: Hashable, Sendable {
        /// Nothing.
        case none
        /// 1, 2, 3 …: no value comes twice, so that an answer says which operation it comes from.
        case fresh
        /// A number drawn from -9 to 9, but not zero.
        case change
    }

    /// Draws from these choices, whose weights are not negative and not all zero.
    public init(_ choices: [(function: Function, weight: Int, value: ValueRule)]) {
        self.choices = choices
        total = max(1, choices.reduce(0) { $0 + $1.weight })
    }

    /// Draws an operation for a free thread, drawn as well.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        var draw = Int.random(in: 0..<total, using: &random)
        for choice in choices {
            guard draw >= choice.weight else {
                let value = value(by: choice.value, &random)
                return .operation(
                    OperationTemplate(function: choice.function, value: value), thread: thread)
            }
            draw -= choice.weight
        }
        return .exhausted
    }

    private mutating func value(by rule: ValueRule, _ random: inout RandomStream) -> Value {
        switch rule {
        case .none: return .null
        case .fresh:
            count += 1
            return .integer(count)
        case .change:
            let size = Int64.random(in: 1...9, using: &random)
            return .integer(Bool.random(using: &random) ? size : -size)
        }
    }
}
