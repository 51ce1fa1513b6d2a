import HistoryModel

extension Function {
    static let append: Function = "append"
    static let get: Function = "get"
    static let put: Function = "put"
}

extension RegisterReading {
    /// Get and put, where a key that was never put is an empty text.
    static let keyValue = RegisterReading(
        noun: "key", vocabulary: "get, put, append, read, write and cas", initial: ""
    ) { original in
        var operation = original
        switch original.function {
        case .get: operation.function = .read
        case .put: operation.function = .write
        default: break
        }
        if operation.function == .read, operation.output == .null { operation.output = "" }
        return operation.registerMeaning
    }

    /// A lock that anybody may release: acquiring it replaces `free` by `held`.
    static let mutex = RegisterReading(
        noun: "lock", vocabulary: "acquire and release", isLock: true, initial: "free"
    ) { $0.lockMeaning(holder: "held") }

    /// A lock that only the process that holds it may release.
    static let lock = RegisterReading(
        noun: "lock", vocabulary: "acquire and release", isLock: true, initial: "free"
    ) { $0.lockMeaning(holder: .text("held by process \($0.process.rawValue)")) }

    /// One element of a set: there or not.
    static let element = RegisterReading(
        noun: "set", vocabulary: "add, remove, contains and read", initial: false
    ) { $0.elementMeaning }
}

extension Operation {
    fileprivate func lockMeaning(holder: Value) -> RegisterMeaning {
        guard outcome != .fail else { return .nothing }
        switch function.rawValue {
        case "acquire", "lock": return .something(.cas, before: "free", after: holder)
        case "release", "unlock": return .something(.cas, before: holder, after: "free")
        default: return .unintelligible
        }
    }

    fileprivate var elementMeaning: RegisterMeaning {
        let isThere: Value? =
            switch output {
            case .bool where outcome == .ok: output
            case .list(let pair) where outcome == .ok && pair.count == 2 && pair[0] == input:
                pair[1]
            default: nil
            }
        switch (function.rawValue, outcome) {
        case (_, .fail): return .nothing
        case ("add", _): return update(to: true, changed: isThere)
        case ("remove", _): return update(to: false, changed: isThere)
        case ("contains", .info): return .nothing
        case ("contains", .ok):
            guard let isThere else { return .unintelligible }
            return .something(.read, before: isThere, after: isThere)
        default: return .unintelligible
        }
    }

    /// Adds or removes; what it returned tells whether it made a difference, if it tells anything.
    private func update(to state: Value, changed: Value?) -> RegisterMeaning {
        switch changed {
        case true: .something(.cas, before: state == true ? false : true, after: state)
        case false: .something(.read, before: state, after: state)
        default: .something(.write, before: state, after: state)
        }
    }
}
