import HistoryModel

extension ObjectModel {
    /// All models that are known by name.
    public static let all: [ObjectModel] = [
        casRegister, register, kv, multiRegister, mutex, lock, fencedLock, queue, stack,
        priorityQueue, set, listAppend, counter,
    ]

    /// A register per key with read, write and compare-and-set; starts at nil.
    public static let casRegister = ObjectModel(
        name: "cas-register", summary: "a register per key: read, write, cas [expected new]",
        noun: RegisterReading.register.noun,
        completions: [.read: .answer, .write: .echo, .cas: .comparison],
        streamed: .register(.register)
    ) { RegisterProcedure($0, reading: .register) }

    /// The same as ``casRegister``, for histories without compare-and-set.
    public static let register = ObjectModel(
        name: "register", summary: "a register per key: read, write", noun: casRegister.noun,
        completions: casRegister.completions, streamed: .register(.register),
        procedure: casRegister.procedure)

    /// A text per key with get, put and append; starts empty.
    public static let kv = ObjectModel(
        name: "kv", summary: "a text per key: get, put, append; starts empty", noun: "key",
        completions: [
            .get: .answer, .put: .echo, .append: .echo, .read: .answer, .write: .echo,
            .cas: .comparison,
        ], streamed: .register(.keyValue)
    ) { subhistory in
        guard subhistory.operations.contains(.append, in: subhistory.members) else {
            return RegisterProcedure(subhistory, reading: .keyValue)
        }
        return TextProcedure(subhistory)
    }

    /// Registers that are read and written several at a time.
    public static let multiRegister = ObjectModel(
        name: "multi-register", summary: "registers, several at once: txn [[r k v] [w k v]]",
        noun: "set of registers",
        completions: ["txn": .transaction, .read: .transaction, .write: .transaction]
    ) { subhistory in
        let model = MultiRegisterModel(initial: subhistory.initial ?? .null)
        return PhantomProcedure(
            subhistory, model.phantom, else: ModelProcedure(subhistory, model: model))
    }

    private static let locking: CompletionRules = [
        "acquire": .attempt, "release": .attempt, "lock": .attempt, "unlock": .attempt,
    ]

    /// A lock that anybody may release.
    public static let mutex = ObjectModel(
        name: "mutex", summary: "a lock that anybody may release: acquire, release",
        noun: RegisterReading.mutex.noun, completions: locking, streamed: .mutex
    ) { RegisterProcedure($0, reading: .mutex) }

    /// A lock that only its holder may release.
    public static let lock = ObjectModel(
        name: "lock", summary: "a lock that only its holder may release: acquire, release",
        noun: RegisterReading.lock.noun, completions: locking,
        streamed: .lock(isFenced: false)
    ) { LockProcedure($0, isFenced: false) }

    /// A lock that only its holder may release, and of which each acquisition returns a token larger
    /// than all before.
    public static let fencedLock = ObjectModel(
        name: "fenced-lock",
        summary:
            "a lock that only its holder may release: acquire (returns a rising token), release",
        noun: RegisterReading.lock.noun, completions: locking, streamed: .lock(isFenced: true)
    ) { LockProcedure($0, isFenced: true) }

    /// A queue: first in, first out.
    public static let queue = ObjectModel(
        name: "queue", summary: "first in, first out: enqueue, dequeue (nil if empty)",
        noun: "queue", completions: ["enqueue": .echo, "dequeue": .answer], streamed: .queue
    ) { QueueProcedure($0) }

    /// A stack: last in, first out.
    public static let stack = ObjectModel(
        name: "stack", summary: "last in, first out: push, pop (nil if empty)", noun: "stack",
        completions: ["push": .echo, "pop": .answer]
    ) {
        ValueIntervalProcedure($0, StackRule.self, put: "push", take: "pop") {
            StackModel(initial: $0)
        }
    }

    /// A priority queue: the smallest value comes out first.
    public static let priorityQueue = ObjectModel(
        name: "priority-queue",
        summary: "smallest first out: insert, poll (nil if empty)", noun: "priority queue",
        completions: ["insert": .echo, "poll": .answer]
    ) { subhistory in
        let inserted = subhistory.own.filter { $0.function == "insert" }.map(\.input)
        let order = PriorityOrder(inserted + (subhistory.initial?.elements ?? []))
        return ValueIntervalProcedure(subhistory, PriorityRule.self, put: "insert", take: "poll") {
            PriorityQueueModel(initial: .list($0), order: order)
        }
    }

    /// A set, judged element by element unless it is read as a whole.
    public static let set = ObjectModel(
        name: "set",
        summary: "a set: add, remove, contains (each may return a truth value), read",
        noun: "set",
        completions: [
            "add": .update, "remove": .update, "contains": .membership, .read: .elements,
        ], streamed: .set,
        split: { members, operations in
            guard !operations.contains(.read, in: members) else { return nil }
            return LinearizabilityChecker.groups(members, of: operations, by: \.input)
        }
    ) { subhistory in
        guard subhistory.operations.contains(.read, in: subhistory.members) else {
            var element = subhistory
            let isThere = subhistory.initial?.elements.contains { $0 == subhistory.key } ?? false
            element.initial = .bool(isThere)
            return RegisterProcedure(element, reading: .element)
        }
        return AppendListProcedure(subhistory, kind: .set) { _, initial, _ in
            SetModel(initial: initial)
        }
    }

    /// A list per key that is appended to and read as a whole.
    public static let listAppend = ObjectModel(
        name: "list-append", summary: "a list per key: append, read (the whole list)",
        noun: "list", completions: [.append: .echo, .read: .answer], streamed: .list
    ) { AppendListProcedure($0, kind: .list) { ListModel($0, initial: $1, tellsAllApart: $2) } }

    /// A number that is increased blindly and read.
    public static let counter = ObjectModel(
        name: "counter", summary: "a number: add n, increment, decrement, add-and-get, read",
        noun: "counter",
        completions: [
            .add: .echo, "increment": .amount, "decrement": .amount,
            CounterModel.addAndGet: .answer, .read: .answer,
        ], streamed: .counter
    ) { CounterProcedure($0) }
}

extension OperationList {
    /// Whether one of the operations at these places has a function.
    fileprivate func contains(_ function: Function, in members: [Int32]) -> Bool {
        guard let number = number(of: function) else { return false }
        return members.contains { packed[Int($0)].function == number }
    }
}
