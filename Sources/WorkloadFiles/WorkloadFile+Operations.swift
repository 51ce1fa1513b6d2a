internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// The operations of a script.
extension WorkloadFile {
    private static let functions: [Function] = [.read, .write, .cas, .delete, .add]

    /// Reads the script, if there is one, and puts it into the order of its times.
    static func readOperations(
        _ file: MappingReader, into configuration: inout RunConfiguration
    ) throws(WorkloadFileError) {
        guard let entries = try file.children("operations") else { return }
        var operations: [ScriptedOperation] = []
        for entry in entries {
            operations.append(
                try scripted(
                    entry, threads: configuration.concurrency, limit: configuration.timeLimit))
        }
        let sorted = operations.enumerated().sorted {
            ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
        }
        configuration.operations = sorted.map(\.element)
    }

    private static func scripted(
        _ entry: MappingReader, threads: Int, limit: Nanoseconds
    ) throws(WorkloadFileError) -> ScriptedOperation {
        try entry.allowOnly(["at", "thread", "f", "key", "value"])
        try entry.require(["at", "thread", "f"])
        var start: Nanoseconds = 0
        var thread = 0
        var name = ""
        var value: Value?
        var operation = OperationTemplate(function: .read)
        try entry.read("at", duration: &start)
        guard start < limit else {
            throw entry.wrong(at: "at", "the operation would begin after the load")
        }
        try entry.read("thread", into: &thread, in: 0...(threads - 1))
        try entry.read("f", into: &name)
        guard let function = functions.first(where: { $0.rawValue == name }) else {
            throw entry.wrong(
                at: "f",
                NearestName.unknown("operation", name, known: functions.map(\.rawValue)))
        }
        operation.function = function
        try entry.read("key", value: &operation.key)
        try entry.read("value", value: &value)
        operation.value = value ?? .null
        try check(operation.value, of: function, in: entry)
        return ScriptedOperation(
            start: Instant(nanoseconds: start), thread: ThreadID(thread), operation: operation)
    }

    private static func check(
        _ value: Value, of function: Function, in entry: MappingReader
    ) throws(WorkloadFileError) {
        switch (function, value) {
        case (.read, .null), (.delete, .null): break
        case (.read, _), (.delete, _):
            throw entry.wrong(at: "value", "a \(function.rawValue) takes no value")
        case (.cas, .list(let pair)) where pair.count == 2: break
        case (.cas, _): throw entry.wrong(at: "value", "expected [expected, new]")
        case (_, .null): throw entry.wrong(at: "value", "expected what is to be written")
        default: break
        }
    }
}
