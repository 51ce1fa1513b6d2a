public import HistoryModel
public import Vocabulary

/// Reads everything that was touched at every node, by the threads that are bound to it: thread t
/// to node t mod n.
///
/// A read that fails is tried again a few times: a node may be gone for good.
public struct EveryNodeReads: Generator {
    private struct Reading: Sendable {
        var key: Value?
        var attempt = 1
    }

    private let nodeCount: Int
    /// Nil stands for what is read without a key.
    private var keys: Set<Value?> = []
    /// By node, last first.
    private var waiting: [[Reading]] = []
    private var underWay: [ThreadID: Reading] = [:]
    private var begun = false

    /// Makes a generator that learns the keys from the events it is told.
    public init(nodeCount: Int) { self.nodeCount = max(1, nodeCount) }

    private static let attemptsMax = 20

    /// Reads the next key at the node of a free thread.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        if !begun { begin(threadCount: context.threadCount) }
        for thread in context.free {
            let node = thread.rawValue % nodeCount
            guard let reading = waiting[node].popLast() else { continue }
            underWay[thread] = reading
            return .operation(
                OperationTemplate(function: .read, key: reading.key), thread: thread)
        }
        return underWay.isEmpty ? .exhausted : .pending(until: nil)
    }

    private mutating func begin(threadCount: Int) {
        begun = true
        let readings = keys.sorted { ($1 ?? .null) < ($0 ?? .null) }.map { Reading(key: $0) }
        waiting = (0..<nodeCount).map { $0 < threadCount ? readings : [] }
    }

    /// Collects the keys before the phase; in it, puts a key back that could not be read.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard begun else {
            keys.insert(event.key)
            return
        }
        guard event.type != .invoke, var reading = underWay.removeValue(forKey: thread) else {
            return
        }
        reading.attempt += 1
        guard event.type != .ok, reading.attempt <= Self.attemptsMax else { return }
        waiting[thread.rawValue % nodeCount].append(reading)
    }
}
