internal import ArgumentParser
internal import Vocabulary
internal import WorkloadFiles
internal import Workloads

/// What the checkers may spend, where it is not what the workload says.
struct BudgetOptions: ParsableArguments {
    @Option(
        help: """
            How long the search may take before what it has not decided is unknown: 60s, 10m.
            """)
    var timeBudget: String?

    @Option(help: "How much memory the searches may hold, all cores together: 512MB, 4GB.")
    var memoryBudget: String?

    /// Whether anything was asked for.
    var isGiven: Bool { timeBudget != nil || memoryBudget != nil }

    func validate() throws {
        var budget = CheckBudget()
        try apply(to: &budget)
    }

    /// Puts what was asked for in place of what is there.
    ///
    /// - Throws: `ValidationError` for what is no amount.
    func apply(to budget: inout CheckBudget) throws {
        if let timeBudget {
            guard let length = DurationText.parse(timeBudget), length > 0,
                length <= RunConfiguration.timeLimitMax
            else {
                throw ValidationError(
                    "--time-budget: expected a length of time such as 60s or 10m, found "
                        + "\"\(timeBudget)\"")
            }
            budget.time = length
        }
        if let memoryBudget {
            guard let bytes = ByteCountText.parse(memoryBudget), bytes > 0 else {
                throw ValidationError(
                    "--memory-budget: expected an amount of memory such as 512MB or 4GB, found "
                        + "\"\(memoryBudget)\"")
            }
            budget.bytesMax = bytes
        }
    }
}
