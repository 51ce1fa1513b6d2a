import HistoryModel

/// What an operation says about a register.
enum RegisterMeaning {
    /// It proves nothing.
    case nothing
    /// It is no operation of a register, or its value has the wrong shape.
    case unintelligible
    /// It took effect, or may have, between its call and its return.
    case something(RegisterOperation.Kind, before: Value, after: Value)
}

extension Operation {
    /// What the operation says about the register it was done to.
    var registerMeaning: RegisterMeaning {
        switch function {
        case .read:
            return outcome == .ok ? .something(.read, before: output, after: output) : .nothing
        case .write:
            return outcome == .fail ? .nothing : .something(.write, before: input, after: input)
        case .cas:
            guard case .list(let pair) = input, pair.count == 2 else {
                return outcome == .fail && found == nil ? .nothing : .unintelligible
            }
            if outcome == .fail {
                return found.map { .something(.read, before: $0, after: $0) } ?? .nothing
            }
            guard pair[0] == pair[1] else {
                return .something(.cas, before: pair[0], after: pair[1])
            }
            // Setting what is there already changes nothing: it is a read.
            return outcome == .ok ? .something(.read, before: pair[0], after: pair[0]) : .nothing
        default:
            return outcome == .fail ? .nothing : .unintelligible
        }
    }
}
