import HistoryModel

extension ObjectModel {
    /// A lock that only its holder may release, and of which each acquisition returns a token larger
    /// than all before.
    public static let fencedLock = ObjectModel(
        name: "fenced-lock",
        summary:
            "a lock that only its holder may release: acquire (returns a rising token), release",
        noun: RegisterReading.lock.noun, completions: locking, streamed: .lock(isFenced: true)
    ) { LockProcedure($0, isFenced: true) }
}
