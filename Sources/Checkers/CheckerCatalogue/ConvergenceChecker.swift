public import HistoryModel
public import Vocabulary

/// Whether all replicas of a gossip store came to agree, in time, and lost and invented nothing.
///
/// Judged from what the clients saw and from what the nodes noted of every write: who took it from a
/// client, who took it from another node, and when. An acknowledged write is lost only if
/// somebody who lives had it or it had been passed on, and nothing greater took its place; a write whose
/// client had seen a greater version is lost as well, since it could never win. Writes too young at
/// the end are undecided. What could not be compared at the end proves nothing. Where traces have gaps,
/// only answers that nobody wrote are held against the store.
public struct ConvergenceChecker: RunChecker {
    /// The checker's name in results.
    public static let name = "convergence"
    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "all nodes agree in the end; nothing is lost or invented"
    /// How long a round of anti-entropy takes.
    public var round: Nanoseconds
    /// How many rounds after the sides have found each other all must agree; nil for 3·log2 n.
    public var roundsMax: Int?
    /// How many rounds after the heal the sides must have found each other.
    public var reunionRoundsMax: Int
    /// How many messages a node may send in a second when nothing is new; nil for any number.
    public var idleMessagesMax: Double?
    /// How many anomalies of a kind are told in full.
    public var explanationsMax = 5

    /// Expects a store with rounds of this length to converge.
    public init(round: Nanoseconds, roundsMax: Int? = nil, reunionRoundsMax: Int = 20) {
        self.round = round
        self.roundsMax = roundsMax
        self.reunionRoundsMax = reunionRoundsMax
    }

    /// Judges a run; nil if its nodes noted nothing that a store of this kind notes.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(e + u·n·log e) for e events and u writes at n nodes.
    public func check(_ whole: RunRecord) throws(HistoryError) -> CheckerResult? {
        let record = whole.knownPart
        let situation = RunSituation(record)
        let timeline = StoreTimeline(record.traces, situation)
        let operations = Array(try record.history.operations())
        let limit = roundsMax ?? Self.rounds(for: timeline.nodes.count)
        let clients = ClientView(
            operations, timeline, situation, grace: Nanoseconds(limit) * round)
        guard !timeline.keys.isEmpty || !clients.anomalies.isEmpty && timeline.isKept else {
            return nil
        }
        let spread = SpreadMeasure(
            timeline, situation, CompletenessClaims(record.traces), round: round,
            roundsMax: limit)
        let lastWrite = max(
            record.history.events.last { $0.function != .read }?.time ?? .zero,
            timeline.lastUpdate)
        let final = FinalReads(
            operations, from: deadline(lastWrite, situation, limit),
            alive: timeline.nodes.filter(situation.isAlive), keys: timeline.keys.map(\.name))
        let ends = EndStates(
            record.traces, situation, agreedSince: final.start + round,
            quietSince: deadline(lastWrite, situation, max(limit, reunionRoundsMax)),
            idleMessagesMax: idleMessagesMax, buriedMin: Nanoseconds(limit) * round)
        let seen =
            timeline.anomalies + clients.anomalies + spread.anomalies + final.anomalies
            + clients.resurrections(final.agreed) + reunion(situation) + ends.anomalies
        let hasEnd = !record.isCutShort && !record.neverWorked
        let hasGaps = !record.gapsInTraces.isEmpty
        let anomalies = seen.filter {
            (hasEnd || !$0.needsEnd) && (!hasGaps || $0.isProvenDespiteGaps)
        }
        guard !hasGaps || !anomalies.isEmpty else { return .gapsInTraces(Self.name) }
        let findings = findings(anomalies, record)
        var result = CheckerResult(
            checker: Self.name, verdict: anomalies.isEmpty ? .valid : .invalid,
            kind: Anomaly.Kind.allCases.first { kind in anomalies.contains { $0.kind == kind } }?
                .slug,
            reasons: Self.reasons(findings, anomalies), findings: findings)
        if anomalies.isEmpty {
            let doubts =
                hasEnd
                ? unnoted(timeline, of: record.metadata?.nodes)
                    + self.doubts(timeline, situation, clients, spread, final, ends)
                : [Self.noEnd(record, seen.count)]
            result.reasons += doubts
            if !doubts.isEmpty { result.verdict = .unknown }
        }
        result.measures =
            measures(record, spread, clients, final, situation, anomalies) + ends.measures
        return result
    }

    /// Three times the logarithm of the number of nodes, at least three.
    static func rounds(for nodes: Int) -> Int {
        3 * max(1, Int.bitWidth - max(0, nodes - 1).leadingZeroBitCount)
    }

    /// By when all must agree that nothing disturbed since a time.
    private func deadline(_ time: Instant, _ situation: RunSituation, _ limit: Int) -> Instant {
        situation.disturbances.window(
            from: max(time, situation.reunited), length: Nanoseconds(limit) * round
        ).deadline
    }

    /// Sides that found each other too late after the last heal.
    private func reunion(_ situation: RunSituation) -> [Anomaly] {
        let window = situation.standstills.window(
            from: situation.healed, length: Nanoseconds(reunionRoundsMax) * round)
        guard situation.reunited > window.deadline else { return [] }
        return [
            Anomaly(
                kind: .lateConvergence,
                explanation: "the sides found each other only at \(situation.reunited), more than "
                    + "\(reunionRoundsMax) rounds after the heal at \(situation.healed)",
                needsEnd: true)
        ]
    }

    /// How many rounds a time takes, the last one begun counted as one.
    func rounds(_ length: Nanoseconds) -> Int { Int((length + round - 1) / round) }

    /// Why a run without anomalies proves nothing, if it does not.
    private func doubts(
        _ timeline: StoreTimeline, _ situation: RunSituation, _ clients: ClientView,
        _ spread: SpreadMeasure, _ final: FinalReads, _ ends: EndStates
    ) -> [String] {
        var doubts: [String] = []
        if clients.acknowledgedCount == 0 {
            doubts.append("No write was acknowledged: nothing had to converge.")
        }
        if timeline.nodes.count(where: situation.isAlive) < 2 {
            doubts.append("Fewer than two nodes lived at the end: there was nobody to agree with.")
        }
        if spread.undecided * 100 > spread.updateCount {
            doubts.append(
                "\(spread.undecided) of \(spread.updateCount) writes were still under way at the "
                    + "end; run longer after the last write.")
        }
        if clients.unnotedAnswers > 0 {
            doubts.append(
                "\(clients.unnotedAnswers) reads were answered by values that no node noted, so their "
                    + "versions are not known.")
        }
        doubts += self.doubts(final, alive: timeline.nodes.count(where: situation.isAlive))
        if idleMessagesMax != nil, ends.endedEarly {
            doubts.append(
                "The run ended before it could be seen what the nodes send when nothing is new; "
                    + "let it settle longer.")
        }
        return doubts + excuses(spread, situation)
    }

    /// Why nothing is held against nodes that do not agree.
    private static func noEnd(_ record: RunRecord, _ differences: Int) -> String {
        record.isCutShort
            ? "The run was cut short, so whether the nodes would have agreed is not known."
            : "No operation ever succeeded and no fault was seen to work, so it may be this machine "
                + "that kept the nodes apart (\(differences) differences seen); see the command `doctor`."
    }

    /// Nodes of the run that left no trace.
    private func unnoted(_ timeline: StoreTimeline, of count: Int?) -> [String] {
        guard let count, timeline.nodes.count < count else { return [] }
        return [
            "\(count - timeline.nodes.count) of \(count) nodes noted nothing, so nobody knows what "
                + "they hold."
        ]
    }

    /// What was not compared at the end.
    private func doubts(_ final: FinalReads, alive: Int) -> [String] {
        if final.silent.count == alive {
            return [
                "No node answered for every key after \(final.start), when all had to agree: "
                    + "let the nodes settle longer before the last reads, and give these more time."
            ]
        }
        guard !final.silent.isEmpty else { return [] }
        return [
            "\(final.silent.names) did not answer for every key after \(final.start), so nobody "
                + "knows what they hold; have at least as many clients as nodes, and give the last "
                + "reads more time."
        ]
    }

    /// What would be an anomaly, had the machine had time.
    private func excuses(_ spread: SpreadMeasure, _ situation: RunSituation) -> [String] {
        var excuses: [String] = []
        let reunion = situation.reunited - situation.healed
        if reunion > Nanoseconds(reunionRoundsMax) * round {
            excuses.append(
                "The sides found each other only \(rounds(reunion)) rounds after the heal; the bound "
                    + "is \(reunionRoundsMax). But a node was down meanwhile, or the harness itself stood "
                    + "still, so the machine may have had no time for the nodes.")
        }
        if spread.excused > 0 {
            excuses.append(
                "\(spread.excused) times a write reached a node later than the bound of rounds. But the "
                    + "harness itself stood still meanwhile, so the machine may have had no time for "
                    + "the nodes.")
        }
        return excuses
    }

    /// The anomalies by kind, a few of each.
    private func findings(
        _ anomalies: [Anomaly], _ record: RunRecord
    ) -> [CheckerResult.Finding] {
        let chosen = Anomaly.Kind.allCases.flatMap { kind in
            anomalies.filter { $0.kind == kind }.prefix(explanationsMax)
        }
        let propagation = PropagationLog(of: Set(chosen.compactMap(\.subject)), in: record.traces)
        return chosen.map { CheckerResult.Finding($0, propagation) }
    }

    /// What is told, and how many more there are of each kind.
    private static func reasons(
        _ findings: [CheckerResult.Finding], _ anomalies: [Anomaly]
    ) -> [String] {
        Anomaly.Kind.allCases.flatMap { kind in
            let told = findings.filter { $0.kind == kind.rawValue }
            let rest = anomalies.count { $0.kind == kind } - told.count
            return told.map { "\($0.kind): \($0.explanation)." }
                + (rest > 0 ? ["\(kind.rawValue): \(rest) more."] : [])
        }
    }
}

extension ConvergenceChecker {
    /// Judges a run of a store that was to converge: one that noted no write proves nothing.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func judge(_ run: RunRecord) throws(HistoryError) -> CheckerResult? {
        try check(run)
            ?? CheckerResult(
                checker: Self.name, verdict: .unknown,
                reasons: ["No node noted a write: nothing had to converge."])
    }
}

extension Checker {
    static let convergenceChecker = Checker(ConvergenceChecker(round: 1_000_000_000), rank: -1)
}
