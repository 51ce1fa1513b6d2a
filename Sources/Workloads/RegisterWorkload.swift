/// The register workload: load on many keys, then the end of all faults, then a last read of each.
public enum RegisterWorkload {
    /// Makes the generator of a whole run.
    ///
    /// The last phase ends at the recovery limit even if some keys could not be read.
    public static func generator(_ configuration: RunConfiguration) -> Phases {
        Phases([
            load(configuration),
            AwaitFaultsOver(),
            TimeLimit(configuration.recoveryLimit, FinalReads()),
        ])
    }

    /// The operations of the script, or else those that are drawn.
    private static func load(_ configuration: RunConfiguration) -> any Generator {
        if let script = configuration.operations {
            return TimeLimit(
                configuration.timeLimit,
                ScriptedOperations(script, threadCount: configuration.concurrency))
        }
        let register = configuration.register
        let drawn = IndependentKeys(
            threadCount: configuration.concurrency, groupSize: register.clientsPerKey
        ) { _ in Limit(register.operationsPerKey, RegisterOperations(mix: register.mix)) }
        return paced(drawn, by: configuration)
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
