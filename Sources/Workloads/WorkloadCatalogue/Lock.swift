internal import Checkers
internal import HistoryModel

extension Workload {
    /// Many locks that clients acquire and release: one holder at a time, and tokens rise.
    ///
    /// A client whose outcome is unknown may hold its lock for good; the lock's operations run out then.
    public static let lock = Workload(
        "lock", summary: "acquire, release of many locks: one holder at a time, tokens rise",
        object: .lock, functions: ["acquire", "release"],
        settings: [clientsPerKey, operationsPerKey], streamed: .fencedLock
    ) { configuration in
        Load(
            weights: [("acquire", 1), ("release", 1)],
            generator: keyed(configuration) { LockOperations() })
    } lastPhase: { _ in
        LastPhase(
            observers: [], generator: FinalWrite("acquire", hasValue: false, isAlone: true))
    } checkers: { _ in
        [LinearizabilityChecker(model: .fencedLock)]
    }
}
