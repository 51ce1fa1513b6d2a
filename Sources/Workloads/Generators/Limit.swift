public import HistoryModel
public import Vocabulary

/// At most so many operations.
public struct Limit<Inner: Generator>: Generator {
    private var inner: Inner
    private var left: Int

    /// Lets the first `count` operations of `inner` through.
    public init(_ count: Int, _ inner: Inner) {
        self.inner = inner
        left = count
    }

    /// Asks the inner generator as long as there is something left.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        guard left > 0 else { return .exhausted }
        let step = inner.next(context, random: &random)
        if case .operation = step { left -= 1 }
        return step
    }

    /// Passes the event on.
    public mutating func update(_ event: Event, thread: ThreadID) {
        inner.update(event, thread: thread)
    }
}

/// For so long, counted from the first time it is asked.
public struct TimeLimit<Inner: Generator>: Generator {
    private var inner: Inner
    private let length: Nanoseconds
    private var end: Instant?

    /// Lets operations of `inner` through for `length` nanoseconds.
    public init(_ length: Nanoseconds, _ inner: Inner) {
        self.inner = inner
        self.length = length
    }

    /// Asks the inner generator until the time is over.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let end = self.end ?? context.now + length
        self.end = end
        guard context.now < end else { return .exhausted }
        let step = inner.next(context, random: &random)
        guard case .pending(let until) = step else { return step }
        return .pending(until: min(until ?? end, end))
    }

    /// Passes the event on.
    public mutating func update(_ event: Event, thread: ThreadID) {
        inner.update(event, thread: thread)
    }
}

/// At a given rate: operations begin at random times, on average so far apart.
///
/// The waiting times are uniform between nothing and twice the mean. A generator that has fallen
/// behind does not catch up in a burst.
public struct Stagger<Inner: Generator>: Generator {
    private var inner: Inner
    private let mean: Nanoseconds
    private var due: Instant?

    /// Begins the operations of `inner` `mean` nanoseconds apart on average.
    public init(_ mean: Nanoseconds, _ inner: Inner) {
        self.inner = inner
        self.mean = mean
    }

    /// Asks the inner generator once the next operation is due.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        if let due, context.now < due { return .pending(until: due) }
        let step = inner.next(context, random: &random)
        if case .operation = step {
            let from = max(due ?? context.now, context.now + -mean)
            due = from + Nanoseconds.random(in: 0...(2 * mean), using: &random)
        }
        return step
    }

    /// Passes the event on.
    public mutating func update(_ event: Event, thread: ThreadID) {
        inner.update(event, thread: thread)
    }
}
