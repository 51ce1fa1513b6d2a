internal import Checkers
internal import HistoryModel

extension Workload {
    /// After how many operations a key is retired and a new one begun.
    static let operationsPerKey = WorkloadSetting(
        "operations-per-key", 100, in: 1...1_000_000, "after how many a key is retired")
    /// How many client threads work on one key at a time.
    static let clientsPerKey = WorkloadSetting(
        "clients-per-key", 5, in: 1...10_000, "how many clients work on one key at a time")

    /// How often a function is drawn, relative to the others.
    static func weight(_ function: Function, _ standard: Int) -> WorkloadSetting {
        WorkloadSetting(
            function.rawValue, standard, in: 0...1_000_000,
            "how often \(function.rawValue) is drawn, relative to the others")
    }

    /// Many objects, one after the other, each used by a few clients at a time.
    static func keyed<Inner: Generator>(
        _ configuration: RunConfiguration, _ make: @escaping @Sendable () -> Inner
    ) -> IndependentKeys {
        let count = configuration[operationsPerKey]
        return IndependentKeys(
            threadCount: configuration.concurrency, groupSize: configuration[clientsPerKey]
        ) { _ in Limit(count, make()) }
    }

    /// A workload of functions that are drawn by their weights, which are settings of it.
    static func drawn(
        _ name: String, summary: String, object: ObjectType, streamed: ObjectModel,
        _ draws: [(function: Function, weight: Int, value: Draws.ValueRule)],
        lastPhase: @escaping @Sendable (RunConfiguration) -> LastPhase,
        checkers: @escaping @Sendable (RunConfiguration) -> [any RunChecker]
    ) -> Workload {
        let weights = draws.map { weight($0.function, $0.weight) }
        return Workload(
            name, summary: summary, object: object, functions: draws.map(\.function),
            settings: weights + [clientsPerKey, operationsPerKey], streamed: streamed
        ) { configuration in
            let chosen = zip(draws, weights).map {
                (function: $0.function, weight: configuration[$1], value: $0.value)
            }
            return Load(
                weights: chosen.map { ($0.function, $0.weight) },
                generator: keyed(configuration) { Draws(chosen) })
        } lastPhase: {
            lastPhase($0)
        } checkers: {
            checkers($0)
        }
    }
}
