internal import Vocabulary
internal import Workloads

/// A gossip store's settings as lines of a file.
extension WorkloadFile {
    static func keyValueLines(_ settings: KeyValueSettings) -> [String] {
        [
            "key-value:",
            "  read: \(settings.read)",
            "  write: \(settings.write)",
            "  delete: \(settings.delete)",
            "  keys: \(settings.keys)",
            "  value-bytes: \(settings.valueBytes)",
        ] + (settings.settleRounds.map { ["  settle-rounds: \($0)"] } ?? [])
    }

    static func gossipLines(_ gossip: GossipSettings) -> [String] {
        [
            "gossip:",
            "  jitter-percent: \(gossip.jitterPercent)",
            "  dead-member-period: \(gossip.deadMemberPeriod)",
            "  datagram-bytes: \(gossip.datagramBytesMax)",
            "  stream-bytes: \(gossip.streamBytesMax)",
            "  key-bytes: \(gossip.keyBytesMax)",
            "  value-bytes: \(gossip.valueBytesMax)",
            "  version-max: \(gossip.versionMax)",
            "  traffic-period: \(gossip.trafficPeriod)",
            "  notes-tellings: \(gossip.notesPropagation)",
            "  tombstone-grace: \(DurationText.format(gossip.tombstoneGrace))",
        ] + (gossip.roundsMax.map { ["  rounds-max: \($0)"] } ?? [])
            + part("rumors", gossip.rumors.map(lines))
            + part("anti-entropy", gossip.antiEntropy.map(lines))
            + part("membership", gossip.membership.map(lines))
    }

    private static func part(_ name: String, _ lines: [String]?) -> [String] {
        guard let lines else { return ["  \(name): {enabled: false}"] }
        return ["  \(name):"] + lines.map { "    " + $0 }
    }

    private static func lines(_ rumors: GossipSettings.Rumors) -> [String] {
        [
            "direction: \(rumors.direction.rawValue)",
            "feedback: \(rumors.hasFeedback)",
            "interest: \(rumors.interest.rawValue)",
            "k: \(rumors.k)",
            "count: \(rumors.count.rawValue)",
            "fan-out: \(rumors.fanOut)",
            "interval: \(DurationText.format(rumors.interval))",
            "skips-told: \(rumors.skipsTold)",
            "suppresses-echo: \(rumors.suppressesEcho)",
        ]
    }

    private static func lines(_ settings: GossipSettings.AntiEntropy) -> [String] {
        [
            "direction: \(settings.direction.rawValue)",
            "comparison: \(settings.comparison.rawValue)",
            "interval: \(DurationText.format(settings.interval))",
        ]
    }

    private static func lines(_ members: GossipSettings.Members) -> [String] {
        [
            "contacts: \(members.contacts)",
            "probe-interval: \(DurationText.format(members.probeInterval))",
            "probe-timeout: \(DurationText.format(members.probeTimeout))",
            "indirect-probes: \(members.indirectProbes)",
            "suspicion-factor: \(members.suspicionFactor)",
            "suspicion-spread: \(members.suspicionSpread)",
            "confirmations-max: \(members.confirmationsMax)",
            "health-max: \(members.healthMax)",
            "dead-probe-period: \(members.deadProbePeriod)",
            "updates-max: \(members.updatesMax)",
        ]
    }
}
