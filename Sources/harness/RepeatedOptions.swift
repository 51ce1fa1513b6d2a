internal import ArgumentParser

/// Options that are given twice where only one of them could count.
enum RepeatedOptions {
    /// Those of which each counts.
    private static let repeatable: Set<String> = ["--defect"]
    private static let long = ["-w": "--workload", "-o": "--output"]

    /// Complains of the first option that stands twice, since the earlier one would be ignored.
    ///
    /// - Parameter arguments: The command line without the program.
    /// - Throws: `ValidationError`.
    static func refuse(in arguments: [String]) throws {
        var seen: Set<String> = []
        var isValue = false
        for argument in arguments.prefix(while: { $0 != "--" }) {
            // What follows these options is their value, whatever it looks like.
            defer { isValue = ["--initial", "--seed"].contains(argument) }
            guard !isValue, argument.hasPrefix("-") else { continue }
            let name = String(argument.prefix { $0 != "=" })
            let option = long[name] ?? name
            guard option.hasPrefix("--"), !repeatable.contains(option) else { continue }
            guard seen.insert(option).inserted else {
                throw ValidationError(
                    "\(option) is given twice; give it once"
                        + (option == "--faults" ? ", with commas: --faults partition,kill" : ""))
            }
        }
    }
}
