public import HistoryModel
public import Vocabulary

/// One generator after the other; each begins when all threads are free again.
public struct Phases: Generator {
    private var rest: ArraySlice<any Generator>
    private var begun = true

    /// Runs these generators in order.
    public init(_ phases: [any Generator]) {
        rest = phases[...]
    }

    /// Asks the phase that is under way; between phases waits for all threads.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        while let first = rest.indices.first {
            if !begun {
                guard context.allFree else { return .pending(until: nil) }
                begun = true
            }
            let step = rest[first].next(context, random: &random)
            guard case .exhausted = step else { return step }
            rest.removeFirst()
            begun = false
        }
        return .exhausted
    }

    /// Tells all phases that are still to end, so that a later one can build on earlier events.
    public mutating func update(_ event: Event, thread: ThreadID) {
        for index in rest.indices { rest[index].update(event, thread: thread) }
    }
}

/// Nothing at all until every fault is over and healed.
public struct AwaitFaultsOver: Generator {
    /// Makes the barrier.
    public init() {}

    /// Holds everybody back until the faults are over.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        context.faultsOver ? .exhausted : .pending(until: nil)
    }
}
