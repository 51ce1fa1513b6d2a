internal import ArgumentParser
internal import Epidemics
internal import Foundation
internal import Vocabulary

/// `harness epidemics`: the laws of epidemics, by the gossip core itself.
struct EpidemicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epidemics",
        abstract: "Lets rumors spread over 1,000 sites and compares with the published figures.",
        discussion: """
            Prints the tables of Demers et al., "Epidemic algorithms for replicated database \
            maintenance" (1987), and the rounds that anti-entropy takes, each figure with its 99 % \
            interval beside the published one, and whether the laws hold.

              harness epidemics
              harness epidemics --effort 0.1     a tenth of the runs, wider intervals

            Exit codes: 0 every law holds, 1 one does not, 64 wrong usage.
            """)

    @Option(help: "How many runs, relative to the usual number: 0.1 to 100.")
    var effort = 1.0

    @Option(help: "The seed of all randomness.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0.1...100).contains(effort) else {
            throw ValidationError("--effort: expected 0.1 to 100, found \(effort)")
        }
    }

    func run() async throws {
        let printer = ProgressPrinter()
        let cells = EpidemicCell.all(effort: effort)
        var rows: [EpidemicTable.Kind: [EpidemicTable.Row]] = [:]
        for (number, cell) in cells.enumerated() {
            printer.show("cell \(number + 1) of \(cells.count): \(cell.runCount) runs")
            let outcomes = await outcomes(of: cell)
            rows[cell.table, default: []].append(.init(cell: cell, outcomes: outcomes))
        }
        printer.clear()
        let tables = EpidemicTable.Kind.allCases.compactMap { kind in
            rows[kind].map { EpidemicTable(kind: kind, rows: $0) }
        }
        print(tables.map(\.text).joined(separator: "\n\n"))
        throw ExitCode(tables.allSatisfy(\.holds) ? 0 : 1)
    }

    /// All runs of a cell, in their order, over all cores.
    private func outcomes(of cell: EpidemicCell) async -> [EpidemicOutcome] {
        let workers = ProcessInfo.processInfo.activeProcessorCount
        let seed = Seed(seed)
        return await withTaskGroup(of: [(Int, EpidemicOutcome)].self) { tasks in
            for worker in 0..<workers {
                tasks.addTask {
                    stride(from: worker, to: cell.runCount, by: workers).map { run in
                        (run, cell.outcome(run: run, seed: seed))
                    }
                }
            }
            var found: [(run: Int, outcome: EpidemicOutcome)] = []
            for await part in tasks { found += part }
            return found.sorted { $0.run < $1.run }.map(\.outcome)
        }
    }
}
