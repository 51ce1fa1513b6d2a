internal import Checkers
internal import Faults
internal import Foundation
internal import HistoryStore
internal import SystemCatalogue
internal import Systems
internal import WorkloadFiles
internal import Workloads

/// Something that there is to choose from, with one line for each choice.
struct ListTopic: Sendable {
    var name: String
    /// What it is, as the heading of a table.
    var title: String
    /// Whether it is the same on every machine, so that documentation can show it.
    var isBuiltIn = true
    /// The choices; runs are looked for in the folder that is given.
    var rows: @Sendable (_ reports: String) -> [(name: String, summary: String)]

    /// All topics, in the order in which they are listed.
    static let all = [
        ListTopic(name: "workloads", title: "Workload files", isBuiltIn: false) { _ in files() },
        ListTopic(name: "kinds", title: "Kinds of workloads") { _ in
            Workload.all.map { ($0.name, $0.summary) }
        },
        ListTopic(name: "systems", title: "Systems") { _ in
            KnownSystems.all.map { ($0.name, $0.summary) }
        },
        ListTopic(name: "faults", title: "Faults") { _ in
            FaultFamily.all.flatMap { family in
                [(family.name, family.summary)]
                    + family.kinds.map { ("  " + $0.name, $0.summary) }
            }
        },
        ListTopic(name: "checkers", title: "Checkers") { _ in
            Checker.all.map { ($0.name, $0.summary) }
                + SystemDescription.bundled.flatMap { system in
                    system.checkers.map { ($0.name, "\(system.name): \($0.summary)") }
                }
        },
        ListTopic(name: "models", title: "Models") { _ in
            ObjectModel.all.map { ($0.name, $0.summary) }
        },
        ListTopic(name: "defects", title: "Known bugs that can be switched on") { _ in
            KnownSystems.all.flatMap { system in
                system.defects.map { ($0.name, "\(system.name): \($0.summary)") }
            }
        },
        ListTopic(name: "runs", title: "Recorded runs", isBuiltIn: false) { runs(in: $0) },
    ]

    private static func files() -> [(name: String, summary: String)] {
        WorkloadFinder.all().map { workload in
            do {
                let file = try WorkloadFinder.configuration(of: workload.path)
                return (workload.name, file.configuration.description)
            } catch {
                return (
                    workload.name,
                    "can't be read: see \(Invocation.word) check -w \(workload.name)"
                )
            }
        }
    }

    private static func runs(in reports: String) -> [(name: String, summary: String)] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: reports)) ?? []
        return folders.sorted().compactMap { folder in
            let path = "\(reports)/\(folder)/run.sqlite"
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return (path, RunReader.summary(path))
        }
    }
}
