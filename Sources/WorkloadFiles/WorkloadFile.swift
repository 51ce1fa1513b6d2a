internal import Faults
internal import Foundation
internal import Vocabulary
public import Workloads
internal import Yams

/// Workloads as YAML files; every setting of a run can stand in one.
public enum WorkloadFile {
    /// Reads the file at `path`; settings that are absent keep their defaults.
    ///
    /// The workload's name is the file's name without its suffix.
    /// - Throws: ``WorkloadFileError`` with line and column of what is wrong.
    public static func read(_ path: String) throws(WorkloadFileError) -> RunConfiguration {
        try readWithSeed(path).configuration
    }

    /// Reads the file at `path` and tells whether it says which seed to use.
    ///
    /// - Returns: the configuration, and its seed if the file has one; 0 is a seed like any other.
    /// - Throws: ``WorkloadFileError`` with line and column of what is wrong.
    public static func readWithSeed(
        _ path: String
    ) throws(WorkloadFileError) -> (configuration: RunConfiguration, seed: UInt64?) {
        let text = try WorkloadText.read(path)
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.split(separator: ".").first.map(String.init) ?? file
        return try parseWithSeed(text, name: name, path: path)
    }

    /// Reads a workload from the text of a file; `path` is for messages only.
    public static func parse(
        _ text: String, name: String, path: String
    ) throws(WorkloadFileError) -> RunConfiguration {
        try parseWithSeed(text, name: name, path: path).configuration
    }

    /// Reads the configuration that a run was recorded with.
    ///
    /// What a run promised follows from it, so that nothing of that may be taken for granted: a workload
    /// file may leave its kind and system to the defaults, a recorded configuration may not.
    /// - Throws: ``WorkloadFileError`` if it is not what ``render(_:)`` writes.
    public static func parseRecorded(
        _ text: String, name: String, path: String
    ) throws(WorkloadFileError) -> RunConfiguration {
        try parseWithSeed(text, name: name, path: path, required: ["kind", "system"]).configuration
    }

    private static func parseWithSeed(
        _ text: String, name: String, path: String, required: [String] = []
    ) throws(WorkloadFileError) -> (configuration: RunConfiguration, seed: UInt64?) {
        var configuration = RunConfiguration(workload: name)
        guard let root = try compose(text, path: path) else { throw .empty(path: path) }
        let file = try MappingReader(root, path: path)
        try file.allowOnly(settings)
        try file.require(required)
        try readSystem(file, into: &configuration)
        try readLoad(file, into: &configuration)
        try readFaults(file, into: &configuration)
        try readOperations(file, into: &configuration)
        if let simulation = try file.child("simulation") {
            try readSimulation(
                simulation, nodes: configuration.nodes, into: &configuration.simulation)
        }
        if let register = try file.child("register") {
            try readRegister(register, into: &configuration.register)
        }
        if let keyValue = try file.child("key-value") {
            try readKeyValue(keyValue, into: &configuration.keyValue)
        }
        if let gossip = try file.child("gossip") {
            try readGossip(gossip, into: &configuration.gossip)
        }
        if let check = try file.child("check") {
            try check.allowOnly(["time-budget", "memory-budget"])
            try check.read(
                "time-budget", duration: &configuration.check.time,
                most: RunConfiguration.timeLimitMax)
            try check.read("memory-budget", bytes: &configuration.check.bytesMax)
        }
        return (configuration, file.has("seed") ? configuration.seed : nil)
    }

    private static let millisecond: Nanoseconds = 1_000_000
    private static let hour: Nanoseconds = 3_600_000_000_000

    static let settings = [
        "workload", "description", "kind", "system", "defects", "nodes", "concurrency", "rate",
        "time-limit", "recovery-limit", "operation-timeout", "election-timeout", "faults",
        "schedule", "operations", "entries-per-message", "simulation", "register", "key-value",
        "gossip", "check", "seed",
    ]

    private static func compose(
        _ text: String, path: String
    ) throws(WorkloadFileError) -> Node? {
        do {
            return try WorkloadText.compose(text, path: path)
        } catch let error as WorkloadFileError {
            throw error
        } catch let error as YamlError {
            throw located(error, path: path)
        } catch {
            throw .unreadable(path: path, reason: String(describing: error))
        }
    }

    private static func located(_ error: YamlError, path: String) -> WorkloadFileError {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let during = context.map { " (\($0.text.trimmingCharacters(in: .whitespaces)))" } ?? ""
            return .wrong(
                path: path, line: mark.line, column: mark.column,
                message: "this is not YAML: \(problem)\(during)")
        case .duplicatedKeysInMapping(let names, let context):
            let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
            return .wrong(
                path: path, line: context.mark.line, column: context.mark.column,
                message: "these settings have \(list) more than once; keep one of each")
        case .reader(let problem, _, _, _):
            return .unreadable(path: path, reason: "this is not YAML: \(problem)")
        default: return .unreadable(path: path, reason: "this is not YAML")
        }
    }

    private static func readSystem(
        _ file: MappingReader, into configuration: inout RunConfiguration
    ) throws(WorkloadFileError) {
        try file.read("workload", into: &configuration.workload)
        let name = configuration.workload
        let isControl = { (scalar: Unicode.Scalar) in
            scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
        }
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), name.utf8.count <= 100,
            !name.unicodeScalars.contains(where: isControl)
        else {
            throw file.wrong(
                at: "workload",
                "expected a name that folders can have: up to 100 bytes, not beginning with a dot, no / "
                    + "and no control characters")
        }
        try file.read("description", into: &configuration.description)
        try file.read("kind", choice: &configuration.kind)
        try file.read("system", into: &configuration.system)
        try file.read("defects", list: &configuration.defects, "the name of a defect") { $0 }
        try file.read("nodes", into: &configuration.nodes, in: 1...99)
        try file.read(
            "election-timeout", durations: &configuration.electionTimeout, in: millisecond...hour)
        try file.read(
            "entries-per-message", into: &configuration.entriesPerMessage, in: 1...1_000_000)
        try file.read("seed", into: &configuration.seed)
    }

    private static func readLoad(
        _ file: MappingReader, into configuration: inout RunConfiguration
    ) throws(WorkloadFileError) {
        try file.read("concurrency", into: &configuration.concurrency, in: 1...10_000)
        try file.read("rate", rate: &configuration.rate)
        try file.read("time-limit", duration: &configuration.timeLimit)
        try file.read(
            "recovery-limit", duration: &configuration.recoveryLimit, least: millisecond, most: hour
        )
        try file.read(
            "operation-timeout", duration: &configuration.operationTimeout, least: millisecond,
            most: hour)
        guard configuration.timeLimit > 0 else {
            throw file.wrong(at: "time-limit", "must be longer than nothing")
        }
        guard configuration.timeLimit <= RunConfiguration.timeLimitMax else {
            throw file.wrong(at: "time-limit", "must not be longer than 1000h")
        }
    }

    private static func readFaults(
        _ file: MappingReader, into configuration: inout RunConfiguration
    ) throws(WorkloadFileError) {
        var names = FaultNames.names(configuration.faults)
        try file.read("faults", list: &names, "the name of a fault") { $0 }
        do {
            configuration.faults = try FaultNames.kinds(names)
        } catch { throw file.wrong(at: "faults", error.description) }
        guard let entries = try file.children("schedule") else { return }
        var faults: [PlannedFault] = []
        for (position, entry) in entries.enumerated() {
            faults.append(
                try plannedFault(
                    entry, id: position + 1, nodes: configuration.nodeIDs,
                    limit: configuration.timeLimit))
        }
        faults.sort { ($0.start, $0.id) < ($1.start, $1.id) }
        for place in faults.indices { faults[place].id = place + 1 }
        configuration.schedule = FaultSchedule(faults: faults)
    }

    private static func plannedFault(
        _ entry: MappingReader, id: Int, nodes: [NodeID], limit: Nanoseconds
    ) throws(WorkloadFileError) -> PlannedFault {
        try entry.allowOnly([
            "kind", "start", "duration", "order", "heal", "mutes", "after-election", "per-mille",
            "lateness",
        ])
        var fault = PlannedFault(
            id: id, kind: .partitionHalves, start: .zero, duration: 2_000_000_000, order: nodes)
        let kinds = FaultKind.all.map(\.name).joined(separator: ", ")
        try entry.read("kind", into: &fault.kind, "one of \(kinds)") { FaultKind.named($0) }
        try entry.read("start", duration: &fault.start.nanoseconds)
        try entry.read("duration", duration: &fault.duration)
        try entry.read("heal", into: &fault.heal, "resume or reset") { HealMode(rawValue: $0) }
        try entry.read("mutes", into: &fault.mutes)
        var delay: Nanoseconds = -1
        try entry.read(
            "after-election", duration: &delay, most: RunConfiguration.timeLimitMax)
        if delay >= 0 { fault.afterElection = delay }
        try entry.read("per-mille", into: &fault.perMille, in: 1...1000)
        try entry.read("lateness", durations: &fault.lateness, in: 1000...hour)
        try entry.read("order", list: &fault.order, "the number of a node") { text in
            Int(text).map { NodeID($0) }
        }
        guard fault.start + fault.duration <= Instant(nanoseconds: limit) else {
            throw entry.wrong(at: "start", "the fault would last longer than the load")
        }
        guard fault.order.sorted() == nodes else {
            throw entry.wrong(at: "order", "expected each of 1 to \(nodes.count) once")
        }
        return fault
    }

    private static func readRegister(
        _ section: MappingReader, into register: inout RegisterSettings
    ) throws(WorkloadFileError) {
        try section.allowOnly(["read", "write", "cas", "clients-per-key", "operations-per-key"])
        try section.read("read", into: &register.mix.read, in: 0...1_000_000)
        try section.read("write", into: &register.mix.write, in: 0...1_000_000)
        try section.read("cas", into: &register.mix.cas, in: 0...1_000_000)
        try section.read("clients-per-key", into: &register.clientsPerKey, in: 1...10_000)
        try section.read(
            "operations-per-key", into: &register.operationsPerKey, in: 1...1_000_000_000)
        guard register.mix.total > 0 else {
            throw section.wrong(at: "read", "one of read, write and cas must be above 0")
        }
    }
}
