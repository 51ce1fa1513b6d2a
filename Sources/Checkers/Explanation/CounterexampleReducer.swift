/// Cuts a history that can't be put in order down to the few operations that prove it.
///
/// Every step only asks for less, and is kept only if a search confirms that the rest still can't
/// be put in order.
struct CounterexampleReducer {
    /// The steps of searching that are left; without them nothing more is confirmed.
    private(set) var stepsLeft: Int
    let bytesMax: Int

    /// Whether a search proves that the operations can't be put in order.
    mutating func isImpossible(_ history: RegisterHistory) -> Bool {
        outcome(of: history)?.isImpossible == true
    }

    /// What a search says; nil if it takes more steps than are left.
    mutating func outcome(of history: RegisterHistory) -> SearchOutcome? {
        var search = RegisterSearch(history, bytesMax: bytesMax)
        let outcome = search.advance(until: stepsLeft)
        stepsLeft -= search.steps
        return outcome
    }

    /// Finds the last moment from which on it is impossible whatever the register held then.
    ///
    /// Short windows are tried one by one, because an operation that a window cuts through loses
    /// its deadline, so that a longer one may prove less; long ones are found by bisection.
    mutating func lastWindow(of history: RegisterHistory) -> RegisterHistory {
        let end = 2 * history.operations.count - history.operations.count(where: \.isUnknown)
        var length = 2
        while length < end, !isImpossible(history.window(from: end - length)) {
            length += length < 64 ? 1 : length
        }
        guard length < end || isImpossible(history.window(from: 1)) else { return history }
        var enough = min(length, end - 1)
        var tooShort = length <= 64 ? enough - 1 : length / 2
        while enough - tooShort > 1 {
            let middle = (tooShort + enough) / 2
            if isImpossible(history.window(from: end - middle)) {
                enough = middle
            } else {
                tooShort = middle
            }
        }
        return history.window(from: end - enough)
    }

    /// Leaves out whatever can be left out, until every single thing is needed.
    mutating func reduce(_ history: RegisterHistory) -> RegisterHistory {
        var smallest = history
        while true {
            let before = smallest.operations
            smallest = remove(smallest.forgettableValues(), from: smallest)
            smallest = remove(smallest.droppableOperations(), from: smallest)
            smallest = remove(smallest.blindableOperations(), from: smallest)
            if smallest.operations == before { return smallest }
        }
    }

    /// Leaves out as many as can be.
    private mutating func remove(
        _ weakenings: [Weakening], from history: RegisterHistory
    ) -> RegisterHistory {
        var smallest = history
        var reductions = DeltaDebugging(weakenings)
        while let part = reductions.next {
            let candidate = smallest.weakened(by: part)
            let isLeftOut = isImpossible(candidate)
            if isLeftOut { smallest = candidate }
            reductions.record(isLeftOut: isLeftOut)
        }
        return smallest
    }
}
