internal import HistoryModel
internal import Workloads

/// The settings that a workload has of its own, in a section of its name.
extension WorkloadFile {
    static func readOptions(
        _ file: MappingReader, into configuration: inout RunConfiguration
    ) throws(WorkloadFileError) {
        let kind = configuration.kind
        for other in Workload.all where other != kind && !other.settings.isEmpty {
            if file.has(other.name) {
                throw file.wrong(
                    at: other.name, "a workload of the kind \(kind.name) has no such settings")
            }
        }
        guard !kind.settings.isEmpty, let section = try file.child(kind.name) else { return }
        try section.allowOnly(kind.settings.map(\.name))
        for setting in kind.settings where section.has(setting.name) {
            var value = setting.standard
            try section.read(setting.name, into: &value, in: setting.range)
            // What is as it is anyway is not kept, so that equal configurations are equal.
            configuration.options[setting.name] = value == setting.standard ? nil : value
        }
        guard !configuration.functionsNeeded.isEmpty else {
            throw section.wrong(
                at: kind.settings[0].name,
                "one of \(kind.functions.map(\.rawValue).joined(separator: ", ")) must be above 0")
        }
    }

    static func optionLines(_ configuration: RunConfiguration) -> [String] {
        let settings = configuration.kind.settings
        guard !settings.isEmpty else { return [] }
        return ["\(configuration.kind.name):"]
            + settings.map { "  \($0.name): \(configuration[$0])" }
    }
}
