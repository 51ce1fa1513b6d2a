internal import Files
internal import Foundation

/// Standard output, of which nothing may be lost without a word.
enum StandardOutput {
    /// Prints a text; ends the process with 70 if it can't be written.
    ///
    /// What was asked for is the output: a verdict that nobody can read is no success.
    static func print(_ text: String, terminator: String = "\n") {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((text + terminator).utf8))
        } catch {
            let words = "the output could not be written: \(FileProblem.words(error))\n"
            // Who can't be told by words is told by the exit code.
            try? FileHandle.standardError.write(contentsOf: Data(words.utf8))
            exit(70)
        }
    }
}
