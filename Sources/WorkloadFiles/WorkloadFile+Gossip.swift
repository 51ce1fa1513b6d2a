internal import Vocabulary
internal import Workloads

/// The settings of a gossip store and of its keys.
extension WorkloadFile {
    private static let hour: Nanoseconds = 3_600_000_000_000
    private static let countMax = 1_000_000

    static func readKeyValue(
        _ section: MappingReader, into settings: inout KeyValueSettings
    ) throws(WorkloadFileError) {
        try section.allowOnly([
            "read", "write", "delete", "keys", "value-bytes", "settle-rounds",
        ])
        try section.read("read", into: &settings.read, in: 0...countMax)
        try section.read("write", into: &settings.write, in: 0...countMax)
        try section.read("delete", into: &settings.delete, in: 0...countMax)
        try section.read("keys", into: &settings.keys, in: 1...countMax)
        try section.read("value-bytes", into: &settings.valueBytes, in: 0...65_536)
        try section.read("settle-rounds", optional: &settings.settleRounds, in: 0...100_000)
        guard settings.total > 0 else {
            throw section.wrong(at: "read", "one of read, write and delete must be above 0")
        }
    }

    static func readGossip(
        _ section: MappingReader, into gossip: inout GossipSettings
    ) throws(WorkloadFileError) {
        try section.allowOnly([
            "rumors", "anti-entropy", "membership", "jitter-percent", "dead-member-period",
            "datagram-bytes", "stream-bytes", "key-bytes", "value-bytes", "version-max",
            "traffic-period", "notes-tellings", "tombstone-grace", "rounds-max",
        ])
        try section.read("jitter-percent", into: &gossip.jitterPercent, in: 0...1000)
        try section.read("dead-member-period", into: &gossip.deadMemberPeriod, in: 1...countMax)
        try section.read("datagram-bytes", into: &gossip.datagramBytesMax, in: 300...65_000)
        try section.read("stream-bytes", into: &gossip.streamBytesMax, in: 0...(1 << 26))
        try section.read("key-bytes", into: &gossip.keyBytesMax, in: 1...65_536)
        try section.read("value-bytes", into: &gossip.valueBytesMax, in: 0...(1 << 24))
        try section.read("version-max", into: &gossip.versionMax)
        try section.read("traffic-period", into: &gossip.trafficPeriod, in: 1...countMax)
        try section.read("notes-tellings", into: &gossip.notesPropagation)
        try section.read("tombstone-grace", duration: &gossip.tombstoneGrace, most: hour)
        try section.read("rounds-max", optional: &gossip.roundsMax, in: 1...countMax)
        gossip.rumors = try part("rumors", of: section, gossip.rumors, readRumors)
        gossip.antiEntropy = try part(
            "anti-entropy", of: section, gossip.antiEntropy, readAntiEntropy)
        guard gossip.rumors != nil || gossip.antiEntropy != nil else {
            throw section.wrong(
                at: "anti-entropy",
                "rumors and anti-entropy can't both be switched off: nothing would ever spread")
        }
        gossip.membership = try part("membership", of: section, gossip.membership, readMembers)
    }

    /// A part that can be switched off: `enabled: false`.
    private static func part<Settings>(
        _ name: String, of section: MappingReader, _ settings: Settings?,
        _ read: (MappingReader, inout Settings) throws(WorkloadFileError) -> Void
    ) throws(WorkloadFileError) -> Settings? {
        guard let part = try section.child(name), var settings else { return settings }
        var isEnabled = true
        try part.read("enabled", into: &isEnabled)
        try read(part, &settings)
        return isEnabled ? settings : nil
    }

    private static func readRumors(
        _ section: MappingReader, into rumors: inout GossipSettings.Rumors
    ) throws(WorkloadFileError) {
        try section.allowOnly([
            "enabled", "direction", "feedback", "interest", "k", "count", "fan-out", "interval",
            "skips-told", "suppresses-echo",
        ])
        try section.read("direction", choice: &rumors.direction)
        try section.read("feedback", into: &rumors.hasFeedback)
        try section.read("interest", choice: &rumors.interest)
        try section.read("k", into: &rumors.k, in: 1...countMax)
        try section.read("count", choice: &rumors.count)
        try section.read("fan-out", into: &rumors.fanOut, in: 1...98)
        try readInterval("interval", of: section, into: &rumors.interval)
        try section.read("skips-told", into: &rumors.skipsTold)
        try section.read("suppresses-echo", into: &rumors.suppressesEcho)
    }

    private static func readAntiEntropy(
        _ section: MappingReader, into settings: inout GossipSettings.AntiEntropy
    ) throws(WorkloadFileError) {
        try section.allowOnly(["enabled", "direction", "comparison", "interval"])
        try section.read("direction", choice: &settings.direction)
        try section.read("comparison", choice: &settings.comparison)
        try readInterval("interval", of: section, into: &settings.interval)
    }

    private static func readMembers(
        _ section: MappingReader, into members: inout GossipSettings.Members
    ) throws(WorkloadFileError) {
        try section.allowOnly([
            "enabled", "contacts", "probe-interval", "probe-timeout", "indirect-probes",
            "suspicion-factor", "suspicion-spread", "confirmations-max", "health-max",
            "dead-probe-period", "updates-max",
        ])
        try section.read("contacts", into: &members.contacts, in: 1...98)
        try readInterval("probe-interval", of: section, into: &members.probeInterval)
        try readInterval("probe-timeout", of: section, into: &members.probeTimeout)
        // What is left of the interval is for the answer by way of others.
        guard members.probeTimeout * 2 < members.probeInterval else {
            throw section.wrong(
                at: "probe-timeout",
                "must be shorter than half the probe-interval of "
                    + DurationText.format(members.probeInterval))
        }
        try section.read("indirect-probes", into: &members.indirectProbes, in: 0...98)
        try section.read("suspicion-factor", into: &members.suspicionFactor, in: 1...1000)
        try section.read("suspicion-spread", into: &members.suspicionSpread, in: 1...1000)
        try section.read("confirmations-max", into: &members.confirmationsMax, in: 1...98)
        try section.read("health-max", into: &members.healthMax, in: 0...1000)
        try section.read("dead-probe-period", into: &members.deadProbePeriod, in: 1...countMax)
        try section.read("updates-max", into: &members.updatesMax, in: 2...100)
    }

    /// A time between rounds: a round that takes none would stop the simulated clock.
    private static func readInterval(
        _ name: String, of section: MappingReader, into interval: inout Nanoseconds
    ) throws(WorkloadFileError) {
        try section.read(name, duration: &interval, least: 1_000_000, most: hour)
    }
}
