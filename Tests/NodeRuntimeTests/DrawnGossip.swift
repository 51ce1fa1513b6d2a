import GossipCore
import NodeWire
import Vocabulary

// Frames of the gossip store, drawn by chance.

extension RandomStream {
    mutating func number(_ largest: Int) -> Int { .random(in: 0...largest, using: &self) }

    mutating func some<Element>(
        _ countMax: Int, _ draw: (inout RandomStream) -> Element
    ) -> [Element] {
        (0..<number(countMax)).map { _ in draw(&self) }
    }

    mutating func text(_ lengthMax: Int) -> String {
        String(some(lengthMax) { "aé€ 🙂\"\\\n".randomElement(using: &$0) ?? "a" })
    }

    mutating func node() -> NodeID { NodeID(number(30)) }
    mutating func flag() -> Bool { .random(using: &self) }
    mutating func version() -> Version { 1 << UInt64(number(48)) }
    mutating func writer() -> Writer { Writer(node(), generation: 1 + number(3)) }
    mutating func stamp() -> Stamp { Stamp(version: version(), writer: writer()) }

    mutating func entry() -> Entry {
        Entry(key: text(8), value: flag() ? text(20) : nil, stamp: stamp())
    }

    mutating func maxima() -> [Maximum] {
        Set(some(5) { $0.writer() }).sorted().map { Maximum($0, version()) }
    }

    mutating func digest() -> Digest {
        Digest(hash: next(), maxima: maxima(), pulls: flag(), pushes: flag())
    }

    mutating func packet(_ payload: GossipPayload, _ from: NodeID, _ to: NodeID) -> GossipPacket {
        GossipPacket(
            payload, from: from, to: to, fromGeneration: 1 + number(3), toGeneration: number(4))
    }

    mutating func range() -> KeyRange {
        KeyRange(prefix: UInt32(number(4095)), bits: 4 * number(3))
    }
}

extension GossipMessage {
    static func drawn(_ random: inout RandomStream) -> GossipMessage {
        switch random.number(4) {
        case 0:
            .rumors(
                RumorExchange(
                    rumors: random.some(5) { $0.entry() },
                    feedback: random.some(5) {
                        .init(key: $0.text(8), stamp: $0.stamp(), wasNeeded: $0.flag())
                    },
                    asks: random.flag()))
        case 1:
            .state(StateExchange(entries: random.some(5) { $0.entry() }, asks: random.flag()))
        case 2: .digest(random.digest())
        case 3:
            .delta(
                Delta(
                    parts: random.some(4) { random in
                        .init(
                            writer: random.writer(), after: random.version(),
                            through: random.version(), entries: random.some(4) { $0.entry() })
                    },
                    ask: random.flag() ? random.digest() : nil))
        default:
            .ranges(
                RangeExchange(
                    sums: random.some(5) { .init(range: $0.range(), sum: $0.next()) },
                    listings: random.some(3) { random in
                        .init(
                            range: random.range(),
                            stamps: random.some(4) { .init(key: $0.text(8), stamp: $0.stamp()) })
                    },
                    wants: random.some(4) { $0.text(8) },
                    entries: random.some(4) { $0.entry() },
                    direction: Direction.allCases.randomElement(using: &random) ?? .push))
        }
    }
}

extension MembershipMessage {
    static func drawn(_ random: inout RandomStream) -> MembershipMessage {
        let number = random.next()
        let kinds: [Kind] = [
            .ping(number), .pingRequest(number, target: random.node()), .acknowledge(number),
            .noAnswer(number), .join, .news,
        ]
        return MembershipMessage(
            kinds.randomElement(using: &random) ?? .join,
            updates: random.some(5) { random in
                MemberUpdate(
                    node: random.node(),
                    status: MemberStatus.allCases.randomElement(using: &random) ?? .alive,
                    incarnation: UInt64(random.number(9)),
                    accuser: random.number(2) > 0 ? NodeID(1 + random.number(9)) : nil)
            })
    }
}

extension GossipFrame {
    static func drawn(_ random: inout RandomStream) -> GossipFrame {
        let (from, to) = (random.node(), random.node())
        let id = RequestID(random.next())
        switch random.number(6) {
        case 0, 1:
            let message = GossipMessage.drawn(&random)
            return .packet(random.packet(.store(message), from, to))
        case 2:
            let message = MembershipMessage.drawn(&random)
            return .packet(random.packet(.membership(message), from, to))
        case 3:
            let (key, version) = (random.text(8), random.version())
            let requests: [ClientRequest] = [
                .get(key: key), .list(prefix: key), .delete(key: key, seen: version),
                .put(key: key, value: random.text(9), seen: version),
            ]
            return .request(requests.randomElement(using: &random) ?? .get(key: key), id: id)
        case 4:
            let (text, stamp) = (random.text(9), random.stamp())
            let items = random.some(4) { KeyValue(key: $0.text(5), value: $0.text(5)) }
            let responses: [ClientResponse] = [
                .value(nil, nil), .value(nil, stamp), .value(text, stamp), .listed(items),
                .stored(stamp), .refused(.badKey), .refused(.versionBeyondBound),
            ]
            return .response(
                responses.randomElement(using: &random) ?? .value(nil, nil), id: id)
        case 5: return .ping(nonce: random.next())
        default: return .pong(nonce: random.next(), node: from)
        }
    }
}

extension StoreRecord {
    static func drawn(_ random: inout RandomStream) -> StoreRecord {
        switch random.number(2) {
        case 0: .entry(random.entry())
        case 1: .complete(Maximum(random.writer(), random.version()))
        default: .collected(key: random.text(8), random.stamp())
        }
    }
}
