internal import Faults
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import WorkloadFiles
internal import Workloads

/// What a run file says about where it came from and how to repeat it.
enum RunDescription {
    static func metadata(
        _ configuration: RunConfiguration, id: String, startedAt: Date,
        world: String = RunMetadata.real, traceHash: String? = nil, command: [String]? = nil
    ) -> RunMetadata {
        RunMetadata(
            id: id, startedAt: startedAt.ISO8601Format(), workload: configuration.workload,
            system: configuration.system, defects: configuration.defects,
            nodes: configuration.nodes, seed: configuration.seed, world: world,
            command: command ?? Self.command(seed: configuration.seed),
            configuration: WorkloadFile.render(configuration), versions: versions(),
            faultsPlanned: configuration.effectiveSchedule.faults.count,
            traceHash: traceHash)
    }

    /// The command line as it was given, with the seed that was drawn.
    private static func command(seed: UInt64) -> [String] {
        var arguments = [Invocation.program] + CommandLine.arguments.dropFirst()
        let given = arguments.contains { $0 == "--seed" || $0.hasPrefix("--seed=") }
        // `replay` and `shrink` take theirs from the run that they name.
        if !given, arguments.dropFirst().first == "check" {
            arguments += ["--seed", String(seed)]
        }
        return arguments
    }

    /// What takes part in a run, and in which version.
    static func versions() -> [String: String] {
        [
            "harness": HarnessVersion.current,
            "swift": compiler,
            "sqlite": RunReader.libraryVersion,
            "system": ProcessInfo.processInfo.operatingSystemVersionString,
            "cores": String(ProcessInfo.processInfo.activeProcessorCount),
        ]
    }

    private static var compiler: String {
        #if compiler(>=6.3)
            "6.3 or later"
        #else
            "6.2"
        #endif
    }
}
