internal import ArgumentParser
internal import HistoryModel

/// The options that say how to read a history from elsewhere.
struct HistoryOptions: ParsableArguments {
    @Option(
        name: .customLong("from"),
        help: "The history's format: edn, jepsen-log, json-lines; told by its content if absent.")
    var input: HistoryFormat?

    @Flag(help: "Values are pairs of an independent key and the value proper, as in Jepsen.")
    var keyed = false

    @Flag(help: "Leave out events that make no sense, and count them.")
    var lenient = false

    /// The file at `path`, or standard input for `-`, with these options.
    func file(_ path: String) -> HistoryFile {
        HistoryFile(path: path, format: input, keyedTuples: keyed, isLenient: lenient)
    }
}

extension HistoryFormat: ExpressibleByArgument {}
