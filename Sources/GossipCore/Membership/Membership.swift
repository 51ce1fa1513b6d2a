public import Vocabulary

/// One node's view of the members as a value: who is there, and who answers.
///
/// In each interval one member is pinged; if it does not answer, others are asked to ping it; if none
/// gets an answer it is suspected, and held dead unless it objects in time. News travels along
/// with these messages. Members held dead are pinged too, now and then, so that two sides find each
/// other again after a long cut.
///
/// Source: SWIM (Das, Gupta & Motivala 2002), and Lifeguard (Dadgar, Phillips & Currey 2018): a node
/// that has reason to doubt itself slows down (§IV-A), a suspect has the longer the fewer
/// suspect it (§IV-B), and a suspect hears of the suspicion first (§IV-C).
public struct Membership: Sendable {
    /// What the node was told at the start.
    public let configuration: MembershipConfiguration
    /// The number that the node raises to object to what is said of it.
    public internal(set) var incarnation: UInt64 = 0
    /// How much the node doubts itself: it waits this many times longer, and once more.
    public internal(set) var doubt = 0

    /// Everybody but the node itself, in the order of their numbers.
    var members: [Member] = []
    var news = PiggybackBuffer()
    var probe: Probe?
    var forwarded: [ForwardedProbe] = []
    /// Who is still to be probed before the order is drawn anew.
    private var order: [NodeID] = []
    private var probeCount = 0
    /// The number of the latest probe.
    ///
    /// Each incarnation counts on from another number, so that what answers a probe of an earlier one
    /// answers none of this one's.
    var lastNumber: UInt64
    private var hasLeft = false
    var random: RandomStream
    var now = Instant.zero
    var outbox: [MembershipEffect] = []
    private var nextProbeAt = Instant.distantFuture

    /// Makes the view of a node that knows its contacts only.
    public init(configuration: MembershipConfiguration, incarnation: Int = 1, seed: Seed) {
        self.configuration = configuration
        random = seed.stream("membership \(configuration.id) \(incarnation)")
        lastNumber = UInt64(truncatingIfNeeded: incarnation) << 32
    }

    /// The node itself.
    public var id: NodeID { configuration.id }

    /// What a member is held for; nil if it was never heard of.
    public func status(of node: NodeID) -> MemberStatus? {
        place(of: node).map { members[$0].status }
    }

    /// When the node wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant {
        var deadline = nextProbeAt
        if let probe {
            deadline = min(deadline, probe.indirectAt, probe.endsAt)
        }
        for probe in forwarded { deadline = min(deadline, probe.endsAt) }
        // By their places: going through the members themselves would count references.
        for place in members.indices where members[place].update.status == .suspect {
            deadline = min(deadline, suspicionEnd(of: members[place]))
        }
        return deadline
    }

    /// Takes in one event and adds to `effects` what is to be done.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: The time, which never goes back.
    ///   - effects: Receives the effects, to be carried out in their order.
    public mutating func step(
        _ event: MembershipEvent, now: Instant, effects: inout [MembershipEffect]
    ) {
        self.now = now
        swap(&outbox, &effects)
        switch event {
        case .start: start()
        case .received(let message, let sender): receive(message, from: sender)
        case .tick: tick()
        case .outdated(let sender): send(.news, to: sender)
        case .leave: leave()
        }
        swap(&outbox, &effects)
    }

    // MARK: - Coming and going

    private mutating func start() {
        for contact in configuration.contacts where contact != id { send(.join, to: contact) }
        nextProbeAt = now + .random(in: 1...configuration.probeInterval, using: &random)
    }

    private mutating func leave() {
        hasLeft = true
        nextProbeAt = .distantFuture
        probe = nil
        for member in members where member.status == .alive { send(.news, to: member.node) }
    }

    /// What the node says of itself.
    var own: MemberUpdate {
        MemberUpdate(node: id, status: hasLeft ? .left : .alive, incarnation: incarnation)
    }

    // MARK: - Time

    /// A length of time as the node's doubts in itself stretch it.
    func stretched(_ length: Nanoseconds) -> Nanoseconds { length * Nanoseconds(doubt + 1) }

    private mutating func tick() {
        guard !hasLeft else { return }
        for probe in forwarded where now >= probe.endsAt {
            send(.noAnswer(probe.requestNumber), to: probe.requester)
        }
        forwarded.removeAll { now >= $0.endsAt }
        if let probe, now >= probe.indirectAt { askOthers(probe) }
        if let probe, now >= probe.endsAt { close(probe) }
        for member in members where member.status == .suspect && now >= suspicionEnd(of: member) {
            var update = member.update
            update.status = .dead
            update.accuser = nil
            hear(update, from: id)
        }
        if now >= nextProbeAt {
            beginProbe()
            nextProbeAt = now + stretched(configuration.probeInterval)
        }
    }

    // MARK: - Whom to probe

    mutating func nextTarget() -> NodeID? {
        probeCount += 1
        if probeCount % max(1, configuration.deadProbePeriod) == 0 {
            askUnknownSenders()
            let dead = members.filter { $0.status == .dead }
            if let dead = dead.randomElement(using: &random) { return dead.node }
        }
        // Everybody in a drawn order, so that nobody waits longer than two rounds (SWIM, §4.3).
        while let next = order.popLast() {
            if let status = status(of: next), status == .alive || status == .suspect { return next }
        }
        order = members.filter { $0.status == .alive || $0.status == .suspect }.map(\.node)
        order.shuffle(using: &random)
        if let next = order.popLast() { return next }
        askUnknownSenders()
        return nil
    }

    /// Asks again the contacts that never answered: perhaps they were not there yet, or behind a cut.
    ///
    /// Else nodes that are all started anew while they are apart would stay apart for good.
    private mutating func askUnknownSenders() {
        for contact in configuration.contacts where contact != id && place(of: contact) == nil {
            send(.join, to: contact)
        }
    }

    // MARK: - Sending

    func place(of node: NodeID) -> Int? {
        let place = members.partitioningIndex { $0.node >= node }
        return place < members.count && members[place].node == node ? place : nil
    }

    /// How often each piece of news is passed on.
    private var retransmissions: Int {
        3 * (Int.bitWidth - (members.count + 1).leadingZeroBitCount)
    }

    mutating func send(_ kind: MembershipMessage.Kind, to node: NodeID) {
        var updates = [own]
        // What is said of the receiver comes first: it is the only one that can object.
        if let place = place(of: node), members[place].status != .alive {
            updates.append(members[place].update)
        }
        updates += news.take(
            configuration.updatesMax - updates.count, retransmissions: retransmissions)
        outbox.append(.send(MembershipMessage(kind, updates: updates), to: node))
    }
}
