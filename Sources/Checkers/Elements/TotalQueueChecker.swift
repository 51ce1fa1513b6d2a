public import HistoryModel

/// Adds up what went into a queue and what came out: nothing is lost, nothing comes from nowhere.
///
/// Says nothing about the order. Expects that the queue was drained in the end.
public struct TotalQueueChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "total-queue"
    /// What it looks at.
    public let summary = "what was enqueued comes out, in any order (enqueue, dequeue, drain)"

    /// Makes the checker.
    public init() {}

    private struct Tally {
        var value: Value
        var tried = 0
        var acknowledged = 0
        var dequeued = 0
        /// When it was first tried to enqueue it.
        var begun = Int.max
        /// What took it out before that.
        var early: Operation?
    }

    /// Judges a history of enqueues, dequeues and drains, which return a list.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let operations = Array(try history.operations())
        let tallies = tallies(of: operations)
        let unknown = operations.count {
            $0.outcome == .info && ($0.function == "dequeue" || $0.function == "drain")
        }
        let lost = tallies.filter { $0.dequeued < $0.acknowledged }
        let lostCount = lost.reduce(0) { $0 + $1.acknowledged - $1.dequeued }
        let unexpected = tallies.filter { $0.tried == 0 && $0.dequeued > 0 }
        let early = tallies.filter { $0.early != nil }
        let twice = tallies.filter { $0.tried > 0 && $0.dequeued > $0.tried }
        let recovered = tallies.reduce(0) {
            $0 + max(0, min($1.dequeued, $1.tried) - $1.acknowledged)
        }
        let losses = lost.map { "\($0.value) was enqueued and never came out." }.shortened()
        // Any one of the dequeues of unknown outcome can have taken one of them, a drain all.
        let hasUnknownDrain = operations.contains { $0.function == "drain" && $0.outcome == .info }
        let isCertain = lostCount > unknown && !hasUnknownDrain
        let reasons =
            unexpected.map { "\($0.value) came out, but nobody ever enqueued it." }.shortened()
            + early.map { "\($0.value) came out before anybody enqueued it." }.shortened()
            + twice.map { "\($0.value) came out \($0.dequeued) times, enqueued \($0.tried)." }
            .shortened() + (isCertain ? losses : [])
        let doubts =
            isCertain || lost.isEmpty
            ? []
            : [
                "\(lostCount) values never came out; the \(unknown) dequeues and drains of unknown "
                    + "outcome can have taken them."
            ]
        return CheckerResult(
            self,
            kind: !unexpected.isEmpty || !early.isEmpty
                ? "phantom-value" : twice.isEmpty ? "lost-value" : "duplicate",
            reasons: reasons, exercised: tallies.count, doubts: doubts,
            measures: [
                .init("values", "\(tallies.count)"), .init("lost", "\(lostCount)"),
                .init("duplicated", "\(twice.count)"),
                .init("unexpected", "\(unexpected.count)"), .init("recovered", "\(recovered)"),
            ],
            counterexample: unexpected.first.map { counterexample(tooOften: $0, operations) }
                ?? early.first.flatMap { counterexample(early: $0, operations) }
                ?? twice.first.map { counterexample(tooOften: $0, operations) }
                ?? counterexample(lost: Set(lost.prefix(unknown + 1).map(\.value)), operations))
    }

    /// Who enqueued a value, and one dequeue more than that.
    private func counterexample(tooOften tally: Tally, _ operations: [Operation]) -> Counterexample
    {
        let put = operations.filter { $0.function == "enqueue" && $0.input == tally.value }
        let taken = operations.filter { $0.outcome == .ok && $0.took.contains(tally.value) }
        return Counterexample(of: put + taken.prefix(tally.tried + 1), key: nil) { cast, place in
            let takers = cast.list(taken.prefix(tally.tried + 1).map(place))
            let puts = put.filter { $0.outcome != .fail }
            return Story(
                summary: puts.isEmpty
                    ? "\(takers) took \(tally.value), which nobody ever enqueued."
                    : "\(tally.value) came out \(tally.dequeued) times, but was enqueued only "
                        + "\(tally.tried) times.",
                steps: [
                    puts.isEmpty
                        ? "No enqueue of \(tally.value) can have happened."
                        : "Only \(cast.list(puts.map(place))) enqueued \(tally.value).",
                    "\(takers) took it out.",
                ]
                    + put.filter { $0.outcome == .fail }.map {
                        "\(cast.name(place($0))) was reported as failed."
                    })
        }
    }

    /// Who took a value out, and who enqueued it only later.
    private func counterexample(early tally: Tally, _ operations: [Operation]) -> Counterexample? {
        guard let taken = tally.early,
            let put = operations.first(where: {
                $0.function == "enqueue" && $0.outcome != .fail && $0.input == tally.value
            })
        else { return nil }
        return Counterexample(of: [taken, put], key: nil) { cast, place in
            let (taker, putter) = (place(taken), place(put))
            return Story(
                summary: "\(cast.label(taker)) took \(tally.value) before anybody enqueued it.",
                steps: [
                    "\(cast.returnedBefore(taker, putter)), and nobody enqueued it before that."
                ], precedences: [cast.realTime(taker, putter)])
        }
    }

    /// Who enqueued values that never came out, and who may have taken some of them.
    private func counterexample(
        lost values: Set<Value>, _ operations: [Operation]
    ) -> Counterexample? {
        let put = operations.filter {
            $0.function == "enqueue" && $0.outcome == .ok && values.contains($0.input)
        }
        let unknown = operations.filter { $0.outcome == .info && $0.function == "dequeue" }
        guard !put.isEmpty else { return nil }
        return Counterexample(of: put + unknown, key: nil) { cast, place in
            let names = cast.list(put.map(place))
            return Story(
                summary: "What \(names) enqueued never came out.",
                steps: ["\(names) succeeded, and nothing that was taken out is that."]
                    + (unknown.isEmpty
                        ? []
                        : [
                            "Only \(cast.list(unknown.map(place))) had an unknown outcome, and each "
                                + "of them can have taken one value."
                        ]))
        }
    }

    /// What went in and came out, value by value in the order in which they came up.
    private func tallies(of operations: [Operation]) -> [Tally] {
        var places: [Value: Int] = [:]
        var tallies: [Tally] = []
        func count(_ value: Value, _ change: (inout Tally) -> Void) {
            let place = places[value] ?? tallies.count
            if place == tallies.count {
                places[value] = place
                tallies.append(Tally(value: value))
            }
            change(&tallies[place])
        }
        for operation in operations {
            switch (operation.function.rawValue, operation.outcome) {
            case ("enqueue", .ok):
                count(operation.input) {
                    $0.tried += 1
                    $0.acknowledged += 1
                    $0.begun = min($0.begun, operation.call)
                }
            case ("enqueue", .info):
                count(operation.input) {
                    $0.tried += 1
                    $0.begun = min($0.begun, operation.call)
                }
            case ("dequeue", .ok) where operation.output != .null:
                count(operation.output) { $0.dequeued += 1 }
            case ("drain", .ok):
                for value in operation.wholeOutput { count(value) { $0.dequeued += 1 } }
            default: break
            }
        }
        for operation in operations where operation.outcome == .ok {
            for value in operation.took {
                guard let place = places[value], tallies[place].tried > 0 else { continue }
                if operation.return ?? .max < tallies[place].begun {
                    tallies[place].early = tallies[place].early ?? operation
                }
            }
        }
        return tallies
    }
}

extension Operation {
    /// What it took out of a queue.
    fileprivate var took: [Value] {
        switch function.rawValue {
        case "dequeue": output == .null ? [] : [output]
        case "drain": wholeOutput
        default: []
        }
    }
}
