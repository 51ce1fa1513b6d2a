/// All that the search of one object never changes.
///
/// A configuration is a few words. The first holds the number of the state; then come the bits of
/// the pending operations that are done, then the packed counts of the unknowns used.
struct ModelPlan: Sendable {
    let operations: [ModelOperation]
    let events: [TimelineEvent]
    /// Per operation: its bit among those that are pending; for an unknown: its class.
    private(set) var slots: [Int32]
    /// Per class of unknowns, which all do the same: the number of the action.
    private(set) var classes: [Int32] = []
    /// Where the uses of each class are counted.
    let counts: CountLayout
    /// The words that hold one bit per pending operation.
    let windowWords: Int
    let actionCount: Int

    /// The words of a configuration that have to be equal for its counts to be comparable.
    var keyWords: Int { 1 + windowWords }
    /// The words of a configuration.
    var stride: Int { keyWords + counts.guards.count }

    init(_ history: ModelHistory) {
        operations = history.operations
        actionCount = history.actions.count
        events = operations.timeline()
        slots = [Int32](repeating: 0, count: operations.count)
        var numbers = [Int32](repeating: -1, count: history.actions.count)
        var sizes: [Int] = []
        for (index, operation) in operations.enumerated() where operation.isUnknown {
            let action = Int(operation.action)
            if numbers[action] < 0 {
                numbers[action] = Int32(classes.count)
                classes.append(operation.action)
                sizes.append(0)
            }
            sizes[Int(numbers[action])] += 1
            slots[index] = numbers[action]
        }
        windowWords = max(1, (operations.assignSlots(&slots, along: events) + 63) / 64)
        counts = CountLayout(sizes: sizes, keyWords: 1 + windowWords)
    }

    /// An empty set for configurations of this layout.
    func emptySet() -> ConfigurationSet {
        ConfigurationSet(keyWords: keyWords, guards: counts.guards)
    }
}
