import HistoryModel

/// A queue that knows all dequeues from the beginning, and so which values can stand where.
///
/// What was enqueued as the n-th is dequeued as the n-th, if it is. Real time says for each dequeue how
/// many others are before it at least and at most; so an enqueue can be the n-th only if a dequeue that
/// can be the n-th took its value. Without that, every order of the enqueues that were under way at a
/// time stays possible until their values are dequeued, much later.
///
/// A dequeue of unknown outcome may have taken anything, at any time after its call: as many values may
/// stand where no known dequeue can take them. What is enqueued behind all that can ever be dequeued
/// is all the same.
struct ForesightedQueueModel: SequentialModel {
    struct State: Hashable {
        /// What is in the queue; null for all that nobody will dequeue.
        var held: [Value]
        /// How many were ever enqueued, as far as they can be dequeued.
        var enqueued: Int
        /// How many of them no known dequeue can take.
        var misfits = 0
    }

    let noun: String
    let functions: [Function]
    let initial: State
    private let plain: QueueModel
    /// How many dequeues may have taken something or not.
    private let unknown: Int
    /// How many values can ever be dequeued.
    private let most: Int
    /// Per value: the places at which it can be dequeued; they rise, and leave gaps.
    private let places: [Value: [ClosedRange<Int>]]

    /// Looks through all operations on one queue.
    ///
    /// - Complexity: O(n log n).
    init(_ operations: [Operation], _ plain: QueueModel) {
        self.plain = plain
        noun = plain.noun
        functions = plain.functions
        initial = State(held: plain.initial, enqueued: plain.initial.count)
        let dequeues = operations.filter { $0.function == "dequeue" }
        let taking = dequeues.filter { $0.outcome == .ok && $0.output != .null }
        let lost = dequeues.filter { $0.outcome != .ok && $0.outcome != .fail }
        unknown = lost.count
        most = taking.count + unknown
        let calls = taking.map(\.call)
        let returns = taking.map { $0.return ?? .max }.sorted()
        let doubtful = lost.map(\.call)
        var spans: [Value: [ClosedRange<Int>]] = [:]
        for dequeue in taking {
            let end = dequeue.return ?? .max
            let before = returns.countBelow(dequeue.call)
            let most = calls.countBelow(end) - 1 + doubtful.countBelow(end)
            spans[dequeue.output, default: []].append(before...max(before, most))
        }
        places = spans.mapValues(Self.merged)
    }

    func knows(_ action: Action) -> Bool { plain.knows(action) }

    func onlyReads(_ action: Action) -> Bool { plain.onlyReads(action) }

    func step(_ state: State, _ action: Action) -> [State] {
        guard action.function == "enqueue" else {
            // Null in the queue is something, though nobody will see it.
            guard action.output != .null else { return state.held.isEmpty ? [state] : [] }
            return plain.step(state.held, action).map {
                State(held: $0, enqueued: state.enqueued, misfits: state.misfits)
            }
        }
        var next = state
        guard state.enqueued < most else {
            if state.held.last != .null { next.held.append(.null) }
            return [next]
        }
        // Of those that nobody takes, there are as many here as dequeues that took nothing.
        if !fits(action.input, at: state.enqueued) {
            guard state.misfits < unknown else { return [] }
            next.misfits += 1
        }
        next.held.append(action.input)
        next.enqueued += 1
        return [next]
    }

    func describe(_ state: State) -> String { plain.describe(state.held) }

    func bytes(of state: State) -> Int { state.held.bytesAsArray + 16 }

    private func fits(_ value: Value, at place: Int) -> Bool {
        guard let spans = places[value] else { return false }
        let behind = spans.firstPlace { $0.lowerBound > place }
        return behind > 0 && spans[behind - 1].upperBound >= place
    }

    /// The same places in as few ranges as there can be.
    private static func merged(_ spans: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var merged: [ClosedRange<Int>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound <= last.upperBound + 1 {
                let end = max(last.upperBound, span.upperBound)
                merged[merged.count - 1] = last.lowerBound...end
            } else {
                merged.append(span)
            }
        }
        return merged
    }
}
