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
            can be; the rest is named and does not count. It takes some two minutes for each protocol.

              \(Invocation.word) conformance
              \(Invocation.word) conformance raft
              \(Invocation.word) conformance gossip --real

            Exit codes: 0 every row is as expected, 1 one is not, 64 wrong usage, 70 the harness failed.
            """)

    /// A protocol that is named on the command line.
    struct Subject: ExpressibleByArgument {
        var conformance: ProtocolConformance

        init?(argument: String) {
            guard let conformance = ProtocolConformance.named(argument) else { return nil }
            self.conformance = conformance
        }

        static let allValueStrings = ProtocolConformance.all.map(\.name)
    }

    @Argument(
        help: """
            Which protocol: \(Subject.allValueStrings.joined(separator: ", ")); all if none is named.
            """)
    var subject: Subject?

    @Flag(help: "Show it with real processes.")
    var real = false

    @Option(help: "With --real, the folder for runs; one that is as expected is not kept.")
    var reports = "reports"

    /// How many statements were looked at, and how many are as expected.
    private struct Count {
        var seen = 0
        var asExpected = 0

        mutating func add(_ other: Count) {
            seen += other.seen
            asExpected += other.asExpected
        }

        var text: String { "\(asExpected) of \(seen) statements" }
    }

    func run() async throws {
        let printer = ProgressPrinter()
        let subjects = subject.map { [$0.conformance] } ?? ProtocolConformance.all
        let ending = real ? " that processes can show as expected" : " as expected"
        try await HarnessFailure.caught(printer) {
            var total = Count()
            for subject in subjects {
                let count =
                    real ? try await showReal(subject) : try showSimulated(subject, printer)
                let name = subjects.count > 1 ? "\(subject.name): " : ""
                StandardOutput.print("\n\(name)\(count.text)\(ending)")
                total.add(count)
            }
            if subjects.count > 1 { StandardOutput.print("\(total.text)\(ending)") }
            throw ExitCode(total.asExpected == total.seen ? 0 : 1)
        }
    }

    private func showSimulated(
        _ subject: ProtocolConformance, _ printer: ProgressPrinter
    ) throws -> Count {
        var count = Count()
        for scenario in subject.scenarios {
            count.seen += 1
            printer.show("\(count.seen) of \(subject.scenarios.count): \(scenario.statement)")
            let observation = try scenario.carryOut()
            if observation.isAsExpected { count.asExpected += 1 }
            printer.clear()
            show(scenario.statement, scenario.injected, observation)
        }
        return count
    }

    private func showReal(_ subject: ProtocolConformance) async throws -> Count {
        var count = Count()
        try await RealConformance(name: subject.name, reports: reports)
            .carryOut(subject.realScenarios) { scenario, outcome in
                switch scenario.way {
                case .none(let reason):
                    StandardOutput.print(
                        "in the simulated world only: \(scenario.statement)\n  because   \(reason)")
                case .experiment(let experiment):
                    guard let observation = outcome.observation else { return }
                    count.seen += 1
                    if observation.isAsExpected { count.asExpected += 1 }
                    show(scenario.statement, experiment.injected, observation)
                    if let folder = outcome.folder { StandardOutput.print("  run       \(folder)") }
                }
            }
        return count
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
