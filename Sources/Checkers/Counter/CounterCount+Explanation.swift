import HistoryModel

extension CounterCount {
    /// The operations that prove a violation, and the story.
    func finding(for violation: Violation) -> MonitorFinding {
        let second = violation.second.source
        let first = violation.first?.source
        let increments = violation.increments.map(\.source)
        return MonitorFinding(members: (first.map { [$0] } ?? []) + [second] + increments) {
            participants, place in
            tell(
                violation, participants, first: first.map(place), second: place(second),
                increments: increments.map(place).sorted())
        }
    }

    private func tell(
        _ violation: Violation, _ participants: Participants, first: Int?, second: Int,
        increments: [Int]
    ) -> Explanation {
        let amount = violation.second.amount
        let before = violation.first?.amount ?? initial
        let origin = first.map { "\(participants.name($0))" } ?? "the beginning with \(initial)"
        switch violation.kind {
        case .backwards:
            guard let first else {
                return Explanation(
                    summary:
                        "\(participants.label(second)) read \(amount), but the counter began with "
                        + "\(initial).", steps: ["The counter only grows."])
            }
            let because = "it read less, and the counter only grows"
            return Explanation(
                summary:
                    "\(participants.label(second)) read \(amount), although \(participants.label(first)) had "
                    + "read \(before) before.",
                steps: [
                    "\(participants.returnedBefore(first, second)).",
                    "The counter only grows: \(participants.label(second)) would have to come first.",
                ],
                precedences: [
                    participants.realTime(first, second),
                    participants.precedence(second, first, because: because),
                ])
        case .tooMany:
            let until =
                "before \(participants.label(second)) was called (event \(participants.call(second)))"
            return Explanation(
                summary:
                    "\(participants.label(second)) read \(amount), but the counter was at least "
                    + "\(before + Int64(increments.count)) by then.",
                steps: [
                    first.map { "\(participants.label($0)) read \(before)." }
                        ?? "The counter began with \(before).",
                    "\(participants.list(increments)) "
                        + (first.map {
                            "began after \(participants.label($0)) had returned (event \(participants.return($0))) and "
                        } ?? "") + "returned \(until).",
                    "So the counter grew by \(increments.count) in between, but "
                        + "\(participants.label(second)) read only \(amount).",
                ],
                precedences: increments.flatMap { increment in
                    (first.map { [participants.realTime($0, increment)] } ?? [])
                        + [participants.realTime(increment, second)]
                })
        case .tooFew:
            return Explanation(
                summary:
                    "\(participants.label(second)) read \(amount), but the counter can't have been more "
                    + "than \(before + Int64(increments.count)) by then.",
                steps: [
                    "From \(origin) to \(participants.name(second)) the counter grew by \(amount - before).",
                    increments.isEmpty
                        ? "But no increment \(span(participants, first, second))."
                        : "But only \(participants.list(increments)) \(span(participants, first, second)).",
                ])
        }
    }

    private func span(_ participants: Participants, _ first: Int?, _ second: Int) -> String {
        let end = "event \(participants.return(second))"
        return first.map { "was under way between event \(participants.call($0)) and \(end)" }
            ?? "was called before \(end)"
    }
}
