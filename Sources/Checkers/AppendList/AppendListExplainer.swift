import HistoryModel

/// Tells why the operations on a collection that only grows can't be put in order.
struct AppendListExplainer {
    private let history: AppendListHistory

    init(_ history: AppendListHistory) { self.history = history }

    /// The operations that prove a violation, the story, and the elements that it is about.
    func finding(
        for violation: AppendListMonitor.Violation
    ) -> (finding: MonitorFinding, elements: Set<Value>) {
        switch violation {
        case .neverAdded(let read, let element):
            (onlyRead(read, "found \(value(element)), which nobody ever added"), [value(element)])
        case .doubled(let read, let element):
            (
                onlyRead(read, "found \(value(element)) twice, which was added once"),
                [value(element)]
            )
        case .incomparable(let first, let second, let left, let right):
            (incomparable(first, second, left, right), [value(left), value(right)])
        case .tooLate(let earlier, let later): tooLate(earlier, later)
        }
    }

    private func value(_ element: Int32) -> Value { history.elements[Int(element)] }

    private func source(_ index: Int) -> Int32 { history.operations[index].source }

    private func adder(_ element: Int32) -> Int32 {
        source(Int(history.adders[Int(element)]))
    }

    private func onlyRead(_ read: Int, _ what: String) -> MonitorFinding {
        let members =
            [source(read)]
            + history.reads[Int(history.operations[read].read)].compactMap {
                what.contains("twice") && history.adders[Int($0)] >= 0 ? adder($0) : nil
            }
        return MonitorFinding(members: members) { participants, place in
            let label = participants.label(place(source(read)))
            return Explanation(
                summary: "\(label) \(what).",
                steps: [
                    "\(label) was under way from event \(participants.call(place(source(read)))) to event "
                        + "\(participants.return(place(source(read))))."
                ])
        }
    }

    private func incomparable(
        _ first: Int, _ second: Int, _ left: Int32, _ right: Int32
    ) -> MonitorFinding {
        let (one, other) = (source(first), source(second))
        return MonitorFinding(members: [one, other, adder(left), adder(right)]) {
            participants, place in
            let (a, b) = (participants.label(place(one)), participants.label(place(other)))
            let (x, y) = (value(left), value(right))
            let steps =
                history.kind.isOrdered
                ? [
                    "Up to one place both found the same; there \(a) found \(x) and \(b) \(y).",
                    "Nothing is ever taken out or moved, so of two reads one begins like the other.",
                ]
                : [
                    "\(a) found \(x), which \(b) did not; so \(a) comes after \(b).",
                    "\(b) found \(y), which \(a) did not; so \(b) comes after \(a).",
                ]
            return Explanation(
                summary: "\(a) found \(x) and \(b) found \(y), and neither can have come first.",
                steps: steps)
        }
    }

    private func tooLate(
        _ earlier: Int, _ later: Int
    ) -> (finding: MonitorFinding, elements: Set<Value>) {
        let operations = history.operations
        let (one, other) = (source(earlier), source(later))
        var members = [one, other]
        var elements = Set([earlier, later].compactMap { operations[$0].element.map(value) })
        /// The smallest read that shows which of two additions came first.
        var witness: Int32?
        if let element = operations[earlier].element, operations[later].element != nil {
            let reader = operations.indices.filter {
                operations[$0].element == nil
                    && history.reads[Int(operations[$0].read)].contains(element)
            }.min {
                history.reads[Int(operations[$0].read)].count
                    < history.reads[Int(operations[$1].read)].count
            }
            witness = reader.map(source)
            members += witness.map { [$0] } ?? []
        }
        if let more = firstNew(earlier, later) {
            elements.insert(value(more))
            members.append(adder(more))
        }
        let finding = MonitorFinding(members: members) { participants, place in
            let (a, b) = (place(one), place(other))
            let because = reason(earlier, later, participants, place, witness)
            let order = participants.precedence(a, b, because: because)
            return Explanation(
                summary: "\(because), although \(participants.name(b)) had returned before "
                    + "\(participants.label(a)) was called.",
                steps: [order.sentence, "But \(participants.returnedBefore(b, a))."],
                precedences: [order, participants.realTime(b, a)])
        }
        return (finding, elements)
    }

    /// What the later of two reads found and the earlier did not.
    private func firstNew(_ earlier: Int, _ later: Int) -> Int32? {
        let operations = history.operations
        guard operations[earlier].element == nil, operations[later].element == nil else {
            return nil
        }
        let some = Set(history.reads[Int(operations[earlier].read)])
        return history.reads[Int(operations[later].read)].first { !some.contains($0) }
    }

    /// Why, by what was read, one operation comes before another.
    private func reason(
        _ earlier: Int, _ later: Int, _ participants: Participants, _ place: (Int32) -> Int,
        _ witness: Int32?
    ) -> String {
        let (a, b) = (
            participants.label(place(source(earlier))), participants.label(place(source(later)))
        )
        switch (history.operations[earlier].element, history.operations[later].element) {
        case (let element?, nil): return "\(b) found \(value(element)), which only \(a) added"
        case (nil, let element?): return "\(a) did not find \(value(element)) yet"
        case (nil, nil):
            let more = firstNew(earlier, later).map { "\(value($0))" } ?? "more"
            return "\(b) found \(more) and \(a) did not"
        case (_?, let element?):
            let reader = witness.map { participants.label(place($0)) } ?? "a read"
            return "\(reader) found what \(a) added, and not \(value(element)) before it"
        }
    }
}
