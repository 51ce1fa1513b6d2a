import GossipCore
import Vocabulary

extension WireGossipPeerMessage {
    init(_ packet: GossipPacket) {
        self.init()
        switch packet.payload {
        case .store(let message): setBody(message)
        case .membership(let message): membership = WireGossipMembershipMessage(message)
        }
        from = UInt32(clamping: packet.from.rawValue)
        to = UInt32(clamping: packet.to.rawValue)
        fromGeneration = UInt32(clamping: packet.fromGeneration)
        toGeneration = UInt32(clamping: packet.toGeneration)
    }

    private mutating func setBody(_ message: GossipMessage) {
        switch message {
        case .rumors(let exchange): rumors = WireGossipRumorExchange(exchange)
        case .state(let exchange):
            state.entries = exchange.entries.map(WireGossipEntry.init)
            state.asks = exchange.asks
        case .digest(let digest): self.digest = WireGossipDigest(digest)
        case .delta(let delta):
            self.delta = WireGossipDelta()
            self.delta.parts = delta.parts.map(WireGossipDelta.Part.init)
            if let ask = delta.ask { self.delta.ask = WireGossipDigest(ask) }
        case .ranges(let exchange): ranges = WireGossipRangeExchange(exchange)
        }
    }
}

extension GossipPacket {
    init(_ wire: WireGossipPeerMessage) throws(FrameError) {
        let payload: GossipPayload
        if case .membership(let message) = wire.body {
            payload = .membership(try MembershipMessage(message))
        } else {
            payload = .store(try GossipMessage(wire))
        }
        self.init(
            payload, from: NodeID(wire.from), to: NodeID(wire.to),
            fromGeneration: Int(wire.fromGeneration),
            toGeneration: Int(wire.toGeneration))
    }
}

extension GossipMessage {
    fileprivate init(_ wire: WireGossipPeerMessage) throws(FrameError) {
        switch wire.body {
        case .rumors(let exchange): self = .rumors(RumorExchange(exchange))
        case .state(let exchange):
            self = .state(
                StateExchange(entries: exchange.entries.map(Entry.init), asks: exchange.asks))
        case .digest(let digest): self = .digest(try Digest(digest))
        case .delta(let delta):
            self = .delta(
                Delta(
                    parts: delta.parts.map(Delta.Part.init),
                    ask: delta.hasAsk ? try Digest(delta.ask) : nil))
        case .ranges(let exchange): self = .ranges(try RangeExchange(exchange))
        case .membership, nil: throw .malformed(field: "peer message")
        }
    }
}

extension WireGossipRumorExchange {
    fileprivate init(_ exchange: RumorExchange) {
        rumors = exchange.rumors.map(WireGossipEntry.init)
        feedback = exchange.feedback.map {
            var wire = Feedback()
            wire.write = WireGossipKeyStamp($0.key, $0.stamp)
            wire.wasNeeded = $0.wasNeeded
            return wire
        }
        asks = exchange.asks
    }
}

extension RumorExchange {
    fileprivate init(_ wire: WireGossipRumorExchange) {
        self.init(
            rumors: wire.rumors.map(Entry.init),
            feedback: wire.feedback.map {
                Feedback(key: $0.write.key, stamp: $0.write.stamp, wasNeeded: $0.wasNeeded)
            },
            asks: wire.asks)
    }
}

extension WireGossipDigest {
    fileprivate init(_ digest: Digest) {
        hash = digest.hash
        maxima = digest.maxima.map(WireGossipMaximum.init)
        pulls = digest.pulls
        pushes = digest.pushes
    }
}

extension Digest {
    /// The maxima are searched by halves, so they must be in order.
    fileprivate init(_ wire: WireGossipDigest) throws(FrameError) {
        let maxima = wire.maxima.map(Maximum.init)
        guard zip(maxima, maxima.dropFirst()).allSatisfy({ $0.writer < $1.writer }) else {
            throw .malformed(field: "order of the maxima")
        }
        self.init(hash: wire.hash, maxima: maxima, pulls: wire.pulls, pushes: wire.pushes)
    }
}

extension WireGossipDelta.Part {
    fileprivate init(_ part: Delta.Part) {
        node = part.writer.wireNode
        generation = part.writer.wireGeneration
        after = part.after
        through = part.through
        entries = part.entries.map(WireGossipEntry.init)
    }
}

extension Delta.Part {
    fileprivate init(_ wire: WireGossipDelta.Part) {
        self.init(
            writer: Writer(node: wire.node, generation: wire.generation), after: wire.after,
            through: wire.through, entries: wire.entries.map(Entry.init))
    }
}
