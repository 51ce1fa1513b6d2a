internal import Checkers
internal import HistoryModel

/// The first that was found of an object, where nobody had put it there.
struct UnwrittenValue {
    /// What found it, and at which event.
    let function: Function
    let index: Int
    /// What was found.
    let value: Value
    /// What every object would have to hold at first.
    let initial: Value

    /// Looks at the first answer on each key; nil if all of them were brought by someone, are
    /// nothing, or can't have been there at first.
    init?(_ history: History, of model: ObjectModel) {
        let rules = model.completions
        // Of a number that is added to, only what was read before that was there at first.
        let isSum = rules.functions.contains { rules.rule(of: $0) == .amount }
        let brought = isSum ? [] : Self.brought(history, rules)
        var changed: Set<Value?> = []
        var answered: Set<Value?> = []
        for event in history.events {
            let rule = rules.rule(of: event.function)
            if event.type == .invoke, !(rule?.asksWithoutValue ?? false) {
                changed.insert(event.key)
            }
            guard event.type == .ok, rule?.tellsState ?? false,
                answered.insert(event.key).inserted, !isSum || !changed.contains(event.key),
                let initial = Self.initial(event.value.read, of: model, without: brought)
            else { continue }
            (function, index, value) = (event.function, event.index, event.value.read)
            self.initial = initial
            return
        }
        return nil
    }

    /// All values that somebody may have put somewhere, with their parts.
    private static func brought(_ history: History, _ rules: CompletionRules) -> Set<Value> {
        var brought: Set<Value> = []
        for event in history.events where event.type == .invoke {
            if rules.rule(of: event.function)?.asksWithoutValue ?? false { continue }
            brought.formUnion(event.value.parts)
        }
        return brought
    }

    /// What an object held at first of which this was found; nil if nothing of it was.
    private static func initial(
        _ found: Value, of model: ObjectModel, without brought: Set<Value>
    ) -> Value? {
        guard InitialValue.takesLists(model) else {
            let isNew = found != .null && !found.parts.contains(where: brought.contains)
            return isNew && InitialValue.fits(found, model) ? found : nil
        }
        // A collection is read whole, or one element is taken out of it.
        let isWhole = model.completions.rule(of: .read) != nil
        guard isWhole, case .list(let elements) = found else {
            let isNew = !isWhole && found != .null && !brought.contains(found)
            return isNew ? .list([found]) : nil
        }
        let rest = elements.filter { !brought.contains($0) }
        return rest.isEmpty ? nil : .list(rest)
    }
}

extension Value {
    /// The value and, if it is several, each of them and theirs: pairs of a compare-and-set,
    /// micro-operations.
    fileprivate var parts: [Value] {
        guard case .list(let elements) = self else { return [self] }
        return [self] + elements.flatMap(\.parts)
    }

    /// What was read: of a transaction, by its first read that found anything.
    fileprivate var read: Value {
        guard transaction != nil, case .list(let operations) = self else { return self }
        for case .list(let parts) in operations
        where ["r", "read"].contains(parts[0].name) && parts[2] != .null {
            return parts[2]
        }
        return .null
    }
}
