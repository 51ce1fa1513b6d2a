public import HistoryModel

/// Judges whether a run's faults really happened: a test that broke nothing proves nothing.
///
/// `unknown` if faults were planned and none touched anything or none was seen by a probe, or if
/// nodes talked to each other past the proxy; a single fault that missed is a warning.
public struct FaultsChecker: RunChecker {
    /// The name of this checker.
    public static let name = "faults"
    /// The name of the trace event for a connection between nodes that no fault can reach.
    public static let unproxied = "unproxied"
    /// The name of the trace event for a node whose connections could not be looked at.
    public static let unseen = "connections-unseen"

    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "the faults really happened"

    /// Makes the checker.
    public init() {}

    /// Judges a run; nil if it was to have no faults.
    public func check(_ record: RunRecord) -> CheckerResult? {
        let planned = record.metadata?.faultsPlanned ?? 0
        guard planned > 0 else { return nil }
        let faults = record.faults
        let touching = faults.filter { $0.touched > 0 }
        let seen = faults.filter { $0.applied.isSeen }
        let leaks = record.traces.filter { $0.name == Self.unproxied }
        var result = CheckerResult(
            checker: Self.name, verdict: .valid,
            measures: [
                .init("faults planned", String(planned)),
                .init("faults applied", String(faults.count)),
                .init("seen by a probe", String(seen.count)),
                .init("touched something", String(touching.count)),
            ])
        for leak in leaks {
            result.refuse(
                "\(leak.node) has a connection to a node past the proxy "
                    + "(\(leak.detail ?? "")), which no fault can cut")
        }
        for event in record.traces where event.name == Self.unseen {
            result.refuse(
                "the connections of \(event.node) could not be looked at "
                    + "(\(event.detail ?? "")), so it is not known whether faults reach them all")
        }
        if faults.isEmpty {
            result.refuse("\(planned) faults were planned, but none was applied before the end")
        } else if touching.isEmpty
            && !faults.contains(where: { $0.end == nil && $0.applied.isSeen })
        {
            result.refuse(
                faults.count == 1
                    ? "the only fault touched nothing"
                    : "none of the \(faults.count) faults touched anything")
        } else if seen.isEmpty {
            result.refuse(
                faults.count == 1
                    ? "the only fault was not seen by a probe"
                    : "none of the \(faults.count) faults was seen by a probe")
        }
        result.reasons += faults.flatMap(warnings)
        return result
    }

    private func warnings(_ fault: FaultRecord) -> [String] {
        var warnings: [String] = []
        let name = "fault \(fault.id) (\(fault.kind))"
        if case .missing(let text) = fault.applied {
            warnings.append("\(name) was not seen while it was applied: \(text)")
        }
        if case .missing(let text) = fault.healed {
            warnings.append("\(name) was not seen to be healed: \(text)")
        }
        if fault.end == nil {
            warnings.append("\(name) was still applied when the record ends")
        } else if fault.touched == 0 {
            warnings.append("\(name) touched nothing")
        }
        return warnings
    }
}

extension CheckerResult {
    /// Takes a valid verdict back to unknown.
    fileprivate mutating func refuse(_ reason: String) {
        verdict = .worst([verdict, .unknown])
        reasons.append(reason)
    }
}

extension FaultsChecker {
    /// Judges a run; see ``check(_:)``.
    public func judge(_ run: RunRecord) -> CheckerResult? { check(run) }
}

extension Checker {
    static let faultsChecker = Checker(
        everyRun: FaultsChecker.name, summary: "the faults really happened", rank: 50
    ) { _ in FaultsChecker() }
}
