internal import GossipCore
internal import Vocabulary

/// A few gossip nodes that are driven by hand: disks are instant, and messages wait to be delivered.
struct ScriptedGossip {
    struct Sent {
        var message: GossipMessage
        var from: NodeID
        var to: NodeID
    }

    private(set) var cores: [GossipCore] = []
    private(set) var now = Instant.zero
    /// All messages so far.
    private(set) var sent: [Sent] = []
    private var delivered = 0

    init(count: Int, change: (inout GossipConfiguration) -> Void) {
        let members = (1...count).map { NodeID($0) }
        for id in members {
            var configuration = GossipConfiguration(id: id, members: members)
            configuration.jitterPercent = 0
            change(&configuration)
            cores.append(GossipCore(configuration: configuration, seed: Seed(7)))
        }
        for place in cores.indices { step(place, .start) }
    }

    mutating func step(_ place: Int, _ event: GossipEvent) {
        var effects: [GossipEffect] = []
        cores[place].step(event, now: now, effects: &effects)
        for effect in effects {
            switch effect {
            case .send(let message, let receiver, _):
                sent.append(Sent(message: message, from: cores[place].id, to: receiver))
            case .save(_, let token): step(place, .saved(token))
            case .respond, .trace: break
            }
        }
    }

    mutating func put(_ key: String, _ value: String, at place: Int) {
        step(place, .requested(.put(key: key, value: value, seen: 0), id: RequestID(1)))
    }

    /// Lets the time pass to a node's next round; returns what it sends.
    mutating func round(of place: Int) -> ArraySlice<Sent> {
        let before = sent.count
        now = max(now, cores[place].nextDeadline)
        step(place, .tick)
        return sent[before...]
    }

    /// Delivers what was sent, and what that brings about.
    mutating func deliverAll() {
        while delivered < sent.count {
            let packet = sent[delivered]
            delivered += 1
            step(packet.to.rawValue - 1, .received(packet.message, from: packet.from))
        }
    }
}
