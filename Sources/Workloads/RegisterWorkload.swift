/// The register workload: load on many keys, then the end of all faults, then a last read of each.
public enum RegisterWorkload {
    /// Makes the generator of a whole run.
    ///
    /// The last phase ends at the recovery limit even if some keys could not be read.
    public static func generator(_ configuration: RunConfiguration) -> Phases {
        let register = configuration.register
        let load = IndependentKeys(
            threadCount: configuration.concurrency, groupSize: register.clientsPerKey
        ) { _ in Limit(register.operationsPerKey, RegisterOperations(mix: register.mix)) }
        return Phases([
            paced(load, by: configuration),
            AwaitFaultsOver(),
            TimeLimit(configuration.recoveryLimit, FinalReads()),
        ])
    }

    private static func paced(
        _ load: some Generator, by configuration: RunConfiguration
    ) -> any Generator {
        guard let rate = configuration.rate, rate > 0 else {
            return TimeLimit(configuration.timeLimit, load)
        }
        return TimeLimit(
            configuration.timeLimit, Stagger(max(1, Int64(1_000_000_000 / rate)), load))
    }
}
