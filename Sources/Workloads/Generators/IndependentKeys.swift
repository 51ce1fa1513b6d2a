public import HistoryModel
public import Vocabulary

/// Many keys, one after the other, each with a generator of its own.
///
/// The threads are split into groups of neighbours; each group works on one key at a time and goes
/// on to the next unused one when that key's generator is exhausted. Operations of different keys
/// don't depend on each other, so a checker can judge each key by itself, and no key's history
/// grows without bound.
public struct IndependentKeys: Generator {
    private struct Group: Sendable {
        var threads: Range<Int>
        var key: Int
        var generator: any Generator
    }

    private let make: @Sendable (Int) -> any Generator
    private var groups: [Group]
    private var first = 0

    /// The number of keys that were begun so far: 0 ..< count.
    public private(set) var keyCount: Int

    /// Splits `threadCount` threads into groups of `groupSize` (the last may be smaller).
    ///
    /// `make` makes the generator of a key; its operations get the key from here.
    public init(
        threadCount: Int, groupSize: Int, make: @escaping @Sendable (Int) -> any Generator
    ) {
        self.make = make
        groups = stride(from: 0, to: threadCount, by: max(1, groupSize)).enumerated().map {
            number, start in
            Group(
                threads: start..<min(start + max(1, groupSize), threadCount), key: number,
                generator: make(number))
        }
        keyCount = groups.count
    }

    /// Asks the groups in turn, so that none is starved.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        var earliest: Instant?
        for offset in groups.indices {
            let index = (first + offset) % groups.count
            guard let narrow = context.restricted(to: groups[index].threads) else { continue }
            switch ask(index, narrow, random: &random) {
            case .operation(let operation, let thread):
                first = (index + 1) % groups.count
                return .operation(operation, thread: thread)
            case .pending(let until):
                if let until { earliest = min(earliest ?? until, until) }
            case .exhausted: return .exhausted
            }
        }
        return .pending(until: earliest)
    }

    private mutating func ask(
        _ index: Int, _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        var step = groups[index].generator.next(context, random: &random)
        if case .exhausted = step {
            groups[index].key = keyCount
            groups[index].generator = make(keyCount)
            keyCount += 1
            // A fresh generator that is exhausted at once would go on for ever.
            step = groups[index].generator.next(context, random: &random)
        }
        guard case .operation(var operation, let thread) = step else { return step }
        operation.key = .integer(Int64(groups[index].key))
        return .operation(operation, thread: thread)
    }

    /// Tells the generator of the key, if the thread's group still works on it.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard
            let index = groups.firstIndex(where: { $0.threads.contains(thread.rawValue) }),
            event.key == .integer(Int64(groups[index].key))
        else { return }
        groups[index].generator.update(event, thread: thread)
    }
}
