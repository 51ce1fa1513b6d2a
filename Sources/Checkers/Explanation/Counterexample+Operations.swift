import HistoryModel

extension Counterexample {
    /// A few operations that break a promise, and the story of it, which finds them in the cast.
    init(
        of operations: [Operation], key: Value?,
        tell: (Participants, (Operation) -> Int) -> Explanation
    ) {
        var calls: Set<Int> = []
        let participants = Participants(
            operations.filter { calls.insert($0.call).inserted }.sorted { $0.call < $1.call })
        let explanation = tell(participants) { operation in
            participants.originals.firstIndex { $0.call == operation.call } ?? 0
        }
        self.init(
            key: key?.description, summary: explanation.summary, steps: explanation.steps,
            participants: participants.all, precedences: explanation.precedences)
    }
}

extension Value {
    /// The value as a person writes it, a long list or text with its middle left out.
    var abridged: String {
        if case .text(let text) = self, text.count > 72 {
            return Value.text("\(text.prefix(16)) … \(text.suffix(40))").description
        }
        if case .form(let form) = self, form.count > 72 {
            return "\(form.prefix(40)) … \(form.suffix(16))"
        }
        guard case .list(let values) = self, values.count > 12 else { return description }
        let shown =
            values.prefix(4).map(\.description) + ["…"] + values.suffix(4).map(\.description)
        return "[\(shown.joined(separator: " "))], \(values.count) elements"
    }
}
