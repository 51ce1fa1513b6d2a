import Vocabulary

// Finding out who answers.

extension Membership {
    mutating func beginProbe() {
        if let probe { close(probe) }
        guard let target = nextTarget() else { return }
        lastNumber += 1
        probe = Probe(
            target: target, number: lastNumber,
            indirectAt: now + stretched(configuration.probeTimeout),
            endsAt: now + stretched(configuration.probeInterval))
        send(.ping(lastNumber), to: target)
    }

    /// Asks others to probe a member that has not answered: its link to this node may be cut.
    mutating func askOthers(_ probe: Probe) {
        self.probe?.indirectAt = .distantFuture
        guard !probe.isAnswered else { return }
        let helpers = members.filter { $0.status == .alive && $0.node != probe.target }
            .shuffled(using: &random).prefix(configuration.indirectProbeCount).map(\.node)
        self.probe?.silentHelpers = helpers
        for helper in helpers { send(.pingRequest(probe.number, target: probe.target), to: helper) }
    }

    mutating func close(_ probe: Probe) {
        self.probe = nil
        // One that is held dead already is not expected to answer.
        guard !probe.isAnswered, let place = place(of: probe.target),
            members[place].status == .alive || members[place].status == .suspect
        else { return }
        // Helpers that are silent too point to this node itself.
        raiseDoubt(by: max(1, probe.silentHelpers.count))
        var update = members[place].update
        update.status = .suspect
        update.accuser = id
        hear(update, from: id)
    }

    mutating func raiseDoubt(by amount: Int) {
        doubt = min(max(0, doubt + amount), configuration.healthMax)
    }

    mutating func receive(_ message: MembershipMessage, from sender: NodeID) {
        guard sender != id else { return }
        let isNew = place(of: sender) == nil
        for update in message.updates { hear(update, from: sender) }
        switch message.kind {
        case .ping(let number):
            send(.acknowledge(number), to: sender)
        case .pingRequest(let number, let target):
            forward(number, target: target, for: sender)
        case .acknowledge(let number):
            acknowledged(number)
        case .noAnswer(let number):
            if probe?.number == number { probe?.silentHelpers.removeAll { $0 == sender } }
        case .join:
            welcome(sender)
        case .news:
            break
        }
        if isNew, message.kind == .news { send(.join, to: sender) }
    }

    private mutating func acknowledged(_ number: UInt64) {
        if probe?.number == number, probe?.isAnswered == false {
            probe?.isAnswered = true
            raiseDoubt(by: -1)
        }
        guard let place = forwarded.firstIndex(where: { $0.number == number }) else { return }
        let request = forwarded.remove(at: place)
        send(.acknowledge(request.requestNumber), to: request.requester)
    }

    private mutating func forward(_ number: UInt64, target: NodeID, for requester: NodeID) {
        guard target != id else { return send(.acknowledge(number), to: requester) }
        lastNumber += 1
        forwarded.append(
            ForwardedProbe(
                number: lastNumber, requester: requester, requestNumber: number,
                endsAt: now + configuration.probeTimeout))
        send(.ping(lastNumber), to: target)
    }

    /// Tells a member that joins about everybody, in as many messages as it takes.
    ///
    /// One that is held for gone hears that as well: until it objects, nobody turns to it.
    private mutating func welcome(_ joiner: NodeID) {
        let all = members.map(\.update).filter { $0.node != joiner || $0.status != .alive }
        for start in stride(from: 0, to: max(1, all.count), by: configuration.updatesMax) {
            let part = all[start..<min(all.count, start + configuration.updatesMax)]
            outbox.append(.send(MembershipMessage(.news, updates: [own] + part), to: joiner))
        }
    }
}
