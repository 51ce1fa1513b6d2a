internal import GossipCore
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// Claims about what goes to and fro between two real processes.

extension GossipConformance {
    /// Two nodes that both write something at the same times, and do not gossip but in one way.
    private static func pair(_ change: (inout GossipSettings) -> Void) -> RunConfiguration {
        configuration(nodes: 2, seconds: 3) { run in
            run.operations = (0..<12).map { number in
                ScriptedOperation(
                    start: Instant(nanoseconds: Nanoseconds(number / 2) * 400_000_000),
                    thread: ThreadID(number % 2),
                    operation: OperationTemplate(
                        function: .write, key: .integer(Int64(number)),
                        value: .integer(Int64(100 + number))))
            }
            change(&run.gossip)
        }
    }

    private static func exchange(_ direction: GossipSettings.Direction) -> RunConfiguration {
        pair { gossip in
            gossip.rumors = nil
            gossip.antiEntropy?.comparison = .versions
            gossip.antiEntropy?.direction = direction
        }
    }

    /// The messages of comparisons, in the order in which they were seen.
    private static func comparisons(
        _ packets: [SeenPacket]
    ) -> [(from: NodeID, exchange: RangeExchange)] {
        packets.compactMap { seen in
            guard case .store(.ranges(let exchange)) = seen.packet.payload else { return nil }
            return (seen.packet.from, exchange)
        }
    }

    /// How many of the writes the other node has taken, with their values, by the last reads.
    private static func learned(_ record: RunRecord) -> Int {
        let applied = Set(record.traces.filter { $0.name == "applied" }.compactMap(\.detail))
        let last = record.history.events.filter { $0.type == .ok && $0.function == .read }
        let values = Dictionary(last.map { ($0.key, $0.value) }) { $1 }
        return (0..<12).count { number in
            let writer = "n\(number % 2 + 1)"
            let detail = "\(writer) \(number) \(writer)"
            return applied.contains(detail)
                && values[.integer(Int64(number))] == .integer(Int64(100 + number))
        }
    }

    static var realPush: RealScenario {
        RealScenario(
            push,
            .init(
                "6 writes at each of two processes, rumors only",
                pair {
                    $0.antiEntropy = nil
                    $0.rumors?.hasFeedback = false
                    $0.rumors?.k = 1
                }
            ) { record, packets in
                let rumors = packets.compactMap { seen -> RumorExchange? in
                    if case .store(.rumors(let exchange)) = seen.packet.payload {
                        exchange
                    } else {
                        nil
                    }
                }
                let entries = rumors.flatMap(\.rumors)
                let isSound =
                    rumors.allSatisfy { !$0.asks && $0.feedback.isEmpty }
                    && entries.allSatisfy { $0.value != nil && $0.stamp.version > 0 }
                let learned = learned(record)
                return .init(
                    "\(rumors.count) messages, each with key, value and version and no question: "
                        + "\(isSound ? "yes" : "no"); \(learned) of 12 writes arrived",
                    isSound && learned == 12 && entries.count == 12)
            })
    }

    static var realPull: RealScenario {
        RealScenario(
            pull,
            .init("6 writes at each of two processes, anti-entropy by pull", exchange(.pull)) {
                record, packets in
                let messages = comparisons(packets)
                let questions = messages.filter { !$0.exchange.listings.isEmpty }
                let answers = messages.filter { !$0.exchange.entries.isEmpty }
                let isSound =
                    questions.allSatisfy { $0.exchange.entries.isEmpty }
                    && answers.allSatisfy {
                        $0.exchange.listings.isEmpty && $0.exchange.wants.isEmpty
                    } && answers.count <= questions.count
                    && messages.count == questions.count + answers.count
                let learned = learned(record)
                return .init(
                    "\(questions.count) questions without values, \(answers.count) answers with what "
                        + "is newer and nothing else: \(isSound ? "yes" : "no"); \(learned) of 12 "
                        + "writes arrived",
                    isSound && learned == 12 && answers.count >= 2)
            })
    }

    static var realPushPull: RealScenario {
        RealScenario(
            pushPull,
            .init(
                "6 writes at each of two processes, anti-entropy by push-pull",
                exchange(.pushPull)
            ) { record, packets in
                let messages = comparisons(packets)
                let first = messages.count { !$0.exchange.listings.isEmpty }
                let second = messages.count { !$0.exchange.wants.isEmpty }
                let isWhole = zip(messages.indices, messages.indices.dropFirst(2)).contains {
                    let (one, two, three) = (
                        messages[$0], messages[$0 + 1], messages[$1]
                    )
                    return !one.exchange.listings.isEmpty && two.from != one.from
                        && !two.exchange.wants.isEmpty && !two.exchange.entries.isEmpty
                        && three.from == one.from && !three.exchange.entries.isEmpty
                }
                let learned = learned(record)
                return .init(
                    "\(messages.count) messages in \(first) exchanges, never more than 3 to one: "
                        + "\(messages.count <= 3 * first ? "yes" : "no"); one in which both gave and "
                        + "both took: \(isWhole ? "yes" : "no"); \(learned) of 12 writes arrived",
                    messages.count <= 3 * first && second <= first && isWhole && learned == 12)
            })
    }
}
