internal import ArgumentParser
internal import HistoryModel

/// The options that say how to read a history from elsewhere.
struct HistoryOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case edn
        case jepsenLog = "jepsen-log"
        case jsonLines = "json-lines"
    }

    @Option(
        name: .customLong("from"),
        help: "The history's format: edn, jepsen-log, json-lines; told by its content if absent.")
    var input: Format?

    @Flag(help: "Values are pairs of an independent key and the value proper, as in Jepsen.")
    var keyed = false

    @Flag(help: "Leave out events that make no sense, and count them.")
    var lenient = false

    /// The first of these options that was given; nil if none was.
    var firstGiven: String? {
        if input != nil { return "--from" }
        if keyed { return "--keyed" }
        return lenient ? "--lenient" : nil
    }

    /// The file at `path`, or standard input for `-`, with these options.
    func file(_ path: String) -> HistoryFile {
        HistoryFile(
            path: path, format: input.flatMap { HistoryFormat(rawValue: $0.rawValue) },
            keyedTuples: keyed, isLenient: lenient)
    }
}
