import HistoryModel
import Vocabulary

/// A fault as the template wants it.
struct FaultModel {
    struct ProofModel {
        var state: String
        var mark: String
        var text: String
        var missing: String?
    }

    var id: Int
    var kind: String
    var summary: String
    var start: String
    var length: String
    var applied: ProofModel
    var healed: ProofModel
    var touched: String
    var touchedUnit: String
    var hasTouched: Bool
    /// Whether it ended, so that what it touched was counted.
    var isCounted: Bool
    var delivery: String
    var before: String
    var during: String
    var after: String
    /// The window of the timeline to jump to, as `from,to` in ticks; nil without times.
    var window: String?

    // The simulator looks at fixed moments whether a fault is there: they say nothing of how long it took.
    init(_ impact: FaultImpact, axis: TimeAxis, isSimulated: Bool = false) {
        let fault = impact.fault
        id = fault.id
        kind = fault.kind
        summary = fault.summary
        start = Display.seconds(fault.start)
        length = fault.end.map { Display.length($0 - fault.start) } ?? "to the end"
        applied = Self.proof(fault.applied, since: isSimulated ? nil : fault.start)
        healed = Self.proof(fault.healed, since: isSimulated ? nil : fault.end)
        touched = Display.count(fault.touched)
        touchedUnit = fault.touchedUnit
        hasTouched = fault.touched > 0
        isCounted = !impact.isOpen
        delivery = Self.delivery(fault, isSimulated: isSimulated) ?? "–"
        before = Self.rate(impact.before)
        during = Self.rate(impact.during)
        after = Self.rate(impact.after)
        guard axis.tick > 0 else { return }
        let end = fault.end ?? axis.end
        let air = max((end - fault.start) / 3, 200_000_000)
        let from = max(0, axis.ticks(fault.start + -air))
        window = "\(from),\(min(axis.length, axis.ticks(end + air)))"
    }

    /// How long after the heal the first bytes crossed; nil if nobody saw that.
    private static func delivery(_ fault: FaultRecord, isSimulated: Bool) -> String? {
        guard let delivery = fault.firstDelivery, let end = fault.end else { return nil }
        if delivery > end { return "+\(Display.length(delivery - end))" }
        // Links open one by one, and the heal ends with the last; but in the simulated world they open
        // together, so that bytes before that crossed after the heal of another fault.
        return isSimulated ? nil : "at once"
    }

    private static func rate(_ perSecond: Double?) -> String {
        String(Display.rate(perSecond).prefix { $0 != "/" })
    }

    private static func proof(
        _ proof: FaultRecord.Proof, since: Instant?
    ) -> ProofModel {
        switch proof {
        case .seen(let at):
            let delay = since.map { "+\(Display.length(max(0, at - $0)))" } ?? "seen"
            return ProofModel(state: "seen", mark: "✓", text: delay)
        case .missing(let text):
            return ProofModel(state: "missing", mark: "✕", text: "missing", missing: text)
        case .notTried:
            return ProofModel(state: "untried", mark: "–", text: "not tried")
        }
    }
}
