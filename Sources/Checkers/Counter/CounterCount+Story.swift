import HistoryModel

extension CounterCount {
    /// The operations that prove a violation, and the story.
    func finding(for violation: Violation) -> MonitorFinding {
        let second = violation.second.source
        let first = violation.first?.source
        let increments = violation.increments.map(\.source)
        return MonitorFinding(members: (first.map { [$0] } ?? []) + [second] + increments) {
            cast, place in
            tell(
                violation, cast, first: first.map(place), second: place(second),
                increments: increments.map(place).sorted())
        }
    }

    private func tell(
        _ violation: Violation, _ cast: Cast, first: Int?, second: Int, increments: [Int]
    ) -> Story {
        let amount = violation.second.amount
        let before = violation.first?.amount ?? initial
        let origin = first.map { "\(cast.name($0))" } ?? "the beginning with \(initial)"
        switch violation.kind {
        case .backwards:
            guard let first else {
                return Story(
                    summary: "\(cast.label(second)) read \(amount), but the counter began with "
                        + "\(initial).", steps: ["The counter only grows."])
            }
            let because = "it read less, and the counter only grows"
            return Story(
                summary: "\(cast.label(second)) read \(amount), although \(cast.label(first)) had "
                    + "read \(before) before.",
                steps: [
                    "\(cast.returnedBefore(first, second)).",
                    "The counter only grows: \(cast.label(second)) would have to come first.",
                ],
                precedences: [
                    cast.realTime(first, second),
                    cast.precedence(second, first, because: because),
                ])
        case .tooMany:
            let until = "before \(cast.label(second)) was called (event \(cast.call(second)))"
            return Story(
                summary: "\(cast.label(second)) read \(amount), but the counter was at least "
                    + "\(before + Int64(increments.count)) by then.",
                steps: [
                    first.map { "\(cast.label($0)) read \(before)." }
                        ?? "The counter began with \(before).",
                    "\(cast.list(increments)) "
                        + (first.map {
                            "began after \(cast.label($0)) had returned (event \(cast.return($0))) and "
                        } ?? "") + "returned \(until).",
                    "So the counter grew by \(increments.count) in between, but "
                        + "\(cast.label(second)) read only \(amount).",
                ],
                precedences: increments.flatMap { increment in
                    (first.map { [cast.realTime($0, increment)] } ?? [])
                        + [cast.realTime(increment, second)]
                })
        case .tooFew:
            return Story(
                summary:
                    "\(cast.label(second)) read \(amount), but the counter can't have been more "
                    + "than \(before + Int64(increments.count)) by then.",
                steps: [
                    "From \(origin) to \(cast.name(second)) the counter grew by \(amount - before).",
                    increments.isEmpty
                        ? "But no increment \(span(cast, first, second))."
                        : "But only \(cast.list(increments)) \(span(cast, first, second)).",
                ])
        }
    }

    private func span(_ cast: Cast, _ first: Int?, _ second: Int) -> String {
        let end = "event \(cast.return(second))"
        return first.map { "was under way between event \(cast.call($0)) and \(end)" }
            ?? "was called before \(end)"
    }
}
