internal import Exploration
internal import HistoryModel
internal import Workloads

/// A statement about whole clusters of Raft, and the run in which it shows: one for both worlds.
struct RaftClaim {
    var statement: String
    /// What is done in the run.
    var injected: String
    var configuration: RunConfiguration
    /// What a run that was judged shows.
    var observe: @Sendable (RunRecord) throws -> ConformanceScenario.Observation

    init(
        _ statement: String, injecting injected: String, _ configuration: RunConfiguration,
        observe: @escaping @Sendable (RunRecord) throws -> ConformanceScenario.Observation
    ) {
        self.statement = statement
        self.injected = injected
        self.configuration = configuration
        self.observe = observe
    }

    /// The statement as a run in virtual time shows it.
    var simulated: ConformanceScenario {
        ConformanceScenario(statement, injecting: injected) { [configuration, observe] in
            try observe(SeedOutcome(configuration).record)
        }
    }

    /// The same run with processes.
    var experiment: RealScenario.Experiment {
        .init("5 processes: \(injected)", configuration, observe: observe)
    }
}
