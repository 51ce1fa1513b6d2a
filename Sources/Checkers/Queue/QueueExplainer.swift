import HistoryModel

/// Tells why the operations on a queue can't be put in order.
struct QueueExplainer {
    private let history: QueueHistory

    init(_ history: QueueHistory) { self.history = history }

    /// The operations that prove a violation, and the story.
    func finding(for violation: QueueViolation) -> MonitorFinding {
        switch violation {
        case .neverEnqueued(let dequeue): neverEnqueued(source(dequeue))
        case .dequeuedTwice(let first, let second): dequeuedTwice(first, second)
        case .tooEarly(let enqueue, let dequeue): tooEarly(source(enqueue), source(dequeue))
        case .overtaken(let first, let second): overtaken(first, second)
        case .missing(let overtaken, let unknown): missing(overtaken, unknown)
        case .notEmpty(let dequeue, let values, let unknown):
            notEmpty(source(dequeue), values, unknown.map(source))
        }
    }

    private func source(_ index: Int) -> Int32 { history.operations[index].source }

    private func enqueue(_ value: Int32) -> Int32 {
        source(Int(history.enqueuers[Int(value)]))
    }

    private func dequeue(_ value: Int32) -> Int32? {
        let dequeuer = Int(history.dequeuers[Int(value)])
        return dequeuer < 0 ? nil : source(dequeuer)
    }

    private func neverEnqueued(_ dequeue: Int32) -> MonitorFinding {
        MonitorFinding(members: [dequeue]) { participants, place in
            let name = participants.name(place(dequeue))
            return Explanation(
                summary: "\(name) took a value that nobody ever enqueued.",
                steps: ["No enqueue of it succeeded, and none was left with an unknown outcome."])
        }
    }

    private func dequeuedTwice(_ first: Int, _ second: Int) -> MonitorFinding {
        let value = history.operations[first].value
        let brought = enqueue(value)
        let (first, second) = (source(first), source(second))
        return MonitorFinding(members: [brought, first, second]) { participants, place in
            Explanation(
                summary:
                    "\(participants.list([place(first), place(second)])) both took the same value, "
                    + "which was in the queue only once.",
                steps: [
                    "Only \(participants.name(place(brought))) enqueued it, once.",
                    "\(participants.name(place(first))) took it, and so did \(participants.name(place(second))).",
                ])
        }
    }

    private func tooEarly(_ enqueue: Int32, _ dequeue: Int32) -> MonitorFinding {
        MonitorFinding(members: [enqueue, dequeue]) { participants, place in
            let (enqueue, dequeue) = (place(enqueue), place(dequeue))
            return Explanation(
                summary: "\(participants.name(dequeue)) took a value before its enqueue had begun.",
                steps: [
                    "Only \(participants.name(enqueue)) enqueued it, so it comes first; but "
                        + participants.returnedBefore(dequeue, enqueue) + "."
                ],
                precedences: [
                    participants.precedence(
                        enqueue, dequeue, because: "only it enqueued the value"),
                    participants.realTime(dequeue, enqueue),
                ])
        }
    }

    private func overtaken(_ first: Int32, _ second: Int32) -> MonitorFinding {
        let (enqueued, overtaking) = (enqueue(first), enqueue(second))
        let gone = dequeue(first)
        let early = dequeue(second) ?? overtaking
        let members = [enqueued, overtaking, early] + (gone.map { [$0] } ?? [])
        return MonitorFinding(members: members) { participants, place in
            let (a, b, c) = (place(enqueued), place(overtaking), place(early))
            var steps = [
                "\(participants.label(a)) comes before \(participants.label(b)): \(participants.returnedBefore(a, b)).",
                "First in, first out: the value of \(participants.label(a)) has to be taken before "
                    + "\(participants.name(c)) takes that of \(participants.label(b)).",
            ]
            var precedences = [participants.realTime(a, b)]
            if let gone {
                let d = place(gone)
                steps.append("But \(participants.returnedBefore(c, d)).")
                precedences.append(
                    participants.precedence(
                        d, c,
                        because: "\(participants.label(a)) came before \(participants.label(b))"))
                precedences.append(participants.realTime(c, d))
            } else {
                steps.append("But nobody ever took it.")
            }
            return Explanation(
                summary:
                    "\(participants.name(b)) was taken from the queue although \(participants.name(a)) had "
                    + "come before it and was still there.",
                steps: steps, precedences: precedences)
        }
    }

    private func missing(
        _ overtaken: [(first: Int32, second: Int32)], _ unknown: [Int]
    ) -> MonitorFinding {
        let sources = unknown.map(source)
        let values = overtaken.map { enqueue($0.first) }
        let proof = overtaken.flatMap {
            [enqueue($0.second)] + (dequeue($0.second).map { [$0] } ?? [])
        }
        return MonitorFinding(members: values + proof + sources) { participants, place in
            let gone = participants.list(values.map(place))
            return Explanation(
                summary: "What \(gone) enqueued must be gone, but only "
                    + "\(sources.count) dequeues of unknown outcome can have taken it.",
                steps: overtaken.compactMap { pair in
                    dequeue(pair.second).map { taker in
                        "\(participants.name(place(enqueue(pair.first)))) came before "
                            + "\(participants.name(place(enqueue(pair.second)))), which was taken by "
                            + "\(participants.name(place(taker))); so it was taken before."
                    }
                } + [
                    "By then only \(participants.list(sources.map(place))) can have taken anything."
                ])
        }
    }

    private func notEmpty(
        _ empty: Int32, _ values: [Int32], _ unknown: [Int32]
    ) -> MonitorFinding {
        let brought = values.map(enqueue)
        let taken = values.compactMap(dequeue)
        return MonitorFinding(members: [empty] + brought + taken + unknown) { participants, place in
            let name = participants.name(place(empty))
            return Explanation(
                summary: "\(name) found the queue empty, but at each moment it held something.",
                steps: values.map { value in
                    let enqueued = place(enqueue(value))
                    let until =
                        dequeue(value).map {
                            "until \(participants.name(place($0))) was called (event "
                                + "\(participants.call(place($0))))"
                        } ?? "and nobody is known to have taken it"
                    return "The value of \(participants.name(enqueued)) was there from event "
                        + "\(participants.return(enqueued)) on, \(until)."
                } + doubts(participants, unknown.map(place)) + [
                    "\(name) was under way from event \(participants.call(place(empty))) to event "
                        + "\(participants.return(place(empty)))."
                ])
        }
    }

    /// What can be said of dequeues of unknown outcome.
    private func doubts(_ participants: Participants, _ unknown: [Int]) -> [String] {
        guard !unknown.isEmpty else { return [] }
        return [
            "What nobody is known to have taken, \(participants.list(unknown)) may have, one value each, but "
                + "at no moment of that time all that was there."
        ]
    }
}
