internal import HistoryModel
public import Vocabulary

/// Reads, writes and deletes of a few keys, by any thread.
///
/// Every value that is written is new, so that a read says which write it saw.
public struct KeyValueOperations: Generator {
    private let settings: KeyValueSettings
    private var written: Int64 = 0

    /// Draws operations by these weights, whose total is at least 1.
    public init(_ settings: KeyValueSettings) { self.settings = settings }

    /// Draws an operation for a free thread, drawn as well.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        let key = Value.integer(.random(in: 0..<Int64(max(1, settings.keys)), using: &random))
        let draw = Int.random(in: 0..<max(1, settings.total), using: &random)
        if draw < settings.write {
            return .operation(
                OperationTemplate(function: .write, key: key, value: nextValue()), thread: thread)
        }
        let function: Function = draw < settings.write + settings.delete ? .delete : .read
        return .operation(OperationTemplate(function: function, key: key), thread: thread)
    }

    private mutating func nextValue() -> Value {
        written += 1
        let digits = String(written)
        guard digits.utf8.count < settings.valueBytes else { return .integer(written) }
        let filling = String(repeating: ".", count: settings.valueBytes - digits.utf8.count)
        return .text(digits + filling)
    }
}
