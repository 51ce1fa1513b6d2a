import HistoryModel

extension ObjectModel {
    /// A lock that only its holder may release.
    public static let lock = ObjectModel(
        name: "lock", summary: "a lock that only its holder may release: acquire, release",
        noun: RegisterReading.lock.noun, completions: locking,
        streamed: .lock(isFenced: false)
    ) { LockProcedure($0, isFenced: false) }
}
