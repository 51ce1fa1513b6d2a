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
        verbs: [.get: .read, .put: .write, .read: .read, .write: .write, .cas: .cas],
        object: .text)

    /// A lock that anybody may release: acquiring it replaces `free` by `held`.
    static let mutex = lock(.mutex)

    /// A lock that only the process that holds it may release.
    static let lock = lock(.lock)

    /// One element of a set: there or not.
    static let element = RegisterReading(
        noun: "set", vocabulary: "add, remove, contains and read", initial: false,
        verbs: ["add": .add, "remove": .remove, "contains": .contains], object: .element)

    private static func lock(_ object: Object) -> RegisterReading {
        RegisterReading(
            noun: "lock", vocabulary: "acquire and release", isLock: true, initial: "free",
            verbs: [
                "acquire": .acquire, "lock": .acquire, "release": .release, "unlock": .release,
            ], object: object)
    }
}
