internal import HistoryModel
internal import Vocabulary
internal import Workloads

// What is drawn for a gossip store besides.

extension RunConfiguration {
    /// Draws how the store spreads what it knows: always such that it must converge.
    mutating func drawGossip(fixed: FixedSettings, _ random: inout RandomStream) {
        if !fixed.contains(.concurrency) {
            // At least one client for each node, or else nobody could read it at the end.
            concurrency = nodes * Int.random(in: 1...2, using: &random)
        }
        if object != .keyValue, !fixed.contains(.rate) {
            // Every addition is a key for good.
            rate = min(rate ?? 40, 40)
        }
        keyValue.keys = Int(random.logUniform(2...100))
        keyValue.valueBytes = Bool.random(using: &random) ? 0 : 100
        if gossip.rumors != nil { drawRumors(&gossip, &random) }
        if gossip.antiEntropy != nil { drawAntiEntropy(&gossip, &random) }
        // Rounds may be short against what messages, disks and the watch over the members take.
        let slack = Int(4_000_000_000 / gossip.round)
        gossip.roundsMax =
            Self.convergenceRounds(for: nodes) + slack
        if Int.random(in: 0..<3, using: &random) == 0 {
            gossip.datagramBytesMax = Int.random(in: 400...1400, using: &random)
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            simulation.network.corruptPerMille = Int(random.logUniform(1...30))
        }
    }

    private func drawRumors(_ gossip: inout GossipSettings, _ random: inout RandomStream) {
        guard Int.random(in: 0..<4, using: &random) > 0 || gossip.antiEntropy == nil else {
            gossip.rumors = nil
            return
        }
        var rumors = GossipSettings.Rumors()
        rumors.direction =
            GossipSettings.Direction.allCases.randomElement(using: &random) ?? .push
        rumors.hasFeedback = Bool.random(using: &random)
        rumors.interest = Bool.random(using: &random) ? .counter : .coin
        rumors.k = Int.random(in: 1...4, using: &random)
        rumors.count = Bool.random(using: &random) ? .contact : .round
        rumors.fanOut = Int.random(in: 1...3, using: &random)
        rumors.interval = random.logUniform(20_000_000...200_000_000)
        rumors.skipsTold = Bool.random(using: &random)
        rumors.suppressesEcho = Bool.random(using: &random)
        gossip.rumors = rumors
    }

    private func drawAntiEntropy(_ gossip: inout GossipSettings, _ random: inout RandomStream) {
        var settings = GossipSettings.AntiEntropy()
        settings.comparison =
            GossipSettings.AntiEntropy.Comparison.allCases.randomElement(using: &random)
            ?? .digest
        settings.interval = random.logUniform(100_000_000...800_000_000)
        if Int.random(in: 0..<3, using: &random) == 0 {
            settings.direction = Bool.random(using: &random) ? .push : .pull
        }
        gossip.antiEntropy = settings
    }
}
