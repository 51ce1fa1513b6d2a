import HistoryModel

/// What an operation says about a register.
enum RegisterMeaning {
    /// It proves nothing.
    case nothing
    /// It is no operation of a register, or its value has the wrong shape.
    case unintelligible
    /// It took effect, or may have, between its call and its return.
    case something(RegisterOperation.Kind, before: ValueCode, after: ValueCode)
}

/// What the functions of objects do that are read as registers.
enum RegisterVerb: Sendable {
    case read
    case write
    case cas
    case acquire
    case release
    case add
    case remove
    case contains
}

extension PackedOperation {
    /// What the operation says about the register it was done to.
    func meaningForRegister(_ verb: RegisterVerb) -> RegisterMeaning {
        switch verb {
        case .read: outcome == .ok ? .something(.read, before: output, after: output) : .nothing
        case .write: outcome == .fail ? .nothing : .something(.write, before: input, after: input)
        case .cas: meaningOfCas
        default: .unintelligible
        }
    }

    private var meaningOfCas: RegisterMeaning {
        guard second != .absent else {
            return outcome == .fail && output == .absent ? .nothing : .unintelligible
        }
        if outcome == .fail {
            return output == .absent ? .nothing : .something(.read, before: output, after: output)
        }
        // Setting what is there already changes nothing: it is a read.
        if input == second {
            return outcome == .ok ? .something(.read, before: input, after: input) : .nothing
        }
        return .something(.cas, before: input, after: second)
    }

    /// What the operation says about a lock that is held as `holder` says.
    func meaningForLock(_ verb: RegisterVerb, holder: ValueCode) -> RegisterMeaning {
        switch (verb, outcome) {
        case (_, .fail): .nothing
        case (.acquire, _): .something(.cas, before: .no, after: holder)
        case (.release, _): .something(.cas, before: holder, after: .no)
        default: .unintelligible
        }
    }

    /// What the operation says about an element of a set, which is there or not.
    func meaningForElement(_ verb: RegisterVerb, in pool: ValuePool) -> RegisterMeaning {
        guard outcome != .fail else { return .nothing }
        let answer = outcome == .ok ? truth(in: pool) : nil
        switch verb {
        case .add: return update(to: .yes, from: .no, changed: answer)
        case .remove: return update(to: .no, from: .yes, changed: answer)
        case .contains:
            guard outcome == .ok else { return .nothing }
            guard let answer else { return .unintelligible }
            return .something(.read, before: answer, after: answer)
        default: return .unintelligible
        }
    }

    /// Adds or removes; what it returned tells whether it made a difference, if it tells anything.
    private func update(
        to state: ValueCode, from other: ValueCode, changed: ValueCode?
    ) -> RegisterMeaning {
        switch changed {
        case ValueCode.yes: .something(.cas, before: other, after: state)
        case ValueCode.no: .something(.read, before: state, after: state)
        default: .something(.write, before: state, after: state)
        }
    }

    /// The truth value that came back, alone or beside the element.
    private func truth(in pool: ValuePool) -> ValueCode? {
        if output == .yes || output == .no { return output }
        guard case .list(let pair) = pool.value(of: output), pair.count == 2,
            pair[0] == pool.value(of: input), case .bool(let truth) = pair[1]
        else { return nil }
        return truth ? .yes : .no
    }
}
