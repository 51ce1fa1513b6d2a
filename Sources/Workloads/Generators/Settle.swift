public import Vocabulary

/// Nothing at all for so long, counted from the first time it is asked.
public struct Settle: Generator {
    private let length: Nanoseconds
    private var end: Instant?

    /// Leaves the system alone for `length` nanoseconds.
    public init(_ length: Nanoseconds) { self.length = length }

    /// Holds everybody back until the time is over.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let end = self.end ?? context.now + length
        self.end = end
        return context.now < end ? .pending(until: end) : .exhausted
    }
}
