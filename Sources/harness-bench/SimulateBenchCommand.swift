internal import ArgumentParser

/// `harness-bench simulate`: the simulated world.
struct SimulateBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Measures the simulated world: speed, what is found how soon, how small it gets.")

    @Option(help: "The defects to hunt, separated by commas; none for the speed alone.")
    var defects = "stale-reads,no-fsync,figure-8,up-to-date-by-index,count-old-votes"

    @Option(help: "How many of the ten findings for each defect are shrunk.")
    var shrinks = 5

    func run() async throws {
        var rows = try SimulationBench.speed()
        rows.append(try await SimulationBench.scaling())
        print(BenchRow.table(rows))
        for defect in defects.split(separator: ",") where defect != "none" {
            print(BenchRow.table(try await SimulationHunt(String(defect), shrinks: shrinks).rows))
        }
    }
}
