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

            With --real the same is shown with real processes behind the fault proxy, as far as that \
            can be; the rest is named and does not count. It takes some two minutes.

              \(Invocation.word) conformance gossip
              \(Invocation.word) conformance gossip --real

            Exit codes: 0 every row is as expected, 1 one is not, 64 wrong usage, 70 the harness failed.
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case gossip
    }

    @Argument(help: "Which protocol: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).")
    var subject: Subject

    @Flag(help: "Show it with real processes.")
    var real = false

    @Option(help: "With --real, the folder for runs; one that is as expected is not kept.")
    var reports = "reports"

    func run() async throws {
        let printer = ProgressPrinter()
        try await HarnessFailure.caught(printer) {
            if real { throw ExitCode(try await isAsExpectedInProcesses() ? 0 : 1) }
            var count = 0
            let scenarios = GossipConformance.scenarios
            for (number, scenario) in scenarios.enumerated() {
                printer.show("\(number + 1) of \(scenarios.count): \(scenario.statement)")
                let observation = try scenario.carryOut()
                if observation.isAsExpected { count += 1 }
                printer.clear()
                show(scenario.statement, scenario.injected, observation)
            }
            StandardOutput.print("\n\(count) of \(scenarios.count) statements as expected")
            throw ExitCode(count == scenarios.count ? 0 : 1)
        }
    }

    private func isAsExpectedInProcesses() async throws -> Bool {
        var seen = 0
        var asExpected = 0
        let result = try await RealConformance(reports: reports)
            .carryOut(GossipConformance.realScenarios) { scenario, outcome in
                switch scenario.way {
                case .none(let reason):
                    StandardOutput.print(
                        "in the simulated world only: \(scenario.statement)\n  because   \(reason)")
                case .experiment(let experiment):
                    guard let observation = outcome.observation else { return }
                    seen += 1
                    if observation.isAsExpected { asExpected += 1 }
                    show(scenario.statement, experiment.injected, observation)
                    if let folder = outcome.folder { StandardOutput.print("  run       \(folder)") }
                }
            }
        StandardOutput.print(
            "\n\(asExpected) of \(seen) statements that processes can show as expected")
        return result
    }

    private func show(
        _ statement: String, _ injected: String, _ observation: ConformanceScenario.Observation
    ) {
        StandardOutput.print(
            """
            \(observation.isAsExpected ? "as expected" : "NOT AS EXPECTED"): \(statement)
              injected  \(injected)
              observed  \(observation.text)
            """)
    }
}
