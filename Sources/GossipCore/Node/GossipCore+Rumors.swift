import Vocabulary

// Rumor mongering: Demers et al. 1987, §1.4.

extension GossipCore {
    // MARK: - Becoming and ceasing to be infective

    /// Begins to spread what stands at a place.
    mutating func heat(_ place: Int, from source: NodeID?) {
        guard let settings = configuration.rumors, let slot = store.slot(place) else { return }
        var rumor = Rumor(place: place, stamp: slot.entry.stamp, source: source)
        let old = rumors.firstIndex { $0.place == place }
        if let old, configuration.defects.contains(.sentNotCleared) {
            rumor.told = rumors[old].told
        }
        if settings.suppressesEcho, let source { rumor.told.append(source) }
        if let old { rumors[old] = rumor } else { rumors.append(rumor) }
        if rumorDeadline == .distantFuture { rumorDeadline = after(settings.interval) }
    }

    /// Counts one contact or round in vain; says whether interest is lost.
    private mutating func losesInterest(_ place: Int) -> Bool {
        switch interest {
        case .counter(let limit):
            rumors[place].vainCount += 1
            return rumors[place].vainCount >= limit
        case .coin(let sides):
            return Int.random(in: 0..<max(1, sides), using: &random) == 0
        }
    }

    private var interest: RumorSettings.Interest {
        if configuration.defects.contains(.rumorOnly) { return .counter(1) }
        return configuration.rumors?.interest ?? .counter(1)
    }

    private func place(of key: String, _ stamp: Stamp) -> Int? {
        guard let place = store.place(of: key) else { return nil }
        return rumors.firstIndex { $0.place == place && $0.stamp == stamp }
    }

    /// Draws the conclusions from the last round, and drops what is superseded.
    private mutating func closeRound(_ settings: RumorSettings) {
        var kept = 0
        for place in rumors.indices {
            let rumor = rumors[place]
            rumors[place].wasSent = false
            rumors[place].wasNeeded = false
            rumors[place].wasVain = false
            var isOver = store.slot(rumor.place)?.entry.stamp != rumor.stamp
            if !settings.hasFeedback {
                isOver = isOver || (rumor.wasSent && losesInterest(place))
            } else if settings.count == .byRound {
                if rumor.wasNeeded {
                    rumors[place].vainCount = 0
                } else if rumor.wasVain {
                    isOver = isOver || losesInterest(place)
                }
            }
            guard !isOver else { continue }
            rumors.swapAt(kept, place)
            kept += 1
        }
        rumors.removeLast(rumors.count - kept)
    }

    // MARK: - A round

    mutating func spreadRumors() {
        guard let settings = configuration.rumors else { return }
        closeRound(settings)
        guard settings.direction.pulls || !rumors.isEmpty else { return }
        var chosen: [NodeID] = []
        for _ in 0..<max(1, settings.fanOut) {
            guard let peer = choosePeer(settings, besides: chosen) else { return }
            chosen.append(peer)
            let told = settings.direction.pushes ? takeRumors(for: peer, settings) : []
            send(RumorExchange(rumors: told, asks: settings.direction.pulls), to: peer)
        }
    }

    /// A peer that was not turned to yet in this round and, if the node gives, lacks something.
    private mutating func choosePeer(
        _ settings: RumorSettings, besides chosen: [NodeID]
    ) -> NodeID? {
        if chosen.isEmpty, !peers.dead.isEmpty,
            Int.random(in: 0..<configuration.deadMemberPeriod, using: &random) == 0
        {
            return peers.dead.randomElement(using: &random)
        }
        guard settings.skipsTold, settings.direction.pushes, !rumors.isEmpty else {
            return peers.random(using: &random) { !chosen.contains($0) }
        }
        let leading = Int.random(in: rumors.indices, using: &random)
        let told = rumors[leading].told
        if let peer = peers.random(
            using: &random, suits: { !told.contains($0) && !chosen.contains($0) })
        {
            return peer
        }
        // All have been sent it: none is left to prefer, so the next round begins anew.
        if !configuration.defects.contains(.sentNotCleared) {
            rumors[leading].told =
                settings.suppressesEcho ? rumors[leading].source.map { [$0] } ?? [] : []
        }
        return settings.direction.pulls
            ? peers.random(using: &random) { !chosen.contains($0) } : nil
    }

    /// The rumors that a peer is to be sent; they count as sent to it.
    private mutating func takeRumors(for peer: NodeID, _ settings: RumorSettings) -> [Entry] {
        var taken: [Entry] = []
        for place in rumors.indices {
            guard let slot = store.slot(rumors[place].place), isDurable(slot),
                slot.entry.stamp == rumors[place].stamp
            else { continue }
            if settings.suppressesEcho, rumors[place].source == peer { continue }
            if settings.skipsTold {
                if rumors[place].told.contains(peer) { continue }
                rumors[place].told.append(peer)
            }
            rumors[place].wasSent = true
            taken.append(slot.entry)
        }
        return taken
    }

    /// Sends a step of an exchange, in as many datagrams as it takes.
    private mutating func send(_ exchange: RumorExchange, to peer: NodeID) {
        guard !exchange.isEmpty else { return }
        let whole = GossipMessage.rumors(exchange)
        guard exchange.rumors.count > 1, whole.bytes > configuration.datagramBytesMax else {
            return send(whole, to: peer)
        }
        let half = exchange.rumors.count / 2
        send(RumorExchange(rumors: Array(exchange.rumors[..<half])), to: peer)
        var rest = exchange
        rest.rumors.removeFirst(half)
        send(rest, to: peer)
    }

    // MARK: - What comes from others

    mutating func receive(_ exchange: RumorExchange, from sender: NodeID) {
        guard let settings = configuration.rumors else { return }
        hear(exchange.feedback, from: sender, settings)
        var answer = RumorExchange()
        if exchange.asks, !configuration.defects.contains(.pullMute) {
            answer.rumors = takeRumors(for: sender, settings)
        }
        for rumor in exchange.rumors {
            let wasNeeded = receive(rumor, from: sender, settings)
            if settings.hasFeedback {
                answer.feedback.append(
                    .init(key: rumor.key, stamp: rumor.stamp, wasNeeded: wasNeeded))
            } else if !wasNeeded, configuration.defects.contains(.echoStorm) {
                answer.rumors.append(rumor)
            }
        }
        send(answer, to: sender)
    }

    /// Takes in a rumor; says whether it was needed.
    ///
    /// It was even if the same came before, as long as that is not durable: the node might lose it, and
    /// who told it must not lose interest for that.
    private mutating func receive(
        _ rumor: Entry, from sender: NodeID, _ settings: RumorSettings
    ) -> Bool {
        switch accept(rumor, from: sender) {
        case .applied(let place):
            heat(place, from: sender)
            return true
        case .known:
            let slot = store[rumor.key]
            if configuration.defects.contains(.echoStorm), let place = store.place(of: rumor.key) {
                heat(place, from: nil)
            } else if settings.skipsTold, let place = place(of: rumor.key, rumor.stamp),
                !rumors[place].told.contains(sender)
            {
                rumors[place].told.append(sender)
            }
            return slot.map { $0.entry.stamp == rumor.stamp && !isDurable($0) } ?? false
        case .refused:
            return false
        }
    }

    private mutating func hear(
        _ feedback: [RumorExchange.Feedback], from sender: NodeID, _ settings: RumorSettings
    ) {
        guard settings.hasFeedback else { return }
        for item in feedback {
            guard let place = place(of: item.key, item.stamp) else { continue }
            switch settings.count {
            case .byRound:
                if item.wasNeeded {
                    rumors[place].wasNeeded = true
                } else {
                    rumors[place].wasVain = true
                }
            case .byContact:
                if !item.wasNeeded, losesInterest(place) { rumors.remove(at: place) }
            }
        }
    }
}
