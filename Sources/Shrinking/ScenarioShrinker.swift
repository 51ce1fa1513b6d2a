internal import Faults
internal import HistoryModel
public import Workloads

/// Makes a scenario that fails as small as it can while it still fails.
///
/// A pure value: the caller asks for the next candidate, runs it in whichever world, and tells
/// whether it failed in the same way. Passes over faults, keys, operations, nodes, threads, time and
/// details follow one another until none of them finds anything more. Every candidate is a valid
/// configuration, and none is larger than the scenario before it.
public struct ScenarioShrinker: Sendable {
    private enum Search: Sendable {
        /// Parts of what the pass can leave out of `base`.
        case parts(SubsetSearch, base: RunConfiguration)
        /// Single reductions that are still to be tried.
        case reductions(ArraySlice<Reduction>)
    }

    /// The smallest scenario that is known to fail.
    public private(set) var smallest: RunConfiguration
    /// The candidate that was returned last and not yet told about.
    private var candidate: RunConfiguration?
    /// What a round consists of.
    private let round: [ShrinkingPass]
    private var passes: ArraySlice<ShrinkingPass>
    private var search: Search?
    private var firstRound = true
    private var acceptedAtRoundStart = 0
    private var tried = 0
    private var accepted = 0

    /// Begins with a scenario that is known to fail; its schedule is resolved if it was not.
    ///
    /// Operations that the seed draws are left alone: give a script to have them shrunk.
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - passes: What is made smaller, in this order; all there is by default.
    public init(
        _ scenario: RunConfiguration, passes: [ShrinkingPass] = ShrinkingPass.allCases
    ) {
        round = passes
        self.passes = passes[...]
        smallest = scenario
        smallest.setFaults(scenario.effectiveSchedule.faults)
    }

    /// How far it has come, for a line that lives.
    public var progress: ShrinkingProgress {
        ShrinkingProgress(
            tried: tried, accepted: accepted, pass: passes.first ?? .world,
            faults: smallest.scheduledFaults.count, operations: smallest.operations?.count,
            nodes: smallest.nodes, threads: smallest.concurrency, length: smallest.timeLimit)
    }

    /// How many tries the candidate is worth, 1 for the least: a bold one may save many others, and
    /// what is small already takes luck to make smaller.
    public var effort: Int {
        if case .parts(let parts, _)? = search, parts.isBold { return 8 }
        return switch passes.first {
        case .end?, .beginning?, .nodes?: 8
        default: firstRound ? 1 : 4
        }
    }

    /// The next scenario to try; nil if nothing can be made smaller any more.
    ///
    /// Until it is told about, the same candidate is returned again.
    public mutating func nextCandidate() -> RunConfiguration? {
        if let candidate { return candidate }
        while let pass = passes.first {
            if search == nil { search = begin(pass) }
            if let next = advance(pass) {
                candidate = next
                return next
            }
            search = nil
            passes.removeFirst()
            if passes.isEmpty && accepted > acceptedAtRoundStart {
                passes = round[...]
                acceptedAtRoundStart = accepted
                firstRound = false
            }
        }
        return nil
    }

    /// Learns about the last candidate: the seed with which it failed in the same way, or nil if it
    /// did not.
    ///
    /// A caller may try other seeds than the candidate's own; the one that failed is kept.
    public mutating func record(failingSeed seed: UInt64?) {
        guard var told = candidate else { return }
        candidate = nil
        tried += 1
        if let seed {
            told.seed = seed
            smallest = told
            accepted += 1
        }
        switch search {
        case .parts(var parts, let base)?:
            parts.record(fails: seed != nil)
            search = .parts(parts, base: base)
        case .reductions(var rest)?:
            if seed == nil || rest.first?.repeats == false { rest.removeFirst() }
            search = .reductions(rest)
        case nil: break
        }
    }

    /// Learns whether the last candidate failed in the same way, with its own seed.
    public mutating func record(fails: Bool) {
        record(failingSeed: fails ? candidate?.seed : nil)
    }

    private func begin(_ pass: ShrinkingPass) -> Search {
        let count: Int
        switch pass {
        case .faults: count = smallest.scheduledFaults.count
        case .keys: count = smallest.usedKeys.count
        case .operations: count = smallest.operations?.count ?? 0
        default: return .reductions(Reduction.all(pass, of: smallest)[...])
        }
        return .parts(SubsetSearch(count: count, fine: !firstRound), base: smallest)
    }

    private mutating func advance(_ pass: ShrinkingPass) -> RunConfiguration? {
        switch search {
        case .parts(var parts, let base)?:
            defer { search = .parts(parts, base: base) }
            return parts.next().map { part(pass, keeping: $0, of: base) }
        case .reductions(var rest)?:
            defer { search = .reductions(rest) }
            while let first = rest.first {
                if let reduced = first.applied(to: smallest) { return reduced }
                rest.removeFirst()
            }
            return nil
        case nil: return nil
        }
    }

    private func part(
        _ pass: ShrinkingPass, keeping kept: [Int], of base: RunConfiguration
    ) -> RunConfiguration {
        var part = base
        part.seed = smallest.seed
        switch pass {
        case .faults: part.setFaults(kept.map { base.scheduledFaults[$0] })
        case .keys:
            let used = base.usedKeys
            let keys = Set(kept.map { used[$0] })
            part.operations = base.operations?.filter { scripted in
                scripted.operation.key.map(keys.contains) ?? true
            }
        default: part.operations = base.operations.map { script in kept.map { script[$0] } }
        }
        return part
    }
}
