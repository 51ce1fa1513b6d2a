internal import GossipBinding
internal import GossipCore
internal import Vocabulary
internal import Workloads

/// Alters messages on their way, as a broken network or a malicious node would.
struct TamperingProxy: Sendable {
    private var conditions: NetworkConditions
    private var forgery: Forgery
    private var random: TimedRandom

    init(_ configuration: RunConfiguration, seed: Seed) {
        conditions = configuration.simulation.network
        forgery = Forgery(
            versionsPerMille: conditions.forgedVersionsPerMille,
            valuesPerMille: conditions.forgedValuesPerMille,
            versionMax: configuration.gossip.versionMax)
        random = TimedRandom(seed, "forger")
    }

    /// Lets everything through from now on.
    mutating func stop() {
        conditions.corruptPerMille = 0
        forgery.versionsPerMille = 0
        forgery.valuesPerMille = 0
    }

    /// What arrives in place of a message that is sent now.
    mutating func alter(
        _ delivery: GossipPacket, over channel: Channel, at now: Instant
    ) -> SimulatedPayload {
        let total =
            conditions.corruptPerMille + forgery.versionsPerMille + forgery.valuesPerMille
        guard total > 0 else { return .delivery(delivery, channel) }
        var random = random.stream(at: now)
        if channel == .datagram, random.draws(perMille: conditions.corruptPerMille) {
            return .garbage
        }
        guard case .store(var message) = delivery.payload else {
            return .delivery(delivery, channel)
        }
        forgery.alter(&message, now: now, random: &random)
        var forged = delivery
        forged.payload = .store(message)
        return .delivery(forged, channel)
    }
}
