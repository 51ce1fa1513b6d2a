public import HistoryModel
public import Vocabulary

/// A copy of one generator for each thread, independent of the others.
public struct EachThread<Inner: Generator>: Generator {
    private let original: Inner
    private var copies: [Inner?]
    private var exhausted = 0

    /// Gives each of `threadCount` threads a copy of `inner`.
    public init(threadCount: Int, _ inner: Inner) {
        original = inner
        copies = Array(repeating: inner, count: threadCount)
    }

    /// Asks the copies of the free threads in turn until one has something to do.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        var earliest: Instant?
        for thread in context.free {
            let own = thread.rawValue..<(thread.rawValue + 1)
            guard let narrow = context.restricted(to: own) else { continue }
            switch copies[thread.rawValue]?.next(narrow, random: &random) {
            case .operation(let operation, let thread)?:
                return .operation(operation, thread: thread)
            case .pending(let until)?:
                if let until { earliest = min(earliest ?? until, until) }
            case .exhausted?:
                copies[thread.rawValue] = nil
                exhausted += 1
            case nil: continue
            }
        }
        return exhausted == copies.count ? .exhausted : .pending(until: earliest)
    }

    /// Tells the copy of that thread.
    public mutating func update(_ event: Event, thread: ThreadID) {
        copies[thread.rawValue]?.update(event, thread: thread)
    }
}
