internal import ArgumentParser
internal import Conformance
internal import Foundation

/// `harness conformance`: what is claimed of a protocol, statement by statement.
struct ConformanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Checks what is claimed of a protocol, statement by statement.",
        discussion: """
            Each statement has a scenario in the simulated world; the table says what was done, what \
            was seen, and whether that is what was expected. Of an attack that no node can see it is \
            expected that the checker names it.

              harness conformance gossip

            Exit codes: 0 every row is as expected, 1 one is not, 64 wrong usage, 70 the harness failed.
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case gossip
    }

    @Argument(help: "Which protocol: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).")
    var subject: Subject

    func run() async throws {
        let printer = ProgressPrinter()
        try await HarnessFailure.caught(printer) {
            var isAsExpected = true
            let scenarios = GossipConformance.scenarios
            for (number, scenario) in scenarios.enumerated() {
                printer.show("\(number + 1) of \(scenarios.count): \(scenario.statement)")
                let observation = try scenario.carryOut()
                isAsExpected = isAsExpected && observation.isAsExpected
                printer.clear()
                print(
                    """
                    \(observation.isAsExpected ? "as expected" : "NOT AS EXPECTED"): \
                    \(scenario.statement)
                      injected  \(scenario.injected)
                      observed  \(observation.text)
                    """)
            }
            throw ExitCode(isAsExpected ? 0 : 1)
        }
    }
}
