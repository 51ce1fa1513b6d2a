internal import Faults
internal import HistoryModel
internal import SystemCatalogue
internal import Vocabulary
public import Workloads

/// Draws a whole scenario from one seed: the cluster, its timing, the network, disks and clocks,
/// the load and the faults.
///
/// Every seed is another world, calm or wild, since a bug hides where one setting meets another.
/// Which kinds of faults take part is drawn as well (swarm testing: Groce et al., "Swarm
/// testing", ISSTA 2012): a schedule of everything rarely repeats what a rare bug needs.
public struct ScenarioDrawing: Sendable {
    /// What is not drawn but kept as it is given.
    public typealias Fixed = FixedSettings

    private let base: RunConfiguration
    let fixed: Fixed
    private let system: SystemDescription?

    /// Draws variations of a configuration, which says what system runs, with which defects, and how
    /// long the load lasts.
    ///
    /// A schedule or a script speaks of the nodes and threads that there are: with one of them only
    /// the world around is drawn.
    public init(base: RunConfiguration, fixed: Fixed = []) {
        self.base = base
        system = .named(base.system)
        let isWrittenOut = base.schedule != nil || base.operations != nil
        self.fixed = isWrittenOut ? fixed.union([.nodes, .concurrency]) : fixed
    }

    /// The scenario of a seed; nothing in it is left to be drawn but what the run itself draws.
    public func scenario(seed: UInt64) -> RunConfiguration {
        var scenario = base
        scenario.seed = seed
        let streams = Seed(seed).derived("scenario")
        var random = streams.stream("cluster")
        drawCluster(&scenario, &random)
        random = streams.stream("world")
        drawWorld(&scenario, &random)
        random = streams.stream("gossip")
        system?.drawSettings(&scenario, fixed, &random)
        random = streams.stream("faults")
        if scenario.schedule == nil {
            scenario.schedule = schedule(for: scenario, &random)
        }
        return scenario
    }

    private func drawCluster(_ scenario: inout RunConfiguration, _ random: inout RandomStream) {
        let nodes = [3, 3, 3, 5, 5, 5, 5, 4, 7].randomElement(using: &random) ?? 5
        if !fixed.contains(.nodes) { scenario.nodes = nodes }
        let concurrency = Int.random(in: 2...10, using: &random)
        if !fixed.contains(.concurrency) { scenario.concurrency = concurrency }
        let rate = random.logUniform(30_000...300_000)
        if !fixed.contains(.rate) { scenario.rate = Double(rate) / 1000 }
        scenario.register.clientsPerKey = Int.random(in: 1...concurrency, using: &random)
        scenario.register.operationsPerKey = Int(random.logUniform(20...300))
        let shortest = random.logUniform(50_000_000...300_000_000)
        scenario.electionTimeout =
            shortest...(shortest + random.logUniform(shortest / 4...shortest))
        scenario.entriesPerMessage = [1, 1, 1, 2, 8, 256].randomElement(using: &random) ?? 1
    }

    private func drawWorld(_ scenario: inout RunConfiguration, _ random: inout RandomStream) {
        let timeout = scenario.electionTimeout.lowerBound
        var network = NetworkConditions()
        let fastest = random.logUniform(50_000...max(60_000, timeout / 20))
        network.latency = fastest...(fastest + random.logUniform(fastest / 4...timeout / 8))
        network.slowLatency = timeout / 4...random.logUniform(timeout / 2...4 * timeout)
        network.slowPerMille = Bool.random(using: &random) ? Int(random.logUniform(1...60)) : 0
        network.lossPerMille = Bool.random(using: &random) ? Int(random.logUniform(1...60)) : 0
        network.duplicatePerMille = Bool.random(using: &random) ? Int(random.logUniform(1...60)) : 0
        network.reorders = Int.random(in: 0..<4, using: &random) > 0
        if Int.random(in: 0..<4, using: &random) == 0 {
            let pair = scenario.nodeIDs.shuffled(using: &random).prefix(2)
            if let from = pair.first, let to = pair.last, from != to {
                network.laggingLinks = [DirectedLink(from: from, to: to)]
            }
        }
        scenario.simulation.network = network

        let sync = random.logUniform(50_000...max(60_000, timeout / 20))
        scenario.simulation.disk.sync = sync...(2 * sync)
        scenario.simulation.disk.slowSync = timeout / 8...timeout
        scenario.simulation.disk.slowPerMille = Int.random(in: 0...10, using: &random)
        scenario.simulation.clocks.offsetMax = 500_000_000
        scenario.simulation.clocks.driftMaxPPM = Int(random.logUniform(1...5_000))
    }

    /// Up to three rows of faults, each at its own pace; faults of different rows overlap.
    private func schedule(
        for scenario: RunConfiguration, _ random: inout RandomStream
    ) -> FaultSchedule {
        let possible = base.faults.filter {
            $0.nodesMin <= scenario.nodes && (system?.hasLeader == true || !$0.aimsAtLeader)
        }
        guard !possible.isEmpty else { return FaultSchedule() }
        var faults: [PlannedFault] = []
        let rows = Int.random(in: 1...3, using: &random)
        for _ in 0..<rows {
            let leaders = possible.filter(\.aimsAtLeader)
            if !leaders.isEmpty, Bool.random(using: &random) {
                faults += hunt(for: scenario, leaders, &random)
            } else {
                faults += row(for: scenario, swarm(of: possible, &random), &random)
            }
        }
        faults.sort { $0.start < $1.start }
        for place in faults.indices { faults[place].id = place + 1 }
        return FaultSchedule(faults: faults)
    }

    /// Faults of a drawn pace, one after the other.
    private func row(
        for scenario: RunConfiguration, _ kinds: [FaultKind], _ random: inout RandomStream
    ) -> [PlannedFault] {
        let timeout = scenario.electionTimeout.upperBound
        let gap = random.logUniform(timeout / 4...8 * timeout)
        let length = random.logUniform(timeout / 8...8 * timeout)
        var start = Nanoseconds.random(in: timeout...4 * timeout, using: &random)
        var faults: [PlannedFault] = []
        while faults.count < Self.faultsMax {
            let duration = Self.milliseconds(.random(in: length / 4...2 * length, using: &random))
            guard start + duration < scenario.timeLimit else { break }
            faults.append(fault(of: kinds, at: start, for: duration, scenario, &random))
            start += duration + Self.milliseconds(.random(in: gap / 4...2 * gap, using: &random))
        }
        return faults
    }

    /// Faults that hit one leader after the other within the first messages of its reign, while
    /// others do not know yet what it knows: the beginning of Figure 8 of the Raft paper.
    private func hunt(
        for scenario: RunConfiguration, _ kinds: [FaultKind], _ random: inout RandomStream
    ) -> [PlannedFault] {
        let timeout = scenario.electionTimeout.upperBound
        let latency = scenario.simulation.network.latency.upperBound
        let delay = random.logUniform(latency...6 * latency)
        let length = random.logUniform(5_000_000...2 * timeout)
        var start = Nanoseconds.random(in: timeout...4 * timeout, using: &random)
        var faults: [PlannedFault] = []
        while faults.count < Self.faultsMax {
            let duration = Self.milliseconds(.random(in: length / 4...2 * length, using: &random))
            guard start + timeout + duration < scenario.timeLimit else { break }
            var next = fault(of: kinds, at: start, for: duration, scenario, &random)
            next.afterElection = .random(in: 0...delay, using: &random)
            faults.append(next)
            start += duration + timeout
        }
        return faults
    }

    private func fault(
        of kinds: [FaultKind], at start: Nanoseconds, for duration: Nanoseconds,
        _ scenario: RunConfiguration, _ random: inout RandomStream
    ) -> PlannedFault {
        var fault = PlannedFault(
            id: 0, kind: kinds.randomElement(using: &random) ?? .killOne, start: .zero + start,
            duration: duration, order: scenario.nodeIDs.shuffled(using: &random),
            heal: Bool.random(using: &random) ? .resume : .reset,
            mutes: Bool.random(using: &random))
        fault.drawStrength(random: &random)
        return fault
    }

    /// Each kind with a chance of one half; all if none would be left, or if they were asked for.
    private func swarm(of kinds: [FaultKind], _ random: inout RandomStream) -> [FaultKind] {
        guard !fixed.contains(.faults) else { return kinds }
        let drawn = kinds.filter { _ in Bool.random(using: &random) }
        return drawn.isEmpty ? kinds : drawn
    }

    private static let faultsMax = 200

    /// Schedules are read by people.
    private static func milliseconds(_ length: Nanoseconds) -> Nanoseconds {
        max(1, length / 1_000_000) * 1_000_000
    }
}
