internal import GossipCore
internal import NodeWire
internal import Vocabulary

/// What two nodes with large stores that differ in little send to become equal.
enum ReconciliationBench {
    private static let keyCount = 100_000
    private static let differenceCount = 100

    static func rows() throws -> [BenchRow] {
        var pair = Pair(
            nodes: [1, 2].map { number in
                node(number, entries: (0..<keyCount).map { entry($0, writtenAgainBy: number) })
            })
        let whole = GossipMessage.state(StateExchange(entries: pair.nodes[0].entries, asks: false))
        let state = Self.frame(whole, from: NodeID(1), to: NodeID(2)).payload.count
        let start = CheckCase.now()
        try pair.reconcile()
        let seconds = CheckCase.now().cpu - start.cpu
        let isEqual = pair.nodes[0].entries == pair.nodes[1].entries
        return [
            BenchRow(
                name: "\(keyCount) keys, \(differenceCount) differ: sent to reconcile",
                measured: isEqual ? Double(pair.bytes) * 100 / Double(state) : .infinity,
                wanted: 1, unit: "% of state", direction: .atMost,
                note: "\(pair.bytes / 1_000) of \(state / 1_000) kB in \(pair.messages) messages, "
                    + "\(pair.rounds) rounds, \(Int(seconds * 1_000)) ms")
        ]
    }

    /// Of the keys that differ each node has written half anew.
    private static func entry(_ number: Int, writtenAgainBy node: Int) -> Entry {
        let spacing = keyCount / differenceCount
        let isNewer = number % spacing == 0 && number / spacing % 2 == node - 1
        let text = "value \(number) \(isNewer ? "again" : "first") "
        let value = text + String(repeating: "x", count: 128 - text.utf8.count)
        let version = Version(isNewer ? keyCount + number + 1 : number + 1)
        return Entry(
            key: "key-\(number)", value: value,
            stamp: Stamp(
                version: version, writer: Writer(NodeID(isNewer ? node : 3), generation: 1)))
    }

    private static func node(_ number: Int, entries: [Entry]) -> GossipCore {
        var configuration = GossipConfiguration(
            id: NodeID(number), members: [NodeID(1), NodeID(2)])
        configuration.rumors = nil
        configuration.antiEntropy?.comparison = .ranges
        configuration.notesPropagation = false
        return GossipCore(
            configuration: configuration,
            state: GossipDurableState(records: entries.map { .entry($0) }), seed: Seed(1))
    }

    private static func frame(
        _ message: GossipMessage, from sender: NodeID, to receiver: NodeID
    ) -> GossipFrame { .packet(GossipPacket(.store(message), from: sender, to: receiver)) }

    /// Two nodes whose messages arrive in order, as frames that are written and read.
    private struct Pair {
        var nodes: [GossipCore]
        private(set) var bytes = 0
        private(set) var messages = 0
        private(set) var rounds = 0
        private var undelivered: [(frame: [UInt8], receiver: NodeID)] = []

        init(nodes: [GossipCore]) { self.nodes = nodes }

        /// Lets the first node begin rounds until both hold the same, a hundred at most.
        mutating func reconcile() throws {
            var now = Instant.zero
            for place in nodes.indices { step(place, .start, now) }
            while nodes[0].stateHash != nodes[1].stateHash, rounds < 100 {
                rounds += 1
                now = max(now, nodes[0].nextDeadline)
                step(0, .tick, now)
                while !undelivered.isEmpty {
                    let (bytes, receiver) = undelivered.removeFirst()
                    guard case .packet(let packet) = try GossipFrame(payload: bytes),
                        case .store(let message) = packet.payload
                    else { continue }
                    step(receiver.rawValue - 1, .received(message, from: packet.from), now)
                }
            }
        }

        private mutating func step(_ place: Int, _ event: GossipEvent, _ now: Instant) {
            var effects: [GossipEffect] = []
            nodes[place].step(event, now: now, effects: &effects)
            for effect in effects {
                switch effect {
                case .send(let message, let receiver, _):
                    let payload = frame(message, from: nodes[place].id, to: receiver).payload
                    messages += 1
                    bytes += payload.count
                    undelivered.append((payload, receiver))
                // The disk is fast here, and its turn comes at once.
                case .save(_, let token): step(place, .saved(token), now)
                case .respond, .trace: break
                }
            }
        }
    }
}
