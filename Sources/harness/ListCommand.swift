internal import ArgumentParser
internal import Checkers
internal import Faults
internal import Foundation
internal import HistoryStore
internal import Reports
internal import SystemCatalogue
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
        case workloads, kinds, systems, faults, checkers, models, defects, runs
    }

    @Argument(help: "What to list: \(Topic.allCases.map(\.rawValue).joined(separator: ", ")).")
    var topic: Topic?

    @Option(help: "The folder for runs. (default: \(Self.usualReports))")
    var reports: String?

    private static let usualReports = "reports"

    func validate() throws {
        // The usual folder comes with the first run.
        guard let reports, topic == nil || topic == .runs, !InputFile.isFolder(reports) else {
            return
        }
        throw ValidationError("--reports: there is no folder \(reports)")
    }

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
        case .kinds: Workload.all.map { ($0.name, $0.summary) }
        case .faults:
            FaultFamily.all.flatMap { family in
                [(family.name, family.summary)]
                    + family.kinds.map { ("  " + $0.name, $0.summary) }
            }
        case .checkers:
            Checker.all.map { ($0.name, $0.summary) }
                + SystemDescription.bundled.flatMap { system in
                    system.checkers.map { ($0.name, "\(system.name): \($0.summary)") }
                }
        case .models: ObjectModel.all.map { ($0.name, $0.summary) }
        case .defects:
            KnownSystems.all.flatMap { system in
                system.defects.map { ($0.name, "\(system.name): \($0.summary)") }
            }
        case .runs: runs()
        }
    }

    private func runs() -> [(name: String, summary: String)] {
        let reports = reports ?? Self.usualReports
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: reports)) ?? []
        return folders.sorted().compactMap { folder in
            let path = "\(reports)/\(folder)/run.sqlite"
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return (path, RunReader.summary(path))
        }
    }
}
