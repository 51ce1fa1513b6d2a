internal import ArgumentParser
internal import Foundation
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

              harness check --workload register          the main job: a Raft store, all faults
              harness check --workload register --defect stale-reads
                                                         the same with a known bug: see it found
              harness explore --workload register        thousands of simulated runs, each from a seed
              harness replay reports/RUN                 the same run again
              harness shrink reports/RUN                 the few faults and operations that it takes
              harness epidemics                          rumors over 1,000 sites, and their laws
              harness conformance gossip                 what is claimed of it, statement by statement
              harness analyze reports/RUN/run.sqlite     judge a recorded run again
              harness list                               what there is to choose from
              harness doctor                             is this machine fit for it?

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
        do {
            var command = try parseAsRoot()
            do {
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            } catch let error as ValidationError {
                let text = usageError(error, of: type(of: command))
                FileHandle.standardError.write(Data(text.utf8))
                exit(withError: ExitCode.validationFailure)
            }
        } catch { exit(withError: error) }
    }

    /// What is told about options that make no sense.
    static func usageError(_ error: ValidationError, of command: any ParsableCommand.Type) -> String
    {
        let name = command.configuration.commandName ?? ""
        return "Error: \(error.message)\nUsage: \(usageString(for: command))\n"
            + "  See 'harness \(name) --help' for more information.\n"
    }
}

/// The version of this program.
enum HarnessVersion {
    static let current = "0.1.0"
}
