import HistoryModel
import Testing

@testable import Checkers

/// Every model says of each function that it knows what its completions say.
@Suite struct CompletionRuleTests {
    /// The functions that a model knows, by its own account.
    private static let vocabularies: [(ObjectModel, [Function])] = [
        (.register, Array(RegisterReading.register.verbs.keys)),
        (.casRegister, Array(RegisterReading.register.verbs.keys)),
        (.kv, Array(RegisterReading.keyValue.verbs.keys) + [.append]),
        (.multiRegister, MultiRegisterModel(initial: .null).functions),
        (.mutex, Array(RegisterReading.mutex.verbs.keys)),
        (.lock, Array(RegisterReading.lock.verbs.keys)),
        (.fencedLock, Array(RegisterReading.lock.verbs.keys)),
        (.queue, QueueModel(initial: []).functions), (.stack, StackModel(initial: []).functions),
        (.priorityQueue, PriorityQueueModel(initial: nil).functions),
        (.set, SetModel(initial: nil).functions),
        (.listAppend, ListModel([], initial: nil).functions),
        (.counter, CounterModel(initial: nil).functions),
    ]

    @Test func `a model has a rule for each function that it knows, and for no other`() {
        #expect(Self.vocabularies.count == ObjectModel.all.count)
        for (model, functions) in Self.vocabularies {
            #expect(Set(model.completions.functions) == Set(functions), "\(model.name)")
        }
    }

    @Test func `a checker of another promise has rules as well`() {
        for checker in HistoryCheckers.all {
            #expect(!checker.completions.functions.isEmpty, "\(checker.name)")
        }
    }
}
