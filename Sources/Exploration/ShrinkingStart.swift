public import HistoryModel
internal import Vocabulary
public import Workloads

/// The scenario that shrinking begins with: one that is seen to fail, its operations written out.
public struct ShrinkingStart: Sendable {
    /// The scenario.
    public private(set) var scenario: RunConfiguration
    /// Says whether a smaller one still fails in the same way.
    public let oracle: FailureOracle
    /// Whether the operations are a script; else the run fails only with those that the seed draws.
    public private(set) var isScripted = true

    /// Runs a scenario and writes its operations out; nil if it breaks no promise.
    ///
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - kind: The kind of violation to keep; nil for the first one.
    ///   - attempts: How many seeds a candidate is tried with at most.
    /// - Throws: `SimulationError`, or ``OtherViolation`` if it does not fail in the way asked for.
    public init?(_ scenario: RunConfiguration, kind: String?, attempts: Int = 200) throws {
        let outcome = try SeedOutcome(scenario)
        guard let first = outcome.violations.first else { return nil }
        if let kind, !outcome.violations.contains(kind) {
            throw OtherViolation(wanted: kind, found: outcome.violations)
        }
        oracle = FailureOracle(violation: kind ?? first, attempts: attempts)
        self.scenario = scenario
        self.scenario.schedule = scenario.effectiveSchedule
        guard scenario.operations == nil else { return }
        var scripted = self.scenario
        scripted.operations = outcome.record.script(of: scenario)
        if let seed = try oracle.failingSeed(of: scripted, effort: 200) {
            scripted.seed = seed
            self.scenario = scripted
        } else {
            isScripted = false
        }
    }
}

/// A run fails in another way than the one that was asked for.
public struct OtherViolation: Error, Hashable, CustomStringConvertible {
    /// The kind that was asked for.
    public var wanted: String
    /// The kinds that there are.
    public var found: [String]

    /// Both, in a sentence.
    public var description: String {
        "this run has no violation \"\(wanted)\"; it has \(found.joined(separator: ", "))"
    }
}

extension RunRecord {
    /// The operations of the load as a script for the same scenario.
    public func script(of scenario: RunConfiguration) -> [ScriptedOperation] {
        let load = phases.first { $0.name == RunPhase.load }
        let origin = load?.start ?? .zero
        return [ScriptedOperation](
            of: history, concurrency: scenario.concurrency, origin: origin,
            loadEnd: load?.end ?? origin + scenario.timeLimit)
    }
}
