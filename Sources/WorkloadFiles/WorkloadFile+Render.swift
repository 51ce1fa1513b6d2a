internal import Faults
internal import HistoryModel
internal import Vocabulary
public import Workloads

extension WorkloadFile {
    /// Writes every setting as a workload file that repeats exactly this configuration.
    public static func render(_ configuration: RunConfiguration) -> String {
        let timeouts = configuration.electionTimeout
        let register = configuration.register
        var lines = [
            "workload: \(quoted(configuration.workload))",
            "description: \(quoted(configuration.description))",
            "kind: \(configuration.kind.rawValue)",
            "system: \(quoted(configuration.system))",
            "defects: [\(configuration.defects.joined(separator: ", "))]",
            "nodes: \(configuration.nodes)",
            "concurrency: \(configuration.concurrency)",
            "rate: \(RateText.format(configuration.rate))",
            "time-limit: \(DurationText.format(configuration.timeLimit))",
            "recovery-limit: \(DurationText.format(configuration.recoveryLimit))",
            "operation-timeout: \(DurationText.format(configuration.operationTimeout))",
            "election-timeout: [\(DurationText.format(timeouts.lowerBound)), "
                + "\(DurationText.format(timeouts.upperBound))]",
            "entries-per-message: \(configuration.entriesPerMessage)",
            "faults: [\(FaultNames.names(configuration.faults).joined(separator: ", "))]",
            "register:",
            "  read: \(register.mix.read)",
            "  write: \(register.mix.write)",
            "  cas: \(register.mix.cas)",
            "  clients-per-key: \(register.clientsPerKey)",
            "  operations-per-key: \(register.operationsPerKey)",
        ]
        lines += keyValueLines(configuration.keyValue) + gossipLines(configuration.gossip)
        lines += [
            "check:",
            "  time-budget: \(DurationText.format(configuration.check.time))",
            "  memory-budget: \(ByteCountText.format(configuration.check.bytesMax))",
            "seed: \(configuration.seed)",
        ]
        let schedule = configuration.effectiveSchedule.faults
        lines.append(schedule.isEmpty ? "schedule: []" : "schedule:")
        lines += schedule.map(entry)
        lines += simulationLines(configuration.simulation)
        if let operations = configuration.operations {
            lines.append(operations.isEmpty ? "operations: []" : "operations:")
            lines += operations.map(entry)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entry(_ fault: PlannedFault) -> String {
        let order = fault.order.map { String($0.rawValue) }.joined(separator: ", ")
        return "  - {kind: \(fault.kind.name), "
            + "start: \(DurationText.format(fault.start.nanoseconds)), "
            + "duration: \(DurationText.format(fault.duration)), order: [\(order)], "
            + "heal: \(fault.heal.rawValue), mutes: \(fault.mutes)"
            + (fault.afterElection.map { ", after-election: \(DurationText.format($0))" } ?? "")
            + (fault.kind.needs.contains(.disturb)
                ? ", per-mille: \(fault.perMille), lateness: \(text(fault.lateness))" : "")
            + "}"
    }

    private static func entry(_ scripted: ScriptedOperation) -> String {
        let operation = scripted.operation
        let key = operation.key.map { ", key: \(text($0))" } ?? ""
        let value = operation.value == .null ? "" : ", value: \(text(operation.value))"
        return "  - {at: \(DurationText.format(scripted.start.nanoseconds)), "
            + "thread: \(scripted.thread.rawValue), f: \(operation.function.rawValue)\(key)\(value)}"
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): String(value)
        case .integer(let value): String(value)
        case .text(let value): quoted(value)
        case .list(let values): "[\(values.map(text).joined(separator: ", "))]"
        // A workload file has no word for these, and so none that was read from one has them.
        case .set, .form: quoted(value.description)
        }
    }

    private static func quoted(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"": escaped += "\\\(scalar)"
            case "\n": escaped += "\\n"
            case _ where !(32...126).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                escaped += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }
}
