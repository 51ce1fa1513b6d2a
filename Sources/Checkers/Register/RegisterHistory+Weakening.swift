import HistoryModel

/// A way to ask for less.
///
/// If what is left can't be put in order, then neither can the whole: that is what makes it
/// allowed to leave things out of a counterexample.
enum Weakening: Hashable, Sendable {
    /// Leaves out all that brought or observed a value; who replaced it replaced anything.
    case forget(value: Int32)
    /// Leaves out a read, or a mutation whose value is not observed.
    case drop(source: Int32)
    /// Lets a compare-and-set replace anything.
    case blind(source: Int32)
}

extension RegisterHistory {
    /// Everything that can be asked for less.
    func forgettableValues() -> [Weakening] {
        var values = Set<Int32>()
        return operations.flatMap { [$0.before, $0.after] }
            .filter { values.insert($0).inserted }.map { .forget(value: $0) }
    }

    /// The operations that can be left out one by one.
    func droppableOperations() -> [Weakening] {
        let observed = Set(operations.lazy.filter(\.observes).map(\.before))
        return operations.filter { !$0.mutates || !observed.contains($0.after) }
            .map { .drop(source: $0.source) }
    }

    /// The compare-and-sets that can become plain writes.
    func blindableOperations() -> [Weakening] {
        operations.filter { $0.kind == .cas }.map { .blind(source: $0.source) }
    }

    /// The history that asks for less.
    func weakened(by weakenings: some Sequence<Weakening>) -> RegisterHistory {
        let all = Set(weakenings)
        var weaker = self
        weaker.operations = operations.compactMap { operation in
            if all.contains(.drop(source: operation.source)) { return nil }
            let forgetsBefore = operation.observes && all.contains(.forget(value: operation.before))
            if operation.kind == .read { return forgetsBefore ? nil : operation }
            if all.contains(.forget(value: operation.after)) { return nil }
            let isBlind = forgetsBefore || all.contains(.blind(source: operation.source))
            return isBlind ? operation.blind : operation
        }
        weaker.dropUnobservedUnknowns()
        weaker.renumberEvents()
        return weaker
    }

    /// What had happened, and was under way, when an operation returned.
    func prefix(toReturnOf last: Int) -> RegisterHistory {
        let end = operations[last].return
        var prefix = self
        prefix.operations = operations.compactMap { operation in
            guard operation.call < end else { return nil }
            return operation.return > end ? operation.open : operation
        }
        prefix.compact()
        return prefix
    }

    /// Only the operations that stand at these places, some of them replacing anything.
    func restricted(to members: Set<Int>, blind: Set<Int>) -> RegisterHistory {
        var part = self
        part.operations = members.sorted().map {
            blind.contains($0) ? operations[$0].blind : operations[$0]
        }
        part.compact()
        return part
    }

    /// What happened from a place in time on, whatever the register held there.
    ///
    /// What was under way at that moment may have happened before it, so it may be missing after.
    func window(from start: Int) -> RegisterHistory {
        guard start > 0 else { return self }
        var window = self
        window.startsAnywhere = true
        window.operations = operations.compactMap { operation in
            guard operation.return >= start else { return nil }
            return operation.call < start ? operation.open : operation
        }
        window.compact()
        return window
    }

    /// With the real returns of operations from which no more was asked than to take effect at any
    /// time; what returned after the last that has a return is still under way.
    func withReturns(of list: OperationList) -> RegisterHistory {
        func end(_ operation: RegisterOperation) -> Int {
            list.packed[Int(operation.source)].knownReturn
        }
        var timed = self
        let last = operations.filter { !$0.isUnknown }.map(end).max() ?? .max
        for index in operations.indices {
            let end = end(operations[index])
            timed.operations[index].call = Int(list.packed[Int(operations[index].source)].call)
            timed.operations[index].return = end > last ? RegisterOperation.never : end
        }
        timed.renumberEvents()
        return timed
    }

    /// Drops what has become useless and numbers values and events anew.
    mutating func compact() {
        dropUnobservedUnknowns()
        var numbers = [Int32](repeating: -1, count: values.count)
        var kept = [values[0]]
        numbers[0] = 0
        func renumber(_ value: inout Int32) {
            if numbers[Int(value)] < 0 {
                numbers[Int(value)] = Int32(kept.count)
                kept.append(values[Int(value)])
            }
            value = numbers[Int(value)]
        }
        for index in operations.indices {
            renumber(&operations[index].before)
            renumber(&operations[index].after)
        }
        values = kept
        renumberEvents()
    }
}

extension RegisterOperation {
    /// The same, whatever was there before.
    var blind: RegisterOperation {
        var write = self
        write.kind = .write
        write.before = after
        return write
    }

    /// The same without an outcome; nil for a read, which is nothing then.
    fileprivate var open: RegisterOperation? {
        guard mutates else { return nil }
        var open = self
        open.return = Self.never
        return open
    }
}
