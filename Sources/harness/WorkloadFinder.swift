internal import ArgumentParser
internal import Foundation
internal import Systems
internal import WorkloadFiles
internal import Workloads

/// Finds workload files by name.
///
/// Looked for in `$HARNESS_WORKLOADS`, in `workloads/` of the current folder, and beside an
/// installed harness; in each also in its folder `defects`, whose workloads find a known bug.
enum WorkloadFinder {
    /// The folders in which workloads are looked for, the most important first.
    static var folders: [String] {
        let program = URL(filePath: ProgramPath.current).deletingLastPathComponent()
        let installed = program.deletingLastPathComponent().appending(
            path: "share/harness/workloads")
        let named = ProcessInfo.processInfo.environment["HARNESS_WORKLOADS"]
        return ((named.map { [$0] } ?? []) + ["workloads", installed.path])
            .flatMap { [$0, "\($0)/defects"] }
    }

    /// The paths of all workloads there are, by name.
    static func all() -> [(name: String, path: String)] {
        var found: [String: String] = [:]
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for file in names where file.hasSuffix(".yaml") || file.hasSuffix(".yml") {
                let name = String(file.prefix { $0 != "." })
                if found[name] == nil { found[name] = "\(folder)/\(file)" }
            }
        }
        return found.sorted { $0.key < $1.key }.map { (name: $0.key, path: $0.value) }
    }

    /// A kind of workload as it is without a file.
    private static func standard(_ kind: Workload) -> RunConfiguration {
        var configuration = RunConfiguration(workload: kind.name)
        configuration.kind = kind
        configuration.description = kind.summary
        let systems = KnownSystems.all
        if systems.first(where: { $0.name == configuration.system })?.description.refusal(of: kind)
            != nil, let able = systems.first(where: { $0.description.refusal(of: kind) == nil })
        {
            configuration.system = able.name
        }
        return configuration
    }

    /// Reads a workload given by name or by path, and the seed if the file has one.
    ///
    /// - Throws: `ValidationError`, which exits with 64.
    static func configuration(
        of workload: String
    ) throws -> (configuration: RunConfiguration, seed: UInt64?) {
        do {
            if workload.contains("/") || workload.hasSuffix(".yaml") || workload.hasSuffix(".yml") {
                return try WorkloadFile.readWithSeed(workload)
            }
            let known = all()
            guard let match = known.first(where: { $0.name == workload }) else {
                if let kind = Workload.named(workload) { return (standard(kind), nil) }
                let names = Set(known.map(\.name) + Workload.all.map(\.name))
                throw ValidationError(
                    NearestName.unknown("workload", workload, known: names.sorted())
                        + "\n(looked in \(folders.joined(separator: ", ")); a path to a file "
                        + "works, too)")
            }
            return try WorkloadFile.readWithSeed(match.path)
        } catch let error as WorkloadFileError {
            throw ValidationError(error.description)
        }
    }
}

/// Where this program is.
enum ProgramPath {
    static var current: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
    }
}
