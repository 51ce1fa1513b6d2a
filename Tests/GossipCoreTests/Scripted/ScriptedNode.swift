import GossipCore
import Vocabulary

/// Node 1 of a cluster, driven by hand; its disk is instant unless told otherwise.
struct ScriptedNode {
    var core: GossipCore
    var now = Instant.zero
    var diskIsInstant = true
    private(set) var waiting: [SyncToken] = []
    private(set) var records: [StoreRecord] = []
    private(set) var traces: [GossipTraceEvent] = []

    init(
        id: Int = 1, members: Int = 3, state: GossipDurableState = GossipDurableState(),
        change: (inout GossipConfiguration) -> Void = { _ in }
    ) {
        var configuration = GossipConfiguration(
            id: NodeID(id), members: (1...members).map { NodeID($0) })
        configuration.jitterPercent = 0
        change(&configuration)
        core = GossipCore(configuration: configuration, state: state, seed: Seed(1))
        step(.start)
    }

    /// Feeds an event, and the completions of an instant disk; returns what leaves the node.
    @discardableResult
    mutating func step(_ event: GossipEvent) -> [GossipEffect] {
        var effects: [GossipEffect] = []
        core.step(event, now: now, effects: &effects)
        var leaving: [GossipEffect] = []
        for effect in effects {
            switch effect {
            case .save(let saved, let token):
                records += saved
                waiting.append(token)
            case .trace(let event): traces.append(event)
            case .send, .respond: leaving.append(effect)
            }
        }
        return diskIsInstant ? leaving + completeDisk() : leaving
    }

    @discardableResult
    mutating func completeDisk() -> [GossipEffect] {
        let tokens = waiting
        waiting = []
        return tokens.flatMap { step(.saved($0)) }
    }

    @discardableResult
    mutating func put(_ key: String, _ value: String, seen: Version = 0) -> [GossipEffect] {
        step(.requested(.put(key: key, value: value, seen: seen), id: RequestID(1)))
    }

    @discardableResult
    mutating func delete(_ key: String, seen: Version = 0) -> [GossipEffect] {
        step(.requested(.delete(key: key, seen: seen), id: RequestID(1)))
    }

    @discardableResult
    mutating func receive(_ message: GossipMessage, from node: Int) -> [GossipEffect] {
        step(.received(message, from: NodeID(node)))
    }

    /// Lets the time pass to the node's deadline.
    @discardableResult
    mutating func tick() -> [GossipEffect] {
        now = max(now, core.nextDeadline)
        return step(.tick)
    }

    /// Ticks until a message goes out, and returns what went; gives up after some rounds.
    mutating func untilSending(rounds: Int = 50) -> [GossipEffect] {
        for _ in 0..<rounds {
            let effects = tick()
            if !effects.isEmpty { return effects }
        }
        return []
    }
}

extension Entry {
    static func of(
        _ key: String, _ value: String?, version: Version, by node: Int
    ) -> Entry {
        Entry(key: key, value: value, stamp: Stamp(version: version, writer: Writer(NodeID(node))))
    }
}

extension [GossipEffect] {
    var messages: [(message: GossipMessage, to: NodeID)] {
        compactMap { effect in
            if case .send(let message, let node, _) = effect { return (message, node) }
            return nil
        }
    }

    var responses: [ClientResponse] {
        compactMap { effect in
            if case .respond(let response, _) = effect { return response }
            return nil
        }
    }
}
