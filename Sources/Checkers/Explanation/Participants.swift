import HistoryModel

/// The operations of a counterexample under the labels that its text refers to.
struct Participants {
    /// In the order of their calls.
    let originals: [Operation]

    init(_ originals: [Operation]) { self.originals = originals }

    init(_ history: ModelHistory, of list: OperationList) {
        originals = history.operations.map { list[Int($0.source)] }
    }

    var all: [Counterexample.Participant] {
        originals.indices.map { place in
            var operation = originals[place]
            if operation.outcome == .info {
                // An unknown outcome may take effect later: its end does not count.
                operation.return = nil
                operation.returnTime = nil
            }
            return Counterexample.Participant(
                label: label(place), action: operation.action, operation: operation)
        }
    }

    /// A letter, with a number behind it from the 27th on.
    func label(_ place: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place % 26)))
        return place < 26 ? letter : letter + String(place / 26)
    }

    /// What was asked and answered: `A (write 7)`.
    func name(_ place: Int) -> String { "\(label(place)) (\(originals[place].action))" }

    func call(_ place: Int) -> Int { originals[place].call }

    /// Where it returned, for one that has a return that counts.
    func `return`(_ place: Int) -> Int { originals[place].return ?? originals[place].call }

    /// Several labels: `A, B and C`; of very many only the first.
    func list(_ places: some Sequence<Int>) -> String {
        let labels = places.map(label)
        guard labels.count > 12 else { return Witnesses.list(labels) }
        return Witnesses.list(labels.prefix(8) + ["\(labels.count - 8) others"])
    }

    /// Why one operation comes before another in real time.
    func returnedBefore(_ earlier: Int, _ later: Int) -> String {
        "\(label(earlier)) returned (event \(self.return(earlier))) before \(label(later)) was "
            + "called (event \(call(later)))"
    }

    /// What has to be said of operations that had not returned when another did: of those whose
    /// outcome is unknown, and of those that returned later.
    func notices(ofPending pending: [Int], until last: Int) -> [String] {
        let unknown = pending.filter { originals[$0].outcome == .info }
        let late = pending.filter { originals[$0].outcome != .info }
        var notices: [String] = []
        if !unknown.isEmpty {
            notices.append(
                "When \(list(unknown)) took effect is not known: at any time after the call, or never."
            )
        }
        if !late.isEmpty {
            notices.append(
                "\(list(late)) had not returned when \(label(last)) did (event "
                    + "\(self.return(last))), so each may have taken effect by then or not.")
        }
        return notices
    }

    func precedence(
        _ earlier: Int, _ later: Int, because: String
    ) -> Counterexample.Precedence {
        Counterexample.Precedence(before: label(earlier), after: label(later), because: because)
    }

    func realTime(_ earlier: Int, _ later: Int) -> Counterexample.Precedence {
        precedence(earlier, later, because: returnedBefore(earlier, later))
    }
}
