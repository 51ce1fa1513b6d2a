public import Vocabulary

extension RunRecord {
    /// The name of the trace event by which the harness says that it had read all traces of the nodes as
    /// they stood at that time.
    public static let tracesRead = "traces-read"

    /// The name of the trace event for a part of a node's trace that could not be read.
    public static let traceUnreadable = "unreadable"

    /// Which traces have gaps, so that what they lack is no evidence, such as `n3 (2 lines of its trace)`.
    public var gapsInTraces: [String] {
        traces.filter { $0.name == Self.traceUnreadable }
            .map { "\($0.node)" + ($0.detail.map { " (\($0))" } ?? "") }
    }

    /// The name of the checker that says what a run that was cut short lacks.
    public static let completenessChecker = "completeness"

    /// What the run lacks, in a sentence such as `Cut short: 1 of 8 faults, no last reads.`; nil if it is
    /// complete, or was not judged.
    public var shortfall: String? {
        results.first { $0.checker == Self.completenessChecker }?.reasons.first
    }

    /// Whether it is a run of the harness in virtual time.
    public var isSimulated: Bool { metadata?.world == RunMetadata.simulated }

    /// Whether it is a run of real processes that ended before its plan did: by a signal, a kill, or a
    /// failure of the harness.
    ///
    /// What such a record lacks is no evidence of anything. (A simulated run that does not come to its
    /// end has got stuck, which is the system's doing; a history from elsewhere had no plan.)
    public var isCutShort: Bool { metadata != nil && !isSimulated && !finished }

    /// The run up to the last moment of which everything is known.
    ///
    /// A harness that is killed leaves events and traces that were stored in turns, so one of them is
    /// ahead of the other: a write that was noted, and no client that asked for it. What lies behind the
    /// end of the shorter one is left out. A run that ended by itself, however early, is returned as it is.
    /// - Complexity: O(n) in the number of events and traces.
    public var knownPart: RunRecord {
        guard isCutShort, !hasStoredEnd else { return self }
        let end = min(history.events.last?.time ?? .zero, tracesKnownUntil)
        var part = self
        part.history.events.removeAll { $0.time > end }
        part.traces.removeAll { $0.time > end }
        part.faults.removeAll { $0.start > end }
        return part
    }

    /// When clients stopped working for the load; nil if that was not recorded.
    public var loadEnd: Instant? { phases.first { $0.name == RunPhase.load }?.end }

    /// Whether the system never worked, and nothing shows that the harness kept it from working: no
    /// operation of a real run succeeded, and no fault was seen by a probe.
    ///
    /// It may be the machine, so that silence alone accuses nobody.
    public var neverWorked: Bool {
        metadata != nil && !isSimulated && !history.events.contains { $0.type == .ok }
            && !faults.contains { $0.applied.isSeen }
    }

    /// Whether the harness lived to say when the phases ended, which it does last of all.
    private var hasStoredEnd: Bool { !phases.isEmpty && phases.allSatisfy { $0.end != nil } }

    /// Until when the traces are whole.
    ///
    /// Files from before the harness said so hold traces that were read up to a second apart.
    private var tracesKnownUntil: Instant {
        if let mark = traces.last(where: { $0.name == Self.tracesRead }) { return mark.time }
        return (traces.last?.time ?? .zero) + -1_000_000_000
    }
}
