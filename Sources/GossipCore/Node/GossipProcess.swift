public import Vocabulary

/// What happens to the process of a gossip node.
public enum GossipProcessEvent: Sendable {
    /// The process begins to run; once, before anything else.
    case start
    /// A letter came that is addressed to this node.
    case received(GossipPacket)
    /// Bytes came that are no message.
    case undecodable
    /// A message came from somebody who is no member, or that is not meant for this node.
    case strange
    /// A client asks for something.
    case requested(ClientRequest, id: RequestID)
    /// The instant `GossipProcess.nextDeadline` was reached.
    case tick
    /// Everything up to this token's is durable.
    case saved(SyncToken)
    /// The node is to leave for good.
    case leave
}

/// What the process of a gossip node wants done, in this order.
public enum GossipProcessEffect: Sendable {
    /// Send a letter; it may be lost.
    case send(GossipPacket, over: Channel)
    /// Answer a client.
    case respond(ClientResponse, id: RequestID)
    /// Make these records durable; see `GossipEffect.save`.
    case save([StoreRecord], SyncToken)
    /// Note what happened to the store; it must survive the process.
    case trace(GossipTraceEvent)
    /// Note what another member is held for.
    case traceMember(MemberUpdate)
}

/// All that one process of a gossip node decides: its store, its view of the members, and which mail
/// it takes.
public struct GossipProcess: Sendable {
    /// The store.
    public private(set) var store: GossipCore
    /// The view of the members; nil if all are known for good.
    public private(set) var members: Membership?
    /// How many other members are held alive.
    public private(set) var aliveCount: Int
    private var generations: GenerationTable
    private var storeEffects: [GossipEffect] = []
    private var memberEffects: [MembershipEffect] = []

    /// Makes a node from what it finds on its disk.
    ///
    /// - Parameters:
    ///   - configuration: Who the node is and how it behaves.
    ///   - membership: How it finds and watches the others; nil if all are known for good.
    ///   - state: What the earlier incarnations stored.
    ///   - seed: The source of all its randomness; each incarnation draws other numbers from it.
    public init(
        configuration: GossipConfiguration, membership: MembershipConfiguration?,
        state: GossipDurableState = GossipDurableState(), seed: Seed
    ) {
        store = GossipCore(configuration: configuration, state: state, seed: seed)
        members = membership.map {
            Membership(configuration: $0, incarnation: configuration.incarnation, seed: seed)
        }
        aliveCount = membership == nil ? configuration.members.count - 1 : 0
        generations = GenerationTable(generation: configuration.generation)
    }

    /// The node itself.
    public var id: NodeID { store.id }

    /// When the node wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant {
        min(store.nextDeadline, members?.nextDeadline ?? .distantFuture)
    }

    /// Takes in one event and adds to `effects` what is to be done.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: The time, which never goes back.
    ///   - effects: Receives the effects, to be carried out in their order.
    public mutating func step(
        _ event: GossipProcessEvent, now: Instant, effects: inout [GossipProcessEffect]
    ) {
        switch event {
        case .start:
            step(.start, now, &effects)
            stepMembers(.start, now, &effects)
        case .received(let packet): receive(packet, now, &effects)
        case .undecodable: step(.undecodable, now, &effects)
        case .strange: step(.strange, now, &effects)
        case .requested(let request, let id): step(.requested(request, id: id), now, &effects)
        case .tick:
            if now >= store.nextDeadline { step(.tick, now, &effects) }
            if now >= members?.nextDeadline ?? .distantFuture { stepMembers(.tick, now, &effects) }
        case .saved(let token): step(.saved(token), now, &effects)
        case .leave: stepMembers(.leave, now, &effects)
        }
    }

    /// Mail about members is taken whomever it was meant for: all that it says has a number by which what
    /// is older is told, and it is how the others hear of a new life at all.
    private mutating func receive(
        _ packet: GossipPacket, _ now: Instant, _ effects: inout [GossipProcessEffect]
    ) {
        let isMeant =
            generations.takes(packet) || store.configuration.defects.contains(.obsoleteDelta)
        switch packet.payload {
        case .membership(let message):
            stepMembers(.received(message, from: packet.from), now, &effects)
        case .store(let message) where isMeant:
            step(.received(message, from: packet.from), now, &effects)
        case .store:
            step(.outdated(from: packet.from), now, &effects)
            stepMembers(.outdated(from: packet.from), now, &effects)
        }
    }

    private mutating func step(
        _ event: GossipEvent, _ now: Instant, _ effects: inout [GossipProcessEffect]
    ) {
        store.step(event, now: now, effects: &storeEffects)
        for effect in storeEffects {
            switch effect {
            case .send(let message, let node, let channel):
                send(.store(message), to: node, over: channel, &effects)
            case .respond(let response, let id): effects.append(.respond(response, id: id))
            case .save(let records, let token): effects.append(.save(records, token))
            case .trace(let event): effects.append(.trace(event))
            }
        }
        storeEffects.removeAll(keepingCapacity: true)
    }

    private mutating func stepMembers(
        _ event: MembershipEvent, _ now: Instant, _ effects: inout [GossipProcessEffect]
    ) {
        members?.step(event, now: now, effects: &memberEffects)
        let wanted = memberEffects
        memberEffects.removeAll(keepingCapacity: true)
        for effect in wanted {
            switch effect {
            case .send(let message, let node):
                send(.membership(message), to: node, over: .datagram, &effects)
            case .trace(let update): effects.append(.traceMember(update))
            case .changed(let alive, let dead):
                aliveCount = alive.count
                step(.membersChanged(alive: alive, dead: dead), now, &effects)
            case .left(let node): step(.removed(node), now, &effects)
            }
        }
    }

    private func send(
        _ payload: GossipPayload, to node: NodeID, over channel: Channel,
        _ effects: inout [GossipProcessEffect]
    ) {
        var packet = GossipPacket(payload, from: id, to: node)
        generations.stamp(&packet)
        effects.append(.send(packet, over: channel))
    }
}
