internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// The settings of the simulated world.
extension WorkloadFile {
    private static let hour: Nanoseconds = 3_600_000_000_000

    static func readSimulation(
        _ section: MappingReader, nodes: Int, into simulation: inout SimulationSettings
    ) throws(WorkloadFileError) {
        try section.allowOnly(["network", "disk", "clocks"])
        if let network = try section.child("network") {
            try readNetwork(network, nodes: nodes, into: &simulation.network)
        }
        if let disk = try section.child("disk") {
            try disk.allowOnly(["sync", "slow-sync", "slow"])
            try disk.read("sync", durations: &simulation.disk.sync, in: 0...hour)
            try disk.read("slow-sync", durations: &simulation.disk.slowSync, in: 0...hour)
            try disk.read("slow", into: &simulation.disk.slowPerMille, in: 0...1000)
        }
        if let clocks = try section.child("clocks") {
            try clocks.allowOnly(["offset", "drift"])
            try clocks.read("offset", duration: &simulation.clocks.offsetMax, most: hour)
            try clocks.read("drift", into: &simulation.clocks.driftMaxPPM, in: 0...500_000)
        }
    }

    private static func readNetwork(
        _ section: MappingReader, nodes: Int, into network: inout NetworkConditions
    ) throws(WorkloadFileError) {
        try section.allowOnly([
            "latency", "slow-latency", "slow", "loss", "duplicates", "corrupt", "forged-versions",
            "forged-values", "reorders", "lagging-links",
        ])
        // Messages that take no time at all would let a busy client stop the simulated clock.
        try section.read("latency", durations: &network.latency, in: 1000...hour)
        try section.read("slow-latency", durations: &network.slowLatency, in: 1000...hour)
        try section.read("slow", into: &network.slowPerMille, in: 0...1000)
        try section.read("loss", into: &network.lossPerMille, in: 0...1000)
        try section.read("duplicates", into: &network.duplicatePerMille, in: 0...1000)
        try section.read("corrupt", into: &network.corruptPerMille, in: 0...1000)
        try section.read("forged-versions", into: &network.forgedVersionsPerMille, in: 0...1000)
        try section.read("forged-values", into: &network.forgedValuesPerMille, in: 0...1000)
        try section.read("reorders", into: &network.reorders)
        try section.read(
            "lagging-links", list: &network.laggingLinks,
            "two different nodes of 1 to \(nodes), such as 1>2"
        ) { link($0, nodes: nodes) }
    }

    private static func link(_ text: String, nodes: Int) -> DirectedLink? {
        let ends = text.split(separator: ">", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let from = ends[0], let to = ends[1], from != to,
            (1...nodes).contains(from), (1...nodes).contains(to)
        else { return nil }
        return DirectedLink(from: NodeID(from), to: NodeID(to))
    }

    static func simulationLines(_ simulation: SimulationSettings) -> [String] {
        let network = simulation.network
        let disk = simulation.disk
        let links = network.laggingLinks.map { "\($0.from.rawValue)>\($0.to.rawValue)" }
        return [
            "simulation:",
            "  network:",
            "    latency: \(text(network.latency))",
            "    slow-latency: \(text(network.slowLatency))",
            "    slow: \(network.slowPerMille)",
            "    loss: \(network.lossPerMille)",
            "    duplicates: \(network.duplicatePerMille)",
            "    corrupt: \(network.corruptPerMille)",
            "    forged-versions: \(network.forgedVersionsPerMille)",
            "    forged-values: \(network.forgedValuesPerMille)",
            "    reorders: \(network.reorders)",
            "    lagging-links: [\(links.joined(separator: ", "))]",
            "  disk: {sync: \(text(disk.sync)), slow-sync: \(text(disk.slowSync)), "
                + "slow: \(disk.slowPerMille)}",
            "  clocks: {offset: \(DurationText.format(simulation.clocks.offsetMax)), "
                + "drift: \(simulation.clocks.driftMaxPPM)}",
        ]
    }

    static func text(_ range: ClosedRange<Nanoseconds>) -> String {
        "[\(DurationText.format(range.lowerBound)), \(DurationText.format(range.upperBound))]"
    }
}
