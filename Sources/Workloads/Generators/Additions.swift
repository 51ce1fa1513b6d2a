internal import HistoryModel
public import Vocabulary

/// Additions to one set or counter, and reads of the whole of it.
public struct Additions: Generator {
    /// What is added to.
    public enum Target: Hashable, Sendable {
        /// A set, whose elements are 1, 2, 3 …
        case set
        /// A counter, to which numbers from -9 to 9 are added, but no zeros.
        case counter
    }

    private let settings: KeyValueSettings
    private let target: Target
    private var added: Int64 = 0

    /// Draws additions and reads by the weights of writes and reads; of deletes there are none.
    public init(_ settings: KeyValueSettings, to target: Target) {
        self.settings = settings
        self.target = target
    }

    /// Draws an operation for a free thread, drawn as well.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        let total = max(1, settings.read + settings.write)
        guard Int.random(in: 0..<total, using: &random) >= settings.read else {
            return .operation(OperationTemplate(function: .read), thread: thread)
        }
        return .operation(
            OperationTemplate(function: .add, value: .integer(next(&random))), thread: thread)
    }

    private mutating func next(_ random: inout RandomStream) -> Int64 {
        added += 1
        guard target == .counter else { return added }
        let size = Int64.random(in: 1...9, using: &random)
        return Bool.random(using: &random) ? size : -size
    }
}
