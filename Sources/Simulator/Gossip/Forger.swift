internal import GossipCore
internal import Vocabulary
internal import Workloads

/// Alters messages on their way, as a broken network or a malicious node would.
struct Forger: Sendable {
    private var conditions: NetworkConditions
    private let versionMax: Version
    private var random: TimedRandom

    init(_ configuration: RunConfiguration, seed: Seed) {
        conditions = configuration.simulation.network
        versionMax = configuration.gossip.versionMax
        random = TimedRandom(seed, "forger")
    }

    /// Lets everything through from now on.
    mutating func stop() {
        conditions.corruptPerMille = 0
        conditions.forgedVersionsPerMille = 0
        conditions.forgedValuesPerMille = 0
    }

    /// What arrives in place of a message that is sent now.
    mutating func alter(
        _ letter: GossipLetter, over channel: Channel, at now: Instant
    ) -> GossipParcel {
        let total =
            conditions.corruptPerMille + conditions.forgedVersionsPerMille
            + conditions.forgedValuesPerMille
        guard total > 0 else { return .letter(letter, channel) }
        var random = random.stream(at: now)
        if channel == .datagram, random.draws(conditions.corruptPerMille) { return .garbage }
        guard case .store(var message) = letter.post else { return .letter(letter, channel) }
        if random.draws(conditions.forgedVersionsPerMille) {
            let far = versionMax.addingReportingOverflow(1_000).partialValue
            message.forgeVersion(max(far, versionMax))
        }
        if random.draws(conditions.forgedValuesPerMille) {
            message.changeEntries { $0.value = "forged-\(now.nanoseconds)" }
        }
        var forged = letter
        forged.post = .store(message)
        return .letter(forged, channel)
    }
}

extension RandomStream {
    fileprivate mutating func draws(_ perMille: Int) -> Bool {
        perMille > 0 && Int.random(in: 0..<1000, using: &self) < perMille
    }
}

extension GossipMessage {
    /// Lets the first write, or else the sender's claim how far it is complete, be of a version.
    fileprivate mutating func forgeVersion(_ version: Version) {
        var isForged = false
        changeEntries { entry in
            if !isForged { entry.stamp.version = version }
            isForged = true
        }
        guard !isForged, case .digest(var digest) = self, !digest.maxima.isEmpty else { return }
        digest.maxima[0].version = version
        self = .digest(digest)
    }

    /// Changes all writes that a message carries.
    fileprivate mutating func changeEntries(_ change: (inout Entry) -> Void) {
        switch self {
        case .rumors(var exchange):
            for place in exchange.rumors.indices { change(&exchange.rumors[place]) }
            self = .rumors(exchange)
        case .state(var exchange):
            for place in exchange.entries.indices { change(&exchange.entries[place]) }
            self = .state(exchange)
        case .delta(var delta):
            for part in delta.parts.indices {
                for place in delta.parts[part].entries.indices {
                    change(&delta.parts[part].entries[place])
                }
            }
            self = .delta(delta)
        case .ranges(var exchange):
            for place in exchange.entries.indices { change(&exchange.entries[place]) }
            self = .ranges(exchange)
        case .digest: break
        }
    }
}
