internal import Checkers
internal import Faults
internal import GossipBinding
internal import GossipCore
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// Claims about whole clusters of real processes.

extension GossipConformance {
    /// A cluster whose stores are compared every 200 ms.
    private static func cluster(
        _ nodes: Int = 5, seconds: Nanoseconds, change: (inout RunConfiguration) -> Void
    ) -> RunConfiguration {
        configuration(nodes: nodes, seconds: seconds) { run in
            run.gossip.antiEntropy?.interval = 200_000_000
            change(&run)
        }
    }

    static var realAntiEntropy: RealScenario {
        RealScenario(
            antiEntropy,
            .init(
                "writes for 3 s at 5 processes; when all rumors have died, n2 loses its disk",
                cluster(seconds: 9) { run in
                    run.operations = script(writes: 40, every: 75_000_000, threads: 10)
                    run.schedule = schedule([fault(.wipeOne, at: 6, for: 1, first: 2, of: 5)])
                }
            ) { record, packets in
                let start = record.traces.last { $0.node == NodeID(2) && $0.name == "started" }
                let since = start?.time ?? .zero
                let restored = record.traces.filter {
                    $0.node == NodeID(2) && $0.name == "applied" && $0.time > since
                }
                let rumors = packets.count { seen in
                    guard seen.time > since,
                        case .store(.rumors(let exchange)) = seen.packet.payload
                    else { return false }
                    return !exchange.rumors.isEmpty && seen.packet.to == NodeID(2)
                        && seen.time < restored.last?.time ?? .zero
                }
                let length = (restored.last?.time ?? .zero) - since
                return .init(
                    "\(verdict(record)); \(restored.count) of 40 writes restored within "
                        + "\(length / 1_000_000) ms of its start, with \(rumors) rumors",
                    record.verdict == .valid && restored.count == 40 && rumors == 0)
            })
    }

    static var realChurn: RealScenario {
        RealScenario(
            churn,
            .init(
                "6 processes; one leaves, one loses its disk, 2 crash, under load",
                cluster(6, seconds: 15) { run in
                    run.schedule = schedule([
                        fault(.leaveOne, at: 1, for: 2, first: 1, of: 6),
                        fault(.wipeOne, at: 5, for: 2, first: 2, of: 6),
                        fault(.killMinority, at: 10, for: 2, first: 3, of: 6),
                    ])
                }
            ) { record, _ in
                let isProven = record.faults.allSatisfy { $0.applied.isSeen && $0.touched > 0 }
                let writes = record.history.events.count {
                    $0.type == .ok && $0.function == .write
                }
                return .init(
                    "\(verdict(record)); \(record.faults.count) faults, each proven: "
                        + "\(isProven ? "yes" : "no"); \(writes) writes, no version given out twice "
                        + "and none that went back",
                    record.verdict == .valid && isProven && record.faults.count == 3)
            })
    }

    static var realNoSpecialNode: RealScenario {
        RealScenario(
            noSpecialNode,
            .init(
                "each of 5 processes killed for 1 s, one after the other",
                cluster(seconds: 18) { run in
                    run.schedule = schedule(
                        (0..<5).map { place in
                            fault(
                                .killOne, at: 1 + 3 * Nanoseconds(place), for: 1, first: place + 1,
                                of: 5)
                        })
                }
            ) { record, _ in
                let isAlways = record.faults.allSatisfy { fault in
                    fault.applied.isSeen
                        && record.history.events.contains {
                            $0.type == .ok && $0.function == .write && $0.time > fault.start
                                && $0.time < fault.end ?? .zero
                        }
                }
                let killed = Set(record.faults.flatMap(\.nodes)).count
                return .init(
                    "\(verdict(record)); \(killed) nodes killed, and writes went on during each kill: "
                        + (isAlways ? "yes" : "no"),
                    record.verdict == .valid && isAlways && killed == 5)
            })
    }

    static var realEventualConsistency: RealScenario {
        RealScenario(
            eventualConsistency,
            .init(
                "reads and writes of 3 keys on both sides of a cut of 4 s between 5 processes",
                cluster(seconds: 8) { run in
                    run.keyValue.keys = 3
                    run.keyValue.delete = 0
                    run.schedule = schedule([
                        fault(.partitionHalves, at: 2, for: 4, first: 1, of: 5)
                    ])
                }
            ) { record, _ in
                let register = try LinearizabilityChecker(budget: .simulated).check(record.history)
                return .init(
                    "\(verdict(record)); linearizable: \(register.verdict); from reunion to "
                        + "convergence " + measure(record, "reunion to convergence"),
                    record.verdict == .valid && register.verdict == .invalid)
            })
    }

    static var realDuplicates: RealScenario {
        RealScenario(
            duplicates,
            .init(
                "half of all datagrams from and to 2 of 5 processes arrive twice",
                cluster(seconds: 11) { run in
                    run.operations = script(
                        writes: 50, every: 200_000_000, threads: 10, keys: 20)
                    var doubled = fault(.datagramsDoubled, at: 0, for: 10, first: 1, of: 5)
                    doubled.perMille = 500
                    run.gossip.trafficPeriod = 4
                    run.schedule = schedule([doubled])
                }
            ) { record, _ in
                let reads = record.history.events.filter { $0.type == .ok && $0.function == .read }
                let values = Dictionary(reads.map { ($0.key, $0.value) }) { $1 }
                // The last write of each key.
                let isRight = (0..<20 as Range<Int64>).allSatisfy { (key: Int64) -> Bool in
                    let last = key < 10 ? key + 40 : key + 20
                    return values[Value.integer(key)] == Value.integer(last)
                }
                let touched = record.faults.first?.touched ?? 0
                return .init(
                    "\(verdict(record)); \(touched) datagrams doubled; the last write of each key "
                        + "stands: \(isRight ? "yes" : "no"); \(measure(record, "messages per write")) "
                        + "messages a write, idle "
                        + "\(measure(record, "idle messages per node and second")) a node and second",
                    record.verdict == .valid && isRight && touched > 50)
            })
    }

    static var realForgedValue: RealScenario {
        let run = cluster(seconds: 6) { _ in }
        return RealScenario(
            forgedValue,
            .init(
                "2 % of the datagrams between 5 processes carry another value under an honest version",
                run,
                forgery: Forgery(valuesPerMille: 20, versionMax: run.gossip.versionMax)
            ) { record, _ in
                .init(verdict(record), record.violations.first == "convergence/phantom-value")
            })
    }

    static var realForgedVersion: RealScenario {
        let run = cluster(seconds: 6) { _ in }
        return RealScenario(
            forgedVersion,
            .init(
                "2 % of the datagrams between 5 processes carry a version from the far future", run,
                forgery: Forgery(versionsPerMille: 20, versionMax: run.gossip.versionMax)
            ) { record, _ in
                .init(
                    "\(verdict(record)); \(measure(record, "refused")) refused",
                    record.verdict == .valid && measure(record, "refused") != "0")
            })
    }
}
