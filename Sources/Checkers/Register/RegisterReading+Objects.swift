import HistoryModel

extension Function {
    static let append: Function = "append"
    static let get: Function = "get"
    static let put: Function = "put"
}

extension RegisterReading {
    /// Get and put, where a key that was never put is an empty text.
    static let keyValue = RegisterReading(
        noun: "key", vocabulary: "get, put, append, read, write and cas", initial: "",
        verbs: [
            .get: .read, .put: .write, .read: .read, .write: .write, .cas: .cas,
        ],
        meaning: { verb, operation, pool in
            // Null stands for the empty text, however that was recorded.
            let meaning = operation.meaningForRegister(verb)
            guard let empty = pool.knownCode(of: ""),
                case .something(let kind, let before, let after) = meaning
            else { return meaning }
            return .something(
                kind, before: before == empty ? .null : before,
                after: after == empty ? .null : after)
        },
        value: { code, pool in code == .null ? "" : pool.value(of: code) },
        code: { value, pool in value == "" ? .null : pool.knownCode(of: value) })

    /// A lock that anybody may release: acquiring it replaces `free` by `held`.
    static let mutex = lock(
        meaning: { verb, operation, _ in operation.meaningForLock(verb, holder: .yes) },
        value: { code, _ in code == .no ? free : "held" })

    /// A lock that only the process that holds it may release.
    static let lock = lock(
        meaning: { verb, operation, _ in
            operation.meaningForLock(verb, holder: operation.process)
        },
        value: { code, pool in
            code == .no ? free : .text("held by process \(pool.value(of: code))")
        })

    /// One element of a set: there or not.
    static let element = RegisterReading(
        noun: "set", vocabulary: "add, remove, contains and read", initial: false,
        verbs: ["add": .add, "remove": .remove, "contains": .contains]
    ) { verb, operation, pool in operation.meaningForElement(verb, in: pool) }

    private static let free: Value = "free"

    private static func lock(
        meaning: @escaping @Sendable (RegisterVerb, PackedOperation, ValuePool) -> RegisterMeaning,
        value: @escaping @Sendable (ValueCode, ValuePool) -> Value
    ) -> RegisterReading {
        RegisterReading(
            noun: "lock", vocabulary: "acquire and release", isLock: true, initial: free,
            verbs: [
                "acquire": .acquire, "lock": .acquire, "release": .release, "unlock": .release,
            ], meaning: meaning, value: value, code: { value, _ in value == free ? .no : nil })
    }
}
