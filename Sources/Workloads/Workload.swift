/// The generator of a whole run, by the kind of its workload; both worlds use it.
///
/// Load, then the end of all faults, then a last look at everything. Stores that agree only in the end
/// are left alone for a while before that, and are asked at every node.
public enum Workload {
    /// Makes the generator of a run.
    ///
    /// The last phase ends at the recovery limit even if something could not be read.
    public static func generator(_ configuration: RunConfiguration) -> Phases {
        guard configuration.kind.converges else {
            return Phases([
                load(configuration), AwaitFaultsOver(),
                TimeLimit(configuration.recoveryLimit, Phases([FinalWrite(), FinalReads()])),
            ])
        }
        return Phases([
            load(configuration), AwaitFaultsOver(), Settle(configuration.settleLength),
            TimeLimit(
                configuration.recoveryLimit, EveryNodeReads(nodeCount: configuration.nodes)),
        ])
    }

    /// The operations of the script, or else those that are drawn.
    private static func load(_ configuration: RunConfiguration) -> any Generator {
        if let script = configuration.operations {
            return TimeLimit(
                configuration.timeLimit,
                ScriptedOperations(script, threadCount: configuration.concurrency))
        }
        return switch configuration.kind {
        case .register: paced(registers(configuration), by: configuration)
        case .gossipKV: paced(KeyValueOperations(configuration.keyValue), by: configuration)
        case .broadcast, .gSet:
            paced(Additions(configuration.keyValue, to: .set), by: configuration)
        case .pnCounter:
            paced(Additions(configuration.keyValue, to: .counter), by: configuration)
        }
    }

    private static func registers(_ configuration: RunConfiguration) -> IndependentKeys {
        let register = configuration.register
        return IndependentKeys(
            threadCount: configuration.concurrency, groupSize: register.clientsPerKey
        ) { _ in Limit(register.operationsPerKey, RegisterOperations(mix: register.mix)) }
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
