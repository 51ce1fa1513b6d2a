import HistoryModel

extension ModelExplainer {
    /// The story of a few operations that can't be put in order, all of them called `after` another
    /// at whose return everything was as at first.
    func tell(
        _ smallest: ModelHistory, after start: Int32?, _ walk: StateWalk<Model.State>
    ) -> Counterexample? {
        guard let last = walk.impossible else { return nil }
        let participants = Participants(smallest, of: subhistory.operations)
        var steps = [beginning(after: start)]
        steps += participants.notices(
            ofPending: smallest.operations.indices.filter { smallest.operations[$0].isUnknown },
            until: last)
        steps += walk.atReturns.map {
            step(participants.name($0.operation), participants.return($0.operation), $0)
        }
        steps.append(impossibility(participants, last, walk))
        return Counterexample(
            key: subhistory.key?.description, summary: summary(participants.name(last), walk),
            steps: steps,
            participants: participants.all)
    }

    /// The story of the end of a long history: what all that came before had led to, and what was
    /// under way at the operation that is impossible.
    func tellEnd(of history: ModelHistory, failingAt culprit: Int32) -> Counterexample? {
        guard let last = history.operations.firstIndex(where: { $0.source == culprit }) else {
            return nil
        }
        guard let walk = StateWalk(plainModel, history) else {
            return tellUnordered(failingAt: culprit)
        }
        guard walk.impossible == last else { return nil }
        let call = history.operations[last].call
        let before = walk.atReturns.last { history.operations[$0.operation].return < call }
        var told = history
        let start = before.map { history.operations[$0.operation].call } ?? 0
        told.operations = history.operations.filter { operation in
            let isLost = subhistory.operations[Int(operation.source)].outcome != .ok
            return operation.call >= start && (operation.return > call || operation.call == start)
                || operation.return > call && !isLost
        }
        let participants = Participants(told, of: subhistory.operations)
        func place(_ operation: Int) -> Int {
            let source = history.operations[operation].source
            return told.operations.firstIndex { $0.source == source } ?? 0
        }
        var steps = warning(about: told, theLastOf: history.operations.count)
        let name = participants.name(place(last))
        for step in walk.atReturns
        where step.operation == before?.operation
            || history.operations[step.operation].return > call
        {
            let place = place(step.operation)
            steps.append(self.step(participants.name(place), participants.return(place), step))
        }
        steps.append(impossibility(participants, place(last), walk))
        return Counterexample(
            key: subhistory.key?.description, summary: summary(name, walk), steps: steps,
            participants: participants.all)
    }

    /// The story where there are too many orders to follow: the operations that were under way at the
    /// impossible one, and that there is no order.
    ///
    /// All operations called before its return have none, with whatever they returned later: what
    /// happens first in such an order is an order of what had happened by then.
    func tellUnordered(failingAt culprit: Int32) -> Counterexample? {
        let all = ModelHistory(
            members: subhistory.members, of: subhistory.operations, model: plainModel)
        guard let last = all.operations.first(where: { $0.source == culprit }) else { return nil }
        let before = all.operations.filter { $0.call < last.return }
        var told = all
        told.operations = before.filter { $0.return > last.call && !$0.isUnknown }
        guard let place = told.operations.firstIndex(of: last) else { return nil }
        let participants = Participants(told, of: subhistory.operations)
        let name = participants.name(place)
        return Counterexample(
            key: subhistory.key?.description,
            summary: "The \(before.count) operations\(onPart) called before \(name) returned have "
                + "no order.",
            steps: warning(about: told, theLastOf: before.count) + [
                "None of the orders that real time allows explains all that they returned."
            ], participants: participants.all)
    }

    private func beginning(after start: Int32?) -> String {
        guard let start, let event = subhistory.operations[Int(start)].return else {
            let rest = subhistory.initial == nil ? "" : ofPart
            return "The \(model.noun) began with \(plainModel.describe(plainModel.initial))\(rest)."
        }
        return "At event \(event) nothing that counts was under way, and the \(model.noun) "
            + "\(held([plainModel.initial]))."
    }

    /// That the operations shown are not all that count; that they prove nothing alone only if trying
    /// every order finds one.
    private func warning(about told: ModelHistory, theLastOf count: Int) -> [String] {
        guard told.operations.count < count else { return [] }
        var told = told
        for index in told.operations.indices {
            let original = subhistory.operations[Int(told.operations[index].source)]
            told.operations[index].call = original.call
            told.operations[index].return =
                original.outcome == .ok ? original.return ?? .max : ModelOperation.never
        }
        told.renumberEvents()
        let walk = StateWalk(plainModel, told)
        let hasOrder = walk != nil && walk?.impossible == nil
        return [
            "These are the last of \(count) operations\(onPart), all of which count"
                + (hasOrder ? ": these alone prove nothing." : ".")
        ]
    }

    private var onPart: String {
        part.map { " on \(list($0.map(\.description), conjunction: "and"))" } ?? ""
    }

    private func step(_ name: String, _ event: Int, _ step: StateWalk<Model.State>.Step) -> String {
        "When \(name) returned (event \(event)), the \(model.noun) \(held(step.states))."
    }

    private func summary(_ name: String, _ walk: StateWalk<Model.State>) -> String {
        "\(name) is impossible: the \(model.noun) \(held(walk.meanwhile)) at that time."
    }

    private func impossibility(
        _ participants: Participants, _ last: Int, _ walk: StateWalk<Model.State>
    ) -> String {
        let name = participants.name(last)
        let reason =
            walk.othersForbid
            ? "where that allows \(name), it does not allow what others returned meanwhile."
            : "none of it allows \(name)."
        return
            "While \(name) was under way (events \(participants.call(last)) to \(participants.return(last))) "
            + "the \(model.noun) \(held(walk.meanwhile)), in every order that fits what was "
            + "returned before; \(reason)"
    }

    private func held(_ states: Set<Model.State>) -> String {
        "can only have held \(list(states))\(ofPart)"
    }

    private var ofPart: String { part == nil ? "" : " of the values named here" }
}
