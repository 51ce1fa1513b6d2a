import Vocabulary

// Anti-entropy: Demers et al. 1987, §1.3.

extension GossipCore {
    mutating func beginAntiEntropy() {
        guard let settings = configuration.antiEntropy,
            !configuration.defects.contains(.rumorOnly), let peer = antiEntropyPeer()
        else { return }
        let direction = effective(settings.direction)
        switch settings.comparison {
        case .full:
            let entries = direction.pushes ? durableEntries() : []
            send(.state(StateExchange(entries: entries, asks: direction.pulls)), to: peer)
        case .versions:
            sendVersions(direction, to: peer)
        case .digest, .ranges:
            sendWhenDurable(.digest(digest(direction)), to: peer)
        }
    }

    private func effective(_ direction: Direction) -> Direction {
        configuration.defects.contains(.oneWayAntiEntropy) ? .push : direction
    }

    private mutating func antiEntropyPeer() -> NodeID? {
        if !peers.dead.isEmpty,
            Int.random(in: 0..<configuration.deadMemberPeriod, using: &random) == 0
        {
            return peers.dead.randomElement(using: &random)
        }
        if configuration.defects.contains(.oneWayAntiEntropy) {
            let id = id
            return peers.random(using: &random) { $0 > id }
        }
        return peers.random(using: &random)
    }

    // MARK: - All data

    private func durableEntries() -> [Entry] {
        store.all.filter(isDurable).map(\.entry)
    }

    mutating func receive(_ exchange: StateExchange, from sender: NodeID) {
        // What the sender lacks is found before its data is taken in: it is not sent back.
        let answer = exchange.asks ? missing(from: exchange.entries) : []
        for entry in exchange.entries { _ = accept(entry, from: sender) }
        guard !answer.isEmpty, !configuration.defects.contains(.pullMute) else { return }
        send(.state(StateExchange(entries: answer, asks: false)), to: sender)
    }

    private func missing(from entries: [Entry]) -> [Entry] {
        guard !entries.isEmpty else { return durableEntries() }
        var stamps: [String: Stamp] = [:]
        for entry in entries { stamps[entry.key] = entry.stamp }
        return store.all.filter { slot in
            guard isDurable(slot) else { return false }
            return stamps[slot.entry.key].map { $0 < slot.entry.stamp } ?? true
        }.map(\.entry)
    }

    // MARK: - Digests and deltas

    private func digest(_ direction: Direction) -> Digest {
        Digest(
            hash: store.contentHash, maxima: store.maxima, pulls: direction.pulls,
            pushes: direction.pushes)
    }

    mutating func receive(_ digest: Digest, from sender: NodeID) {
        guard note(digest, of: sender) else { return }
        // Equal contents: what either knows to be without a gap is so at both.
        guard digest.hash != store.contentHash else { return learn(digest.maxima) }
        if store.ranges != nil { return beginRanges(with: sender) }
        let ask = digest.pushes ? self.digest(.pull) : nil
        let parts =
            digest.pulls && !configuration.defects.contains(.pullMute)
            ? self.parts(lackedBy: digest.maxima, besides: ask?.bytes ?? 0) : []
        if !parts.isEmpty || ask != nil {
            sendWhenDurable(.delta(Delta(parts: parts, ask: ask)), to: sender)
        }
    }

    mutating func receive(_ delta: Delta, from sender: NodeID) {
        for part in delta.parts { receive(part, from: sender) }
        guard let ask = delta.ask, note(ask, of: sender) else { return }
        let parts = parts(lackedBy: ask.maxima, besides: 0)
        if !parts.isEmpty { sendWhenDurable(.delta(Delta(parts: parts)), to: sender) }
    }

    private mutating func receive(_ part: Delta.Part, from sender: NodeID) {
        var isWhole = true
        for entry in part.entries {
            if case .refused = accept(entry, from: sender) { isWhole = false }
        }
        guard isBelievable(part.through) else { return refuse(.versionBeyondBound, from: sender) }
        // A part that begins above what the node has would leave a gap.
        let continues = part.after <= store.complete(of: part.writer)
        guard isWhole, continues || configuration.defects.contains(.obsoleteDelta) else { return }
        learn([Maximum(part.writer, part.through)])
    }

    /// Notes how far another node is complete; says whether that can be true.
    private mutating func note(_ digest: Digest, of sender: NodeID) -> Bool {
        guard digest.maxima.allSatisfy({ isBelievable($0.version) }) else {
            refuse(.versionBeyondBound, from: sender)
            return false
        }
        if !joining.isEmpty { meet(sender, latest: digest.maxima.map(\.version).max()) }
        tombstones.note(digest.maxima, of: sender)
        return true
    }

    /// Hears from another node while joining.
    ///
    /// One that has something ends it. Those that have nothing only do once all of them have said so:
    /// the others may hold this node for gone, and forget deletions that its writes lie below.
    private mutating func meet(_ sender: NodeID, latest: Version?) {
        joining.removeAll { $0 == sender }
        guard let latest else { return }
        clock = max(clock, latest)
        joining = []
    }

    private func isBelievable(_ version: Version) -> Bool {
        version <= configuration.versionMax || configuration.defects.contains(.acceptForged)
    }

    private mutating func learn(_ maxima: [Maximum]) {
        for maximum in maxima where store.complete(maximum) {
            clock = max(clock, maximum.version)
            save(.complete(maximum))
        }
    }

    /// What a node with these maxima lacks, by writer and oldest first, as far as one message holds
    /// it `besides` so many other bytes.
    private mutating func parts(
        lackedBy maxima: [Maximum], besides taken: Int
    ) -> [Delta.Part] {
        let count = store.origins.count
        guard count > 0 else { return [] }
        var room = configuration.messageBytesMax - 16 - taken
        var parts: [Delta.Part] = []
        // Another writer comes first each time, so that none waits for the others for good.
        let first = Int.random(in: 0..<count, using: &random)
        for step in 0..<count where room > Delta.Part.emptyBytes {
            let origin = store.origins[(first + step) % count]
            let after = maxima.version(of: origin.writer)
            guard let part = part(of: origin, after: after, room: room) else { continue }
            parts.append(part)
            room -= Delta.Part.emptyBytes + part.entries.bytes
        }
        return parts
    }

    private func part(of origin: Origin, after: Version, room: Int) -> Delta.Part? {
        var part = Delta.Part(
            writer: origin.writer, after: after, through: max(after, origin.complete), entries: [])
        var room = room - Delta.Part.emptyBytes
        for slot in store.entries(of: origin, after: after) {
            room -= slot.entry.bytes
            guard room >= 0 else {
                if !configuration.defects.contains(.truncatedDelta) {
                    let last = part.entries.last?.stamp.version ?? after
                    part.through = min(part.through, last)
                }
                break
            }
            part.entries.append(slot.entry)
        }
        return part.entries.isEmpty && part.through == after ? nil : part
    }
}
