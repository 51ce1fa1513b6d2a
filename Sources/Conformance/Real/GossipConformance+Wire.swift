internal import GossipCore
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// Claims about single messages, seen on the wires between real processes.

extension GossipConformance {
    private static let roundLength: Nanoseconds = 50_000_000

    /// A cluster whose rumors go on for as long as it runs, and that does nothing else.
    private static func talkers(
        _ count: Int, writes: Int, change: (inout GossipSettings.Rumors) -> Void = { _ in }
    ) -> RunConfiguration {
        configuration(nodes: count, seconds: 7) { run in
            run.operations = script(writes: writes, every: 50_000_000, threads: count)
            run.gossip.antiEntropy = nil
            run.gossip.rumors?.interval = roundLength
            run.gossip.rumors?.hasFeedback = false
            run.gossip.rumors?.k = 1_000_000
            if var rumors = run.gossip.rumors {
                change(&rumors)
                run.gossip.rumors = rumors
            }
        }
    }

    /// Writes one after the other, each on another thread.
    static func script(
        writes: Int, every interval: Nanoseconds, threads: Int, keys: Int = .max
    ) -> [ScriptedOperation] {
        (0..<writes).map { number in
            ScriptedOperation(
                start: Instant(nanoseconds: Nanoseconds(number) * interval),
                thread: ThreadID(number % threads),
                operation: OperationTemplate(
                    function: .write, key: .integer(Int64(number % keys)),
                    value: .integer(Int64(number))))
        }
    }

    /// One node sends some writes to another.
    private struct Propagation {
        var time: Instant
        var from: NodeID
        var to: NodeID
        var writes: Set<RangeExchange.KeyStamp>
    }

    private static func retransmissions(_ packets: [SeenPacket]) -> [Propagation] {
        packets.compactMap { seen in
            guard case .store(.rumors(let exchange)) = seen.packet.payload, !exchange.rumors.isEmpty
            else { return nil }
            return Propagation(
                time: seen.time, from: seen.packet.from, to: seen.packet.to,
                writes: Set(exchange.rumors.map { .init(key: $0.key, stamp: $0.stamp) }))
        }
    }

    static var realNeighbours: RealScenario {
        RealScenario(
            neighbours,
            .init(
                "one rumor, 10 processes, K = 3, for 7 s",
                talkers(10, writes: 1) {
                    $0.fanOut = 3
                    $0.skipsTold = false
                    $0.suppressesEcho = false
                }
            ) { _, packets in
                var square = 0.0
                var rounds: [[NodeID]] = []
                let retransmissions = retransmissions(packets)
                for node in Set(retransmissions.map(\.from)).sorted() {
                    let own = retransmissions.filter { $0.from == node }
                    rounds += Self.rounds(of: own)
                    let expected = Double(own.count) / 9
                    for peer in 1...10 where NodeID(peer) != node {
                        let difference = Double(own.count { $0.to == NodeID(peer) }) - expected
                        square += difference * difference / expected
                    }
                }
                let whole = rounds.filter { $0.count == 3 }
                let isSound =
                    whole.allSatisfy { Set($0).count == 3 }
                    && retransmissions.allSatisfy { $0.from != $0.to }
                // The 99.9 % quantile of chi-square with 80 degrees of freedom.
                return .init(
                    "\(retransmissions.count) messages; \(whole.count) of \(rounds.count) rounds have 3 "
                        + "distinct peers, and never itself: \(isSound ? "yes" : "no"); chi-square "
                        + "of the peers \(Double(Int(square * 10)) / 10), limit 124.8",
                    isSound && square < 124.8 && retransmissions.count > 2_000
                        && whole.count * 10 > rounds.count * 9)
            })
    }

    /// Whom a node has turned to in each of its rounds, which lie apart in time.
    private static func rounds(of retransmissions: [Propagation]) -> [[NodeID]] {
        var rounds: [[NodeID]] = []
        var last: Instant?
        for telling in retransmissions {
            if let last, telling.time - last < roundLength / 2, !rounds.isEmpty {
                rounds[rounds.count - 1].append(telling.to)
            } else {
                rounds.append([telling.to])
            }
            last = telling.time
        }
        return rounds
    }

    static var realNoRepetition: RealScenario {
        RealScenario(
            noRepetition,
            .init("20 rumors, 8 processes, K = 2, for 7 s", talkers(8, writes: 20)) { _, packets in
                var repeated = 0
                var count = 0
                typealias Others = [NodeID: [RangeExchange.KeyStamp: Set<NodeID>]]
                var told: Others = [:]
                // Who was sent it, or has sent it, is not left; it may have been on its way then.
                var provided: Others = [:]
                for telling in retransmissions(packets) {
                    for write in telling.writes {
                        if (provided[telling.from]?[write]?.count ?? 0) < 7 {
                            count += 1
                            if told[telling.from]?[write]?.contains(telling.to) == true {
                                repeated += 1
                            }
                        }
                        told[telling.from, default: [:]][write, default: []].insert(telling.to)
                        provided[telling.from, default: [:]][write, default: []]
                            .insert(telling.to)
                        provided[telling.to, default: [:]][write, default: []]
                            .insert(telling.from)
                    }
                }
                return .init(
                    "\(count) writes sent while somebody was left, \(repeated) of them to a node that "
                        + "was sent it before",
                    repeated == 0 && count > 200)
            })
    }

    static var realNoEcho: RealScenario {
        RealScenario(
            noEcho,
            .init("20 rumors, 8 processes, K = 2, for 7 s", talkers(8, writes: 20)) {
                record, packets in
                /// From whom each node has each write: key and version, as traces have them.
                var sources: [NodeID: [String: Substring]] = [:]
                for event in record.traces where event.name == "applied" {
                    let words = event.detail?.split(separator: " ") ?? []
                    guard words.count == 3, let version = event.index else { continue }
                    sources[event.node, default: [:]]["\(words[1]) \(version)"] = words[2]
                }
                var echoes = 0
                var count = 0
                for telling in retransmissions(packets) {
                    for write in telling.writes {
                        count += 1
                        let source = sources[telling.from]?["\(write.key) \(write.stamp.version)"]
                        if let source, source == telling.to.description { echoes += 1 }
                    }
                }
                let reached = sources.values.reduce(0) { $0 + $1.count }
                return .init(
                    "\(count) writes sent, \(reached) of 140 needed ones arrived, \(echoes) sent back "
                        + "to where they came from",
                    echoes == 0 && reached == 140)
            })
    }
}
