internal import ArgumentParser

/// `harness-bench gossip`: epidemics, the convergence checker, the known bugs of the gossip store.
struct GossipBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gossip",
        abstract: "Measures epidemics, the convergence checker, and how soon known bugs are found.",
        discussion: """
            Times are the processor's, on one core, so that a busy machine does not stretch them.
            """)

    @Option(help: "The defects to hunt, separated by commas; none for the rest alone.")
    var defects = GossipHunt.anomalies.map(\.defect).joined(separator: ",")

    @Option(
        help: "How many seeds of each defect's workload are tried, with the defect and without.")
    var seeds = 10

    @ParentCommand var parent: BenchCommand

    func validate() throws {
        guard (1...10_000).contains(seeds) else {
            throw ValidationError("--seeds: expected 1 to 10000, found \(seeds)")
        }
        for defect in chosen where !GossipHunt.anomalies.contains(where: { $0.defect == defect }) {
            throw ValidationError(
                "--defects: \"\(defect)\" is not known; known are "
                    + GossipHunt.anomalies.map(\.defect).joined(separator: ", "))
        }
    }

    private var chosen: [String] {
        defects.split(separator: ",").map(String.init).filter { $0 != "none" }
    }

    func run() async throws {
        var rows = EpidemicBench.rows()
        if let harness = parent.harness { rows.append(try EpidemicBench.study(harness: harness)) }
        rows.append(try ConvergenceBench.row())
        rows.append(contentsOf: try ReconciliationBench.rows())
        print(BenchRow.table(rows))
        let hunts = try chosen.map { try GossipHunt($0, seeds: seeds) }
        guard !hunts.isEmpty else { return }
        print("\n" + BenchRow.table(hunts.map(\.row) + GossipHunt.summary(hunts)))
    }
}
