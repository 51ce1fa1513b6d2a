import HistoryModel

/// Reads the operations of one list as those of a register.
struct RegisterReader {
    private let object: RegisterReading.Object
    private let pool: ValuePool
    /// Per number of a function: what it does.
    private let verbs: [RegisterVerb?]
    /// The code of the empty text.
    private let empty: ValueCode?

    init(_ reading: RegisterReading, of list: OperationList) {
        object = reading.object
        pool = list.pool
        verbs = list.functions.map { reading.verbs[$0] }
        empty = list.pool.knownCode(of: "")
    }

    /// What an operation says about the register.
    func meaning(of operation: PackedOperation) -> RegisterMeaning {
        guard let verb = verbs[Int(operation.function)] else {
            return operation.outcome == .fail ? .nothing : .unintelligible
        }
        switch object {
        case .register: return operation.meaningForRegister(verb)
        case .text: return text(operation.meaningForRegister(verb))
        case .mutex: return operation.meaningForLock(verb, holder: .yes)
        case .lock: return operation.meaningForLock(verb, holder: operation.process)
        case .element: return operation.meaningForElement(verb, in: pool)
        }
    }

    /// The value that a code stands for in what operations say.
    func value(of code: ValueCode) -> Value {
        switch object {
        case .text where code == .null: ""
        case .mutex, .lock:
            if code == .no {
                "free"
            } else if code == .yes {
                "held"
            } else {
                .text("held by process \(pool.value(of: code))")
            }
        case .register, .text, .element: pool.value(of: code)
        }
    }

    /// The code of what the register holds at first: one of its own if no operation knows it.
    func code(ofInitial value: Value) -> ValueCode {
        switch object {
        case .text where value == "": .null
        case .mutex, .lock: value == "free" ? .no : .absent
        case .register, .text, .element: pool.knownCode(of: value) ?? .absent
        }
    }

    /// Null stands for the empty text, however that was recorded.
    private func text(_ meaning: RegisterMeaning) -> RegisterMeaning {
        guard let empty, case .something(let kind, let before, let after) = meaning else {
            return meaning
        }
        return .something(
            kind, before: before == empty ? .null : before, after: after == empty ? .null : after)
    }
}
