public import HistoryModel
public import Vocabulary

/// Whether all replicas of a gossip store came to agree, in time, and lost and invented nothing.
///
/// Judged from what the clients saw and from what the nodes noted of every write: who took it from a
/// client, who took it from another node, and when. An acknowledged write is lost only if
/// somebody who lives had it or it had been passed on, and nothing greater took its place; a write whose
/// client had seen a greater version is lost as well, since it could never win. Writes too young at
/// the end are undecided.
public struct ConvergenceChecker: Sendable {
    /// The checker's name in results.
    public static let name = "convergence"
    /// How long a round of anti-entropy takes.
    public var round: Nanoseconds
    /// How many rounds after the sides have found each other all must agree; nil for 3·log2 n.
    public var roundsMax: Int?
    /// How many rounds after the heal the sides must have found each other.
    public var reunionRoundsMax: Int
    /// How many messages a node may send in a second when nothing is new; nil for any number.
    public var idleMessagesMax: Double?
    /// How many anomalies of a kind are told in full.
    public var storiesMax = 5

    /// Expects a store with rounds of this length to converge.
    public init(round: Nanoseconds, roundsMax: Int? = nil, reunionRoundsMax: Int = 20) {
        self.round = round
        self.roundsMax = roundsMax
        self.reunionRoundsMax = reunionRoundsMax
    }

    /// Judges a run; nil if its nodes noted no write, as those of other stores.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(e + u·n·log e) for e events and u writes at n nodes.
    public func check(_ record: RunRecord) throws(HistoryError) -> CheckerResult? {
        let timeline = StoreTimeline(record.traces)
        guard !timeline.keys.isEmpty else { return nil }
        let situation = RunSituation(record)
        let operations = try record.history.operations()
        let limit = roundsMax ?? Self.rounds(for: timeline.nodes.count)
        let spread = SpreadMeasure(
            timeline, situation, CompletenessClaims(record.traces), faults: record.faults,
            grace: Nanoseconds(limit) * round)
        let clients = ClientView(operations, timeline, situation)
        let final = FinalReads(operations, from: finalStart(record, situation, limit))
        let ends = EndStates(
            record.traces, situation,
            quietSince: finalStart(record, situation, max(limit, reunionRoundsMax)),
            idleMessagesMax: idleMessagesMax, buriedMin: Nanoseconds(limit) * round)
        let anomalies =
            timeline.anomalies + clients.anomalies + spread.anomalies + final.anomalies
            + lateness(spread, situation, limit) + ends.anomalies
        let findings = findings(anomalies, record)
        var result = CheckerResult(
            checker: Self.name, verdict: anomalies.isEmpty ? .valid : .invalid,
            kind: Anomaly.Kind.allCases.first { kind in anomalies.contains { $0.kind == kind } }?
                .slug,
            reasons: Self.reasons(findings, anomalies), findings: findings)
        if anomalies.isEmpty { doubt(&result, spread, clients, situation, limit) }
        result.measures =
            measures(record, spread, clients, final, situation, anomalies) + ends.measures
        return result
    }

    /// Three times the logarithm of the number of nodes, at least three.
    static func rounds(for nodes: Int) -> Int {
        3 * max(1, Int.bitWidth - max(0, nodes - 1).leadingZeroBitCount)
    }

    /// From when on reads at different nodes must agree: after the last write and the bound.
    private func finalStart(
        _ record: RunRecord, _ situation: RunSituation, _ limit: Int
    ) -> Instant {
        let lastWrite = record.history.events.last { $0.function != .read }?.time ?? .zero
        return max(lastWrite, situation.undisturbed) + Nanoseconds(limit) * round
    }

    private func lateness(
        _ spread: SpreadMeasure, _ situation: RunSituation, _ limit: Int
    ) -> [Anomaly] {
        var anomalies: [Anomaly] = []
        let steady = max(situation.healed, situation.lastStall)
        if situation.reunited - steady > Nanoseconds(reunionRoundsMax) * round {
            anomalies.append(
                Anomaly(
                    kind: .lateConvergence,
                    story: "the sides found each other only at \(situation.reunited), more than "
                        + "\(reunionRoundsMax) rounds after the heal at \(situation.healed)"))
        }
        if let settling = spread.undisturbedSettling, settling > Nanoseconds(limit) * round {
            anomalies.append(
                Anomaly(
                    kind: .lateConvergence,
                    story: "the writes from before \(situation.healed) reached the last node only "
                        + "\(rounds(settling)) rounds after the sides had found each other at "
                        + "\(situation.undisturbed); the bound is \(limit)"))
        }
        return anomalies
    }

    /// How many rounds a time takes, the last one begun counted as one.
    func rounds(_ length: Nanoseconds) -> Nanoseconds { (length + round - 1) / round }

    /// Says when a run without anomalies proves nothing.
    private func doubt(
        _ result: inout CheckerResult, _ spread: SpreadMeasure, _ clients: ClientView,
        _ situation: RunSituation, _ limit: Int
    ) {
        if clients.acknowledgedCount == 0 {
            result.verdict = .unknown
            result.reasons.append("No write was acknowledged: nothing had to converge.")
        }
        if spread.undecided * 100 > spread.updateCount {
            result.verdict = .unknown
            result.reasons.append(
                "\(spread.undecided) of \(spread.updateCount) writes were still under way at the "
                    + "end; run longer after the last write.")
        }
        let reunion = situation.reunited - situation.healed
        if reunion > Nanoseconds(reunionRoundsMax) * round {
            result.verdict = .unknown
            result.reasons.append(
                "The sides found each other only \(rounds(reunion)) rounds after the heal; the bound "
                    + "is \(reunionRoundsMax). But the harness itself stood still until "
                    + "\(situation.lastStall), so the machine may have had no time for the nodes.")
        }
        if let settling = spread.settling, settling > Nanoseconds(limit) * round {
            result.verdict = .unknown
            result.reasons.append(
                "All agreed only \(rounds(settling)) rounds after the sides had found each other; "
                    + "the bound is \(limit). But the harness itself stood still until "
                    + "\(situation.lastStall), so the machine may have had no time for the nodes.")
        }
    }

    /// The anomalies by kind, a few of each.
    private func findings(
        _ anomalies: [Anomaly], _ record: RunRecord
    ) -> [CheckerResult.Finding] {
        let chosen = Anomaly.Kind.allCases.flatMap { kind in
            anomalies.filter { $0.kind == kind }.prefix(storiesMax)
        }
        let hearsay = Hearsay(of: Set(chosen.compactMap(\.subject)), in: record.traces)
        return chosen.map { CheckerResult.Finding($0, hearsay) }
    }

    /// What is told, and how many more there are of each kind.
    private static func reasons(
        _ findings: [CheckerResult.Finding], _ anomalies: [Anomaly]
    ) -> [String] {
        Anomaly.Kind.allCases.flatMap { kind in
            let told = findings.filter { $0.kind == kind.rawValue }
            let rest = anomalies.count { $0.kind == kind } - told.count
            return told.map { "\($0.kind): \($0.story)." }
                + (rest > 0 ? ["\(kind.rawValue): \(rest) more."] : [])
        }
    }
}
