import HistoryModel

/// Tells why operations can't be put in order by what the \(noun) can have held, event by event.
struct StateNarrator {
    let witnesses: Witnesses
    let walk: StateWalk
    /// What the object is called.
    let noun: String

    /// The story, if trying every order confirms that there is one.
    func story() -> Story? {
        guard let last = walk.impossible else { return nil }
        let label = witnesses.label(last)
        let held = states(walk.meanwhile)
        let wanted = witnesses.value(witnesses.history.operations[last].before)
        var steps: [String] = []
        if let earlier = witnesses.background.earlier {
            steps.append(
                "\(witnesses.name(of: earlier)) was the last to bring \(wanted) before "
                    + "(returned at event \(earlier.return ?? earlier.call)).")
        }
        steps.append(start())
        let unknown = witnesses.history.operations.indices.filter {
            witnesses.history.operations[$0].isUnknown
        }
        if !unknown.isEmpty {
            steps.append(
                "When \(witnesses.list(unknown)) took effect is not known: at any time after the "
                    + "call, or never.")
        }
        for (operation, states) in walk.atReturns
        where witnesses.history.operations[operation].mutates || states.count == 1 {
            steps.append(
                "When \(witnesses.name(operation)) returned (event \(witnesses.return(operation)))"
                    + ", the \(noun) held \(self.states(states))"
                    + (states.count > 1 ? reservation(operation) : "") + ".")
        }
        if let refused = witnesses.background.refused {
            steps.append(witnesses.refusal(of: refused))
        }
        steps.append(
            "While \(witnesses.name(last)) was under way (events \(witnesses.call(last)) to "
                + "\(witnesses.return(last))) the \(noun) can only have held \(held), in every "
                + "order that fits what was seen before; it never held \(wanted).")
        return Story(
            summary: "\(label) \(witnesses.deed(last)), but the \(noun) can only have held "
                + "\(held) at that time.",
            steps: steps, precedences: realTimeOrder())
    }

    private func start() -> String {
        guard witnesses.history.startsAnywhere else {
            return "The \(noun) began with \(witnesses.value(RegisterHistory.initialValue))."
        }
        let first = witnesses.history.operations.indices.map(witnesses.call).min() ?? 0
        return "Before event \(first) the \(noun) may have held anything: it makes no difference."
    }

    private func states(_ states: [Int32]) -> String {
        let known = states.filter { $0 != StateWalk.somethingElse }.map(witnesses.value)
        let other = known.count < states.count ? ["something else"] : []
        return Witnesses.list(known + other, or: "or")
    }

    /// Names what was still under way at a return, since it may or may not have happened by then.
    private func reservation(_ operation: Int) -> String {
        let end = witnesses.history.operations[operation].return
        let open = witnesses.history.operations.indices.filter {
            let other = witnesses.history.operations[$0]
            return other.mutates && other.call < end && other.return > end
        }
        guard !open.isEmpty else { return "" }
        return " (\(witnesses.list(open)) may have taken effect by then or not)"
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
