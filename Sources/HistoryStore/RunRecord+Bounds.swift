internal import HistoryModel
internal import Vocabulary

// What no run can hold, whatever a file says: everything behind the reader counts and subtracts
// without asking again.

extension RunRecord {
    /// The first value outside the events that no run can have, with its table and column; nil if
    /// there is none.
    ///
    /// - Complexity: O(n).
    var impossibleValue: String? {
        metadata.flatMap(\.impossibleValue)
            ?? faults.firstNonNil(\.impossibleValue)
            ?? phases.firstNonNil(\.impossibleValue)
            ?? traces.firstNonNil(\.impossibleValue)
            ?? results.firstNonNil(\.impossibleValue)
    }
}

extension Sequence {
    fileprivate func firstNonNil<Found>(_ find: (Element) -> Found?) -> Found? {
        for element in self {
            if let found = find(element) { return found }
        }
        return nil
    }
}

/// What is told of a column's value that no run can have; nil if all is well.
private enum Bounds {
    static func time(_ instant: Instant?, _ column: String) -> String? {
        complaint(instant?.nanoseconds, column, HistoryLimits.runTimes, "nanoseconds")
    }

    static func count(_ number: Int?, _ column: String) -> String? {
        complaint(number, column, HistoryLimits.numbers)
    }

    static func nodes(_ number: Int?, _ column: String) -> String? {
        complaint(number, column, HistoryLimits.nodes)
    }

    private static func complaint<Number: BinaryInteger>(
        _ number: Number?, _ column: String, _ range: ClosedRange<Number>, _ unit: String? = nil
    ) -> String? {
        guard let number, !range.contains(number) else { return nil }
        return "\(column) holds \(number), expected \(range.lowerBound) to \(range.upperBound)"
            + (unit.map { " \($0)" } ?? "")
    }

    static func order(_ start: Instant, _ end: Instant?, _ row: String) -> String? {
        guard let end, end < start else { return nil }
        return "\(row) ends at \(end.nanoseconds), before it starts at \(start.nanoseconds)"
    }
}

extension RunMetadata {
    fileprivate var impossibleValue: String? {
        Bounds.nodes(nodes, "run.nodes") ?? Bounds.count(faultsPlanned, "run.faults_planned")
    }
}

extension Event {
    /// What no event of a run can have; asked of each as it is read.
    var impossibleValue: String? {
        Bounds.count(index, "event.seq") ?? Bounds.time(time, "event.time_ns")
            ?? Bounds.count(process.rawValue, "event.process")
            ?? Bounds.nodes(node?.rawValue, "event.node")
    }
}

extension FaultRecord {
    fileprivate var impossibleValue: String? {
        let named = nodes + links.flatMap { [$0.from, $0.to] }
        return Bounds.count(id, "fault.id") ?? Bounds.time(start, "fault.start_ns")
            ?? Bounds.time(end, "fault.end_ns") ?? Bounds.order(start, end, "fault \(id)")
            ?? Bounds.count(touched, "fault.touched")
            ?? Bounds.time(firstDelivery, "fault.first_delivery_ns")
            ?? Bounds.time(applied.instant, "fault.applied_seen_ns")
            ?? Bounds.time(healed.instant, "fault.healed_seen_ns")
            ?? named.firstNonNil { Bounds.nodes($0.rawValue, "fault.nodes or fault.links") }
    }
}

extension FaultRecord.Proof {
    fileprivate var instant: Instant? { seenAt.map { Instant(nanoseconds: $0) } }
}

extension RunPhase {
    fileprivate var impossibleValue: String? {
        Bounds.time(start, "phase.start_ns") ?? Bounds.time(end, "phase.end_ns")
            ?? Bounds.order(start, end, "phase \"\(name)\"")
    }
}

extension NodeTraceEvent {
    fileprivate var impossibleValue: String? {
        Bounds.time(time, "trace.time_ns") ?? Bounds.nodes(node.rawValue, "trace.node")
            ?? Bounds.count(term, "trace.term") ?? Bounds.count(index, "trace.log_index")
            ?? Bounds.count(entryTerm, "trace.entry_term") ?? Bounds.count(count, "trace.count")
    }
}

extension CheckerResult {
    fileprivate var impossibleValue: String? {
        findings.firstNonNil(\.impossibleValue)
            ?? counterexample?.participants.firstNonNil(\.impossibleValue)
    }
}

extension CheckerResult.Finding {
    fileprivate var impossibleValue: String? {
        Bounds.count(version, "finding.version") ?? Bounds.nodes(node?.rawValue, "finding.node")
            ?? Bounds.time(time, "finding.time_ns")
    }
}

extension Counterexample.Participant {
    fileprivate var impossibleValue: String? {
        Bounds.count(call, "a call in verdict.counterexample")
            ?? Bounds.count(`return`, "a return in verdict.counterexample")
            ?? Bounds.time(callTime, "a time in verdict.counterexample")
            ?? Bounds.time(returnTime, "a time in verdict.counterexample")
            ?? Bounds.nodes(node?.rawValue, "a node in verdict.counterexample")
    }
}
