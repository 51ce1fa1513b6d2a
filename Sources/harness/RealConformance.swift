internal import ArgumentParser
internal import Checkers
internal import Conformance
internal import Exploration
internal import Foundation
internal import GossipBinding
internal import GossipCore
internal import HistoryModel
internal import HistoryStore
internal import Runner
internal import SystemCatalogue
internal import Synchronization
internal import Systems
internal import Vocabulary
internal import Workloads

/// Carries out what can be seen of a protocol in real processes, a few clusters at a time.
struct RealConformance {
    /// What came of one statement.
    struct Outcome: Sendable {
        /// What was seen; nil if that is possible in the simulated world only.
        var observation: ConformanceScenario.Observation?
        /// The run, kept because it is not as expected; nil if there is none.
        var folder: String?
    }

    /// How many clusters run at a time: they mostly wait.
    private static let lanes = 2

    /// The protocol's name, for the names of folders.
    var name: String
    /// The folder for runs; those that are as expected are removed.
    var reports: String

    /// Carries all scenarios out.
    ///
    /// - Parameters:
    ///   - scenarios: The scenarios.
    ///   - report: Gets each scenario with its outcome, in their order, as soon as it is known.
    /// - Throws: what a system or a run file throws.
    func carryOut(
        _ scenarios: [RealScenario], report: (RealScenario, Outcome) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var outcomes: [Int: Outcome] = [:]
            var started = 0
            var reported = 0
            func startNext() {
                guard started < scenarios.count else { return }
                let number = started
                started += 1
                group.addTask { (number, try await outcome(of: scenarios[number], number)) }
            }
            for _ in 0..<Self.lanes { startNext() }
            for try await (number, outcome) in group {
                outcomes[number] = outcome
                startNext()
                while let next = outcomes.removeValue(forKey: reported) {
                    report(scenarios[reported], next)
                    reported += 1
                }
            }
        }
    }

    private func outcome(of scenario: RealScenario, _ number: Int) async throws -> Outcome {
        guard case .experiment(let experiment) = scenario.way else { return Outcome() }
        let configuration = experiment.configuration
        let started = Date()
        let folder = try RunFolder(
            creatingIn: reports, workload: "conformance-\(name)-\(number + 1)", startedAt: started)
        let clock = RunClock()
        let wire = Wire(experiment.forgery, seed: Seed(configuration.seed), clock: clock)
        let run = RealRun(
            configuration: configuration, system: try system(of: experiment, wire), folder: folder,
            metadata: RunDescription.metadata(configuration, id: folder.id, startedAt: started),
            clock: clock)
        try await run.execute(stops: AsyncStream { $0.finish() }) { _ in }
        let judgement = Judgement(
            database: folder.database, report: folder.report,
            judge: Judge(budget: configuration.check, plan: JudgingPlan(configuration)))
        let record = try await judgement.carryOut(try RunReader.read(folder.database))
        let observation = try experiment.observation(of: record, wire.packets)
        guard observation.isAsExpected else {
            return Outcome(observation: observation, folder: folder.path)
        }
        try FileManager.default.removeItem(atPath: folder.path)
        return Outcome(observation: observation)
    }

    private func system(
        of experiment: RealScenario.Experiment, _ wire: Wire
    ) throws -> any SystemUnderTest {
        if experiment.seesDatagrams { return GossipSystem { wire.pass(&$0) } }
        let name = experiment.configuration.system
        guard let system = KnownSystems.all.first(where: { $0.name == name }) else {
            throw ValidationError("there is no system \(name)")
        }
        return system
    }
}

/// Notes what passes between the nodes of a run, and forges some of it if that is wanted.
private final class Wire: Sendable {
    private struct State {
        var packets: [SeenPacket] = []
        var random: RandomStream
    }

    private let forgery: Forgery?
    private let state: Mutex<State>
    private let clock: RunClock

    init(_ forgery: Forgery?, seed: Seed, clock: RunClock) {
        self.forgery = forgery
        self.clock = clock
        state = Mutex(State(random: seed.stream("forgery")))
    }

    /// What has passed so far.
    var packets: [SeenPacket] { state.withLock { $0.packets } }

    func pass(_ packet: inout GossipPacket) {
        let now = clock.now()
        packet = state.withLock { [packet] state in
            state.packets.append(SeenPacket(time: now, packet: packet))
            guard let forgery, case .store(var message) = packet.payload else { return packet }
            forgery.alter(&message, now: now, random: &state.random)
            var forged = packet
            forged.payload = .store(message)
            return forged
        }
    }
}
