internal import GossipCore
internal import Vocabulary

// Claims about single messages, seen at nodes that are driven by hand.

extension GossipConformance {
    /// Nodes whose rumors go on for as long as they are asked to.
    private static func talkers(
        _ count: Int, fanOut: Int, change: (inout RumorSettings) -> Void = { _ in }
    ) -> ScriptedGossip {
        var cores = ScriptedGossip(count: count) { configuration in
            configuration.antiEntropy = nil
            configuration.rumors?.hasFeedback = false
            configuration.rumors?.interest = .counter(1_000_000)
            configuration.rumors?.fanOut = fanOut
            if var rumors = configuration.rumors {
                change(&rumors)
                configuration.rumors = rumors
            }
        }
        cores.put("k", "a", at: 0)
        return cores
    }

    static var neighbours: ConformanceScenario {
        ConformanceScenario(
            "spreads periodically to K randomly chosen neighbours",
            injecting: "one rumor, 10 nodes, K = 3, 3,000 rounds"
        ) {
            var cores = talkers(10, fanOut: 3) { $0.skipsTold = false }
            var counts = [Int](repeating: 0, count: 10)
            var isSound = true
            for _ in 0..<3_000 {
                let chosen = cores.round(of: 0).map(\.to)
                isSound = isSound && Set(chosen).count == 3 && !chosen.contains(NodeID(1))
                for node in chosen { counts[node.rawValue - 1] += 1 }
            }
            let expected = 1_000.0
            let square = counts.dropFirst().reduce(0.0) { sum, count in
                sum + (Double(count) - expected) * (Double(count) - expected) / expected
            }
            // The 99.9 % quantile of chi-square with 8 degrees of freedom.
            return .init(
                "3 distinct peers each time, never itself: \(isSound ? "yes" : "no"); chi-square of "
                    + "the peers \(Double(Int(square * 10)) / 10), limit 26.1",
                isSound && square < 26.1)
        }
    }

    static var noRepetition: ConformanceScenario {
        ConformanceScenario(
            "each round picks nodes that were not yet sent to",
            injecting: "one rumor, 10 nodes, K = 2, until all were sent it"
        ) {
            var cores = talkers(10, fanOut: 2)
            var told: [NodeID] = []
            while told.count < 9, cores.now < Instant(nanoseconds: 10_000_000_000) {
                told += cores.round(of: 0).map(\.to)
            }
            let repeated = told.count - Set(told).count
            return .init(
                "\(told.count) sent, \(repeated) of them to a node that had it",
                told.count == 9 && repeated == 0)
        }
    }

    static var noEcho: ConformanceScenario {
        ConformanceScenario(
            "a receiver does not send back to the sender",
            injecting: "one rumor, 6 nodes, 60 rounds, every message looked at"
        ) {
            var cores = talkers(6, fanOut: 2)
            for _ in 0..<60 {
                for place in 0..<6 where cores.cores[place].rumorCount > 0 {
                    _ = cores.round(of: place)
                    cores.deliverAll()
                }
            }
            var sources: [NodeID: NodeID] = [NodeID(1): NodeID(1)]
            var echoes = 0
            for packet in cores.sent {
                guard case .rumors(let exchange) = packet.message, !exchange.rumors.isEmpty else {
                    continue
                }
                if sources[packet.from] == packet.to { echoes += 1 }
                if sources[packet.to] == nil { sources[packet.to] = packet.from }
            }
            return .init(
                "\(cores.sent.count) messages, all 6 nodes reached: "
                    + "\(sources.count == 6 ? "yes" : "no"), \(echoes) sent back",
                echoes == 0 && sources.count == 6)
        }
    }

    static var push: ConformanceScenario {
        ConformanceScenario(
            "push sends (key, value, version) and the receiver updates",
            injecting: "a write at n1, one round of n1"
        ) {
            var cores = talkers(2, fanOut: 1)
            let first = cores.round(of: 0).first
            cores.deliverAll()
            var carried = false
            if case .rumors(let exchange)? = first?.message {
                carried =
                    exchange.rumors == [cores.cores[0].entry(of: "k")].compactMap(\.self)
                    && !exchange.asks
            }
            let updated = cores.cores[1].entry(of: "k") == cores.cores[0].entry(of: "k")
            return .init(
                "the first message carries key, value and version: \(carried ? "yes" : "no"); n2 "
                    + "holds them: \(updated ? "yes" : "no")", carried && updated)
        }
    }

    /// Two nodes of which each has written something, and one round of the first one.
    private static func exchange(_ direction: Direction) -> ScriptedGossip {
        var cores = ScriptedGossip(count: 2) { configuration in
            configuration.rumors = nil
            configuration.antiEntropy?.comparison = .versions
            configuration.antiEntropy?.direction = direction
        }
        cores.put("mine", "1", at: 0)
        cores.put("yours", "2", at: 1)
        _ = cores.round(of: 0)
        cores.deliverAll()
        return cores
    }

    /// Whether a message names keys and versions only.
    private static func isListing(_ message: GossipMessage?) -> Bool {
        guard case .ranges(let exchange)? = message else { return false }
        return !exchange.listings.isEmpty && exchange.entries.isEmpty
    }

    static var pull: ConformanceScenario {
        ConformanceScenario(
            "pull sends (key, version); what is newer comes back with its value",
            injecting: "a write at each of two nodes, one round of n1"
        ) {
            let cores = exchange(.pull)
            let asks = isListing(cores.sent.first?.message)
            let gained = cores.cores[0].entry(of: "yours")?.value == "2"
            let kept = cores.cores[1].entry(of: "mine") == nil
            return .init(
                "\(cores.sent.count) messages; the first without values: \(asks ? "yes" : "no"); n1 "
                    + "learned n2's write: \(gained ? "yes" : "no"), n2 that of n1: "
                    + (kept ? "no" : "yes"), asks && gained && kept && cores.sent.count == 2)
        }
    }

    static var pushPull: ConformanceScenario {
        ConformanceScenario(
            "push-pull does both in one exchange",
            injecting: "a write at each of two nodes, one round of n1"
        ) {
            let cores = exchange(.pushPull)
            let agree = cores.cores[0].entries == cores.cores[1].entries
            return .init(
                "\(cores.sent.count) messages, at most 3; both hold both: \(agree ? "yes" : "no")",
                agree && cores.cores[0].entries.count == 2 && cores.sent.count <= 3)
        }
    }
}
