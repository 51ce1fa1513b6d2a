import HistoryModel

extension ObjectModel {
    /// What the operations of locks answer.
    static let locking: CompletionRules = [
        "acquire": .attempt, "release": .attempt, "lock": .attempt, "unlock": .attempt,
    ]

    /// A lock that anybody may release.
    public static let mutex = ObjectModel(
        name: "mutex", summary: "a lock that anybody may release: acquire, release",
        noun: RegisterReading.mutex.noun, completions: locking, streamed: .mutex
    ) { RegisterProcedure($0, reading: .mutex) }
}
