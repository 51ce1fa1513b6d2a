internal import ArgumentParser
internal import Foundation
internal import Reports
internal import Runner

/// The command line of the harness.
@main
struct Harness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "harness",
        abstract: "Finds out whether a distributed system keeps its promise while things break.",
        discussion: """
            Starts the system as real processes on this machine, breaks the network and the \
            processes between them, records every operation of its clients, and judges the record.

              \(Invocation.word) check --workload register
                  the main job: a Raft store, all faults
              \(Invocation.word) check --workload register --defect stale-reads
                  the same with a known bug: see it found
              \(Invocation.word) explore --workload register
                  thousands of simulated runs, each from a seed
              \(Invocation.word) replay reports/RUN
                  the same run again
              \(Invocation.word) shrink reports/RUN
                  the few faults and operations that it takes
              \(Invocation.word) epidemics
                  rumors over 1,000 sites, and their laws
              \(Invocation.word) conformance raft
                  what is claimed of it, statement by statement
              \(Invocation.word) analyze reports/RUN
                  judge a recorded run again
              \(Invocation.word) list
                  what there is to choose from
              \(Invocation.word) doctor
                  is this machine fit for it?

            Exit codes: 0 valid, 1 invalid, 2 unknown, 64 wrong usage, 70 the harness failed.
            """,
        version: HarnessVersion.current,
        subcommands: [
            CheckCommand.self, ExploreCommand.self, ReplayCommand.self, ShrinkCommand.self,
            EpidemicsCommand.self, ConformanceCommand.self, AnalyzeCommand.self, ExportCommand.self,
            ListCommand.self,
            DoctorCommand.self,
        ])

    /// Runs the command that the arguments name.
    ///
    /// What a command finds wrong with its options only when it runs is told with its own usage, as
    /// what the parser finds is.
    static func main() async {
        if let shortage = AddressSpace.shortage {
            FileHandle.standardError.write(Data("the harness failed: \(shortage)\n".utf8))
            exit(withError: ExitCode.harnessFailure)
        }
        AddressSpace.tellOfItsEnd()
        var current: any ParsableCommand.Type = Harness.self
        do {
            try RepeatedOptions.refuse(in: Array(CommandLine.arguments.dropFirst()))
            var command = try parseAsRoot()
            current = type(of: command)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as ValidationError {
            end(with: usageError(error, of: current), .validationFailure)
        } catch {
            end(with: fullMessage(for: error), exitCode(for: error))
        }
    }

    /// Says why the program ends, and ends it; what is asked for, such as help, goes to standard output.
    ///
    /// A message may quote what was given, and that may hold anything.
    private static func end(with message: String, _ code: ExitCode) -> Never {
        // The parser knows the program by one name only.
        let named = message.replacing("See 'harness ", with: "See '\(Invocation.word) ")
            .replacing("Usage: harness ", with: "Usage: \(Invocation.word) ")
            .replacing("USAGE: harness ", with: "USAGE: \(Invocation.word) ")
        let text = TerminalText.escaped(named)
        if !text.isEmpty {
            let line = text.hasSuffix("\n") ? text : text + "\n"
            if code == .success {
                StandardOutput.print(line, terminator: "")
            } else {
                // Who can't be told by words is told by the exit code.
                try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
            }
        }
        Foundation.exit(code.rawValue)
    }

    /// What is told about options that make no sense.
    static func usageError(_ error: ValidationError, of command: any ParsableCommand.Type) -> String
    {
        let name = command.configuration.commandName ?? ""
        let help = command == Harness.self ? "--help" : "\(name) --help"
        return "Error: \(error.message)\nUsage: \(usageString(for: command))\n"
            + "  See '\(Invocation.word) \(help)' for more information.\n"
    }
}

/// The version of this program.
enum HarnessVersion {
    static let current = "0.1.0"
}
