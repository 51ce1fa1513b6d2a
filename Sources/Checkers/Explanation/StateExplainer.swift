import HistoryModel

/// Tells why operations can't be put in order by what the \(noun) can have held, event by event.
struct StateExplainer {
    let witnesses: Witnesses
    let walk: StateWalk<Int32>
    /// What the object is called.
    let noun: String
    /// The operations of which it does not count what they replaced.
    let blind: [Int]
    /// Whether all is shown that may have changed the object meanwhile; else only what it did to the
    /// values that are named here is told.
    let isWhole: Bool

    /// The story, if trying every order confirms that there is one.
    func explanation() -> Explanation? {
        guard let last = walk.impossible else { return nil }
        let label = witnesses.label(last)
        let meanwhile = states(walk.meanwhile)
        let wanted = witnesses.value(witnesses.history.operations[last].before)
        var steps: [String] = []
        if let earlier = witnesses.background.earlier {
            steps.append(
                "\(witnesses.name(of: earlier)) was the last to bring \(wanted) before "
                    + "(returned at event \(earlier.return ?? earlier.call)).")
        }
        steps.append(start())
        steps += notices(until: last)
        for step in walk.atReturns
        where witnesses.history.operations[step.operation].mutates || step.states.count == 1 {
            let operation = step.operation
            steps.append(
                "When \(witnesses.name(operation)) returned (event \(witnesses.return(operation)))"
                    + ", \(subject) can only have \(held) \(states(step.states))."
            )
        }
        if let refused = witnesses.background.refused {
            steps.append(witnesses.refusal(of: refused))
        }
        steps.append(
            "While \(witnesses.name(last)) was under way (events \(witnesses.call(last)) to "
                + "\(witnesses.return(last))) \(subject) can only have \(held) \(meanwhile), in every "
                + "order that fits what was seen before; "
                + (walk.othersForbid
                    ? "where that allows \(label), it does not allow what others found meanwhile."
                    : "it never \(witnesses.isElement ? "was" : "held") \(wanted)."))
        return Explanation(
            summary: "\(label) \(witnesses.pastAction(last)), but \(subject) can only have \(held) "
                + "\(meanwhile) at that time.",
            steps: steps, precedences: realTimeOrder())
    }

    /// What has to be said of operations whose end, or whose beginning, does not count.
    private func notices(until last: Int) -> [String] {
        let operations = witnesses.history.operations
        var notices = witnesses.notices(
            ofPending: operations.indices.filter { operations[$0].isUnknown }, until: last)
        if !blind.isEmpty {
            notices.append("It makes no difference what \(witnesses.list(blind)) found.")
        }
        return notices
    }

    private var subject: String { witnesses.isElement ? "the element" : "the \(noun)" }

    private var held: String { witnesses.isElement ? "been" : "held" }

    private func start() -> String {
        guard witnesses.history.startsAnywhere else {
            return witnesses.isElement
                ? "At first the element was \(witnesses.value(RegisterHistory.initialValue))."
                : "The \(noun) began with \(witnesses.value(RegisterHistory.initialValue))."
        }
        let first = witnesses.history.operations.indices.map(witnesses.call).min() ?? 0
        return witnesses.isElement
            ? "Before event \(first) the element may have been there or not: it makes no difference."
            : "Before event \(first) the \(noun) may have held anything: it makes no difference."
    }

    private func states(_ states: Set<Int32>) -> String {
        let known = states.filter { $0 != RegisterHistory.somethingElse }.sorted()
            .map(witnesses.value)
        let other = known.count < states.count ? ["something else"] : []
        return Witnesses.list(known + other, or: "or")
            + (isWhole ? "" : " of the values named here")
    }

    /// Who came before whom by real time, without what follows from the rest.
    private func realTimeOrder() -> [Counterexample.Precedence] {
        let operations = witnesses.history.operations
        var order: [Counterexample.Precedence] = []
        for earlier in operations.indices {
            for later in operations.indices
            where operations[earlier].return < operations[later].call {
                let isDirect = !operations.contains {
                    operations[earlier].return < $0.call && $0.return < operations[later].call
                }
                if isDirect { order.append(witnesses.realTime(earlier, later)) }
            }
        }
        return order
    }
}
