internal import ArgumentParser
internal import Checkers
internal import Faults
internal import Foundation
internal import HistoryStore
internal import Reports
internal import Systems
internal import Workloads

/// `harness list`: what there is to choose from.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists workloads, systems, faults, checkers, defects and recorded runs.",
        discussion:
            "Without a word it lists everything; with one, only that: `\(Invocation.word) list faults`."
    )

    enum Topic: String, ExpressibleByArgument, CaseIterable {
        case workloads, systems, faults, checkers, defects, runs
    }

    @Argument(help: "What to list: \(Topic.allCases.map(\.rawValue).joined(separator: ", ")).")
    var topic: Topic?

    @Option(help: "The folder for runs.")
    var reports = "reports"

    func run() async throws {
        for topic in topic.map({ [$0] }) ?? Topic.allCases {
            let rows = rows(topic)
            StandardOutput.print("\(topic.rawValue)")
            let width = rows.map(\.name.count).max() ?? 0
            for row in rows {
                let gap = String(repeating: " ", count: width - row.name.count + 2)
                StandardOutput.print(TerminalText.escaped("  \(row.name)\(gap)\(row.summary)"))
            }
            if rows.isEmpty { StandardOutput.print("  none yet") }
            StandardOutput.print("")
        }
    }

    private func rows(_ topic: Topic) -> [(name: String, summary: String)] {
        switch topic {
        case .workloads:
            WorkloadFinder.all().map { workload in
                let text =
                    (try? WorkloadFinder.configuration(of: workload.path)
                        .configuration.description)
                return (
                    workload.name,
                    text ?? "can't be read: see \(Invocation.word) check -w \(workload.name)"
                )
            }
        case .systems: KnownSystems.all.map { ($0.name, $0.summary) }
        case .faults:
            FaultFamily.all.flatMap { family in
                [(family.name, family.summary)]
                    + family.kinds.map { ("  " + $0.name, $0.summary) }
            }
        case .checkers:
            [
                (LinearizabilityChecker.name, "each operation takes effect at one moment"),
                (
                    ConvergenceChecker.name,
                    "all nodes agree in the end; nothing is lost or invented"
                ),
                (SetFullChecker().name, "no element that was added to a set is lost"),
                (CounterSumChecker.name, "a counter holds the sum of what was added"),
                (CompletenessChecker.name, "the run came to its planned end"),
                (StatsChecker.name, "what should succeed at times did"),
                (RaftInvariantsChecker.name, "elections, logs and commits keep Raft's promises"),
                (CrashChecker.name, "no node ended by itself or stayed away"),
                (FaultsChecker.name, "the faults really happened"),
                (RecoveryChecker.name, "with all faults healed, the system answers again"),
            ]
        case .defects:
            KnownSystems.all.flatMap { system in
                system.defects.map { ($0.name, "\(system.name): \($0.summary)") }
            }
        case .runs: runs()
        }
    }

    private func runs() -> [(name: String, summary: String)] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: reports)) ?? []
        return folders.sorted().compactMap { folder in
            let path = "\(reports)/\(folder)/run.sqlite"
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return (path, RunReader.summary(path))
        }
    }
}
