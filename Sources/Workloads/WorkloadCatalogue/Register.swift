internal import Checkers
internal import HistoryModel

extension Workload {
    /// Reads, writes and compare-and-sets of independent registers: linearizability.
    public static let register = Workload(
        "register", summary: "read, write, cas of many registers: linearizable",
        object: .register, functions: [.read, .write, .cas], sections: ["register"],
        streamed: .casRegister
    ) { configuration in
        let register = configuration.register
        return Load(
            weights: [
                (.read, register.mix.read), (.write, register.mix.write), (.cas, register.mix.cas),
            ],
            generator: IndependentKeys(
                threadCount: configuration.concurrency, groupSize: register.clientsPerKey
            ) { _ in Limit(register.operationsPerKey, RegisterOperations(mix: register.mix)) })
    } lastPhase: { _ in
        LastPhase(generator: Phases([FinalWrite(), FinalReads()]))
    } checkers: { _ in
        [LinearizabilityChecker()]
    }
}
