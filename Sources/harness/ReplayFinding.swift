internal import HistoryModel

/// What carrying a simulated run out again says about the record of it.
enum ReplayFinding: Hashable {
    /// Everything is as recorded.
    case asRecorded
    /// The record has no trace hash, as that of a run that was never finished.
    case noHash
    /// All recorded events are the replayed ones, but the hash is another.
    case onlyHash(recorded: String)
    /// The hash is the recorded one, but not the events that stand beside it.
    case onlyEvents(RunDifference)
    /// The run is another one than the recorded.
    case otherRun(recorded: String, RunDifference)
    /// Two replays are not even like each other.
    case notDeterministic(first: String, second: String)

    /// Compares a record with what was replayed, twice.
    init(
        recorded: RunRecord, replayed: RunRecord, hashes: (first: String, second: String)
    ) {
        let difference = RunDifference(recorded, replayed)
        guard hashes.first == hashes.second else {
            self = .notDeterministic(first: hashes.first, second: hashes.second)
            return
        }
        switch (recorded.metadata?.traceHash, difference) {
        case (nil, _): self = .noHash
        case (hashes.first?, nil): self = .asRecorded
        case (hashes.first?, let difference?): self = .onlyEvents(difference)
        case (let hash?, nil): self = .onlyHash(recorded: hash)
        case (let hash?, let difference?): self = .otherRun(recorded: hash, difference)
        }
    }

    /// Whether the harness has to be doubted, or the file: then no verdict is given.
    var isFailure: Bool {
        switch self {
        case .asRecorded, .noHash: false
        default: true
        }
    }

    /// What was found, in sentences.
    ///
    /// - Parameters:
    ///   - hash: The hash of the replayed run.
    ///   - version: The version of the harness that recorded the run.
    /// - Returns: one sentence or several lines.
    func text(hash: String, version: String) -> String {
        let origin =
            version == HarnessVersion.current
            ? "was the file, or the configuration in it, edited or damaged, or was the run "
                + "recorded by another build?"
            : "the run was recorded by version \(version), this is \(HarnessVersion.current)"
        return switch self {
        case .asRecorded: "trace hash \(hash), as recorded"
        case .noHash:
            "trace hash \(hash); the run has no trace hash (unfinished?): nothing to compare"
        case .onlyHash(let recorded):
            "NOT REPEATED: trace hash \(hash), recorded was \(recorded)\nthe file's events agree "
                + "with the replay, only the hash or what is not recorded differs: \(origin)"
        case .onlyEvents(let difference):
            "NOT REPEATED: the trace hash \(hash) is as recorded, but not what stands in the file"
                + "\n\(difference)\nwas the file edited or damaged?"
        case .otherRun(let recorded, let difference):
            "NOT REPEATED: trace hash \(hash), recorded was \(recorded)\n\(difference)\n"
                + "two replays are alike, so the simulator repeats itself: \(origin)"
        case .notDeterministic(let first, let second):
            "NOT REPEATED: two replays have the trace hashes \(first) and \(second)\nthe simulator "
                + "is not deterministic: please report this with the run file"
        }
    }
}
