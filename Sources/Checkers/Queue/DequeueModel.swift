import HistoryModel

/// A queue told by its dequeues alone: each takes one of the enqueues that can be next.
///
/// In which order values went in need not be guessed before they come out. An enqueue can be next if no
/// other that is still there returned before it was called; that is all that real time says about
/// enqueues. Between the two orders there are two ties:
///
/// - What is taken first was enqueued before all that is taken later. So no dequeue returns
///   before the calls of all enqueues that have been taken, its own among them.
/// - Who finds the queue empty comes before all enqueues that are still there. So none of those
///   returned before that call, nor before the call of a dequeue that took something before.
///
/// The actions are numbers of dequeues, ``unknown`` for all of unknown outcome: of those the first to
/// be called goes first.
struct DequeueModel: SequentialModel {
    struct State: Hashable {
        /// All enqueues before this one are taken, but for those in `holes`; they are in the
        /// order of their calls.
        var end: Int32 = 0
        var holes: [Int32] = []
        /// The latest call of a dequeue that took something.
        var lastCall = Int.min
        /// How many dequeues of unknown outcome took something.
        var unknown: Int32 = 0
    }

    private struct Enqueue {
        var value: Value
        var call: Int
        /// The end of time if its outcome is unknown.
        var `return`: Int
    }

    let noun = "queue"
    let functions: [Function] = ["dequeue"]
    let initial = State()
    /// The dequeues, as operations whose actions this model knows, with the numbers they came with.
    let numbered: [(Int32, Operation)]
    private let enqueues: [Enqueue]
    /// Per enqueue: the first return of it and all that were called later.
    private let firstReturn: [Int]
    private let dequeues: [Operation]
    /// When dequeues of unknown outcome were called.
    private let unknownCalls: [Int]

    /// Looks through all operations on one queue, in the order of their calls.
    ///
    /// - Complexity: O(n).
    init(_ operations: [(Int32, Operation)], initial: [Value]) {
        let happened = operations.filter { $0.1.outcome != .fail }
        var enqueues = initial.indices.map { place in
            let call = 2 * (place - initial.count)
            return Enqueue(value: initial[place], call: call, return: call + 1)
        }
        enqueues += happened.filter { $0.1.function == "enqueue" }.map { _, operation in
            let known = operation.outcome == .ok ? operation.return : nil
            return Enqueue(
                value: operation.input, call: operation.call, return: known ?? .max)
        }
        var firstReturn = enqueues.map(\.return) + [.max]
        for place in enqueues.indices.reversed() {
            firstReturn[place] = min(firstReturn[place], firstReturn[place + 1])
        }
        let own = happened.filter { $0.1.function == "dequeue" }
        self.enqueues = enqueues
        self.firstReturn = firstReturn
        dequeues = own.map(\.1)
        unknownCalls = own.filter { $0.1.outcome != .ok }.map(\.1.call)
        numbered = own.enumerated().map { number, known in
            var (source, operation) = known
            operation.input = .null
            operation.output = .integer(Int64(number))
            return (source, operation)
        }
    }

    func onlyReads(_ action: Action) -> Bool {
        dequeue(of: action).map { $0.output == .null } ?? false
    }

    func step(_ state: State, _ action: Action) -> [State] {
        guard let dequeue = dequeue(of: action) else {
            // One that found nothing might as well not have happened.
            let call = unknownCalls[Int(state.unknown)]
            return takes(from: state, value: nil, before: .max).map {
                var next = $0
                next.unknown += 1
                next.lastCall = max(next.lastCall, call)
                return next
            }
        }
        let end = dequeue.return ?? .max
        if state.end > 0, enqueues[Int(state.end) - 1].call > end { return [] }
        guard dequeue.output != .null else {
            let isEmpty = firstReturnLeft(in: state) > max(state.lastCall, dequeue.call)
            return isEmpty ? [state] : []
        }
        return takes(from: state, value: dequeue.output, before: end).map {
            var next = $0
            next.lastCall = max(next.lastCall, dequeue.call)
            return next
        }
    }

    func describe(_ state: State) -> String { "\(state.end - Int32(state.holes.count)) taken" }

    func bytes(of state: State) -> Int { state.holes.bytesAsArray + 32 }

    /// The dequeue that an action stands for; nil for one of unknown outcome.
    private func dequeue(of action: Action) -> Operation? {
        guard case .integer(let number) = action.output else { return nil }
        return dequeues[Int(number)]
    }

    private func firstReturnLeft(in state: State) -> Int {
        state.holes.reduce(firstReturn[Int(state.end)]) { min($0, enqueues[Int($1)].return) }
    }

    /// What remains if one of the enqueues that can be next is taken.
    ///
    /// Of those with the same value, one that was called and returned no later than another goes first.
    private func takes(from state: State, value: Value?, before end: Int) -> [State] {
        let first = firstReturnLeft(in: state)
        var soonest: [Value: Int] = [:]
        var found: [State] = []
        func take(_ place: Int32) -> Bool {
            let enqueue = enqueues[Int(place)]
            guard enqueue.call < first, enqueue.call < end else { return false }
            let isWanted = value == nil || enqueue.value == value
            let isFirst = soonest[enqueue.value].map { enqueue.return < $0 } ?? true
            guard isWanted, isFirst else { return true }
            soonest[enqueue.value] = enqueue.return
            var next = state
            if place < state.end {
                next.holes.removeAll { $0 == place }
            } else {
                next.holes += state.end..<place
                next.end = place + 1
            }
            found.append(next)
            return true
        }
        for hole in state.holes where !take(hole) { return found }
        for place in state.end..<Int32(enqueues.count) where !take(place) { break }
        return found
    }
}
