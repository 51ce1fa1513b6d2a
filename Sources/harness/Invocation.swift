internal import Foundation
internal import Reports

/// How the user called this program, so that the commands that it prints can be pasted.
enum Invocation {
    /// What stands where the program's name belongs: `Scripts/harness`, which says so in
    /// `HARNESS_INVOKED_AS`, or the first word of the command line.
    static let program: String = {
        let script = ProcessInfo.processInfo.environment["HARNESS_INVOKED_AS"] ?? ""
        return script.isEmpty ? CommandLine.arguments.first ?? "harness" : script
    }()

    /// The program's name as a word of a shell.
    static let word = ShellWords.quoted(program)
}
