internal import Faults
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
            "faults: [\(FaultNames.names(configuration.faults).joined(separator: ", "))]",
            "register:",
            "  read: \(register.mix.read)",
            "  write: \(register.mix.write)",
            "  cas: \(register.mix.cas)",
            "  clients-per-key: \(register.clientsPerKey)",
            "  operations-per-key: \(register.operationsPerKey)",
            "check:",
            "  time-budget: \(DurationText.format(configuration.check.time))",
            "  memory-budget: \(ByteCountText.format(configuration.check.bytesMax))",
            "seed: \(configuration.seed)",
        ]
        let schedule = configuration.effectiveSchedule.faults
        lines.append(schedule.isEmpty ? "schedule: []" : "schedule:")
        lines += schedule.map(entry)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entry(_ fault: PlannedFault) -> String {
        let order = fault.order.map { String($0.rawValue) }.joined(separator: ", ")
        return "  - {kind: \(fault.kind.rawValue), "
            + "start: \(DurationText.format(fault.start.nanoseconds)), "
            + "duration: \(DurationText.format(fault.duration)), order: [\(order)], "
            + "heal: \(fault.heal.rawValue), mutes: \(fault.mutes)}"
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
