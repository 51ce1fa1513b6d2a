import HistoryModel
import Vocabulary

/// A fault together with what it did to the rate of successful operations.
struct FaultImpact {
    /// How far before and after a fault its neighbourhood reaches.
    static let neighbourhood: Nanoseconds = 3_000_000_000

    var fault: FaultRecord
    /// Successful operations a second in the three seconds before it; nil if there were none.
    var before: Double?
    /// Successful operations a second while it was applied.
    var during: Double?
    /// Successful operations a second in the three seconds after it was healed.
    var after: Double?

    /// Measures around one fault, within the time in which there was load.
    init(_ fault: FaultRecord, completions: SortedInstants, loadStart: Instant, loadEnd: Instant) {
        self.fault = fault
        let reach = Self.neighbourhood
        before = completions.rate(from: max(loadStart, fault.start + -reach), to: fault.start)
        let end = min(fault.end ?? loadEnd, loadEnd)
        during = completions.rate(from: fault.start, to: end)
        if let healed = fault.end {
            after = completions.rate(from: healed, to: min(loadEnd, healed + reach))
        }
    }

    /// Whether probes saw it applied and, unless the run ended before they could, healed.
    var isProven: Bool {
        guard case .missing = fault.healed else { return fault.applied.isSeen }
        return isOpen && fault.applied.isSeen
    }

    /// Whether it was still applied when the record ends, so that nobody counted what it touched.
    var isOpen: Bool { fault.end == nil }
}
