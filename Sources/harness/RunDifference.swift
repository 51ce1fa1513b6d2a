internal import HistoryModel
internal import Vocabulary

/// The first event in which two records of what should be one run differ.
struct RunDifference: Hashable, CustomStringConvertible {
    let description: String

    /// Compares two records; nil if all their events, traces, faults and phases are equal.
    ///
    /// The replayed run is put into the order in which run files are read.
    init?(_ recorded: RunRecord, _ replayed: RunRecord) {
        let traces = Self.sorted(Array(replayed.traces)) { $0.time < $1.time }
        let faults = Self.sorted(replayed.faults) { ($0.start, $0.id) < ($1.start, $1.id) }
        let phases = Self.sorted(replayed.phases) { $0.start < $1.start }
        let differences = [
            Self.first("event", recorded.history.events, replayed.history.events, \.time, text),
            Self.first("trace event", Array(recorded.traces), traces, \.time, text),
            Self.first("fault", recorded.faults, faults, \.start, text),
            Self.first("phase", recorded.phases, phases, \.start, text),
        ]
        guard let earliest = differences.compactMap(\.self).min(by: { $0.time < $1.time }) else {
            return nil
        }
        description = earliest.text
    }

    /// Sorted so that equal elements stay in their order.
    private static func sorted<Element>(
        _ elements: [Element], by isBefore: (Element, Element) -> Bool
    ) -> [Element] {
        elements.enumerated().sorted { left, right in
            if isBefore(left.element, right.element) { return true }
            if isBefore(right.element, left.element) { return false }
            return left.offset < right.offset
        }.map(\.element)
    }

    private static func first<List: RandomAccessCollection>(
        _ what: String, _ recorded: List, _ replayed: List,
        _ time: (List.Element) -> Instant, _ text: (List.Element) -> String
    ) -> (time: Instant, text: String)? where List.Element: Equatable, List.Index == Int {
        for (place, pair) in zip(recorded, replayed).enumerated() where pair.0 != pair.1 {
            return (
                min(time(pair.0), time(pair.1)),
                "the first difference is \(what) \(place):\n  recorded \(text(pair.0))\n"
                    + "  replayed \(text(pair.1))"
            )
        }
        let longer = recorded.count > replayed.count ? recorded : replayed
        let common = min(recorded.count, replayed.count)
        guard longer.count > common else { return nil }
        let who = recorded.count > replayed.count ? "recorded" : "replayed"
        return (
            time(longer[common]),
            "the first difference is \(what) \(common), which only the \(who) run has "
                + "(recorded \(recorded.count), replayed \(replayed.count)):\n"
                + "  \(text(longer[common]))"
        )
    }
}

// One line each, with everything in it that is compared.

private func text(_ event: Event) -> String {
    var parts = [
        "at \(event.time.nanoseconds) ns", "process \(event.process.rawValue)",
        "\(event.type.rawValue) \(event.function.rawValue)",
    ]
    if let key = event.key { parts.append("key \(key)") }
    parts.append("value \(event.value)")
    if let found = event.found { parts.append("found \(found)") }
    if let error = event.error { parts.append("error \(error)") }
    if let node = event.node { parts.append("node \(node.rawValue)") }
    return parts.joined(separator: ", ") + " (number \(event.index))"
}

private func text(_ trace: NodeTraceEvent) -> String {
    var parts = ["at \(trace.time.nanoseconds) ns", "node \(trace.node.rawValue)", trace.name]
    if let term = trace.term { parts.append("term \(term)") }
    if let index = trace.index { parts.append("log index \(index)") }
    if let hash = trace.hash { parts.append("hash \(String(hash, radix: 16))") }
    if let entryTerm = trace.entryTerm { parts.append("entry's term \(entryTerm)") }
    if let count = trace.count { parts.append("count \(count)") }
    if let detail = trace.detail { parts.append(detail) }
    return parts.joined(separator: ", ")
}

private func text(_ fault: FaultRecord) -> String {
    let links = fault.links.map { "\($0.from.rawValue)>\($0.to.rawValue)" }
    var parts = [
        "at \(fault.start.nanoseconds) ns", "fault \(fault.id)", fault.kind, fault.summary,
        "nodes \(fault.nodes.map { String($0.rawValue) }.joined(separator: " "))",
        "links \(links.joined(separator: " "))",
        fault.end.map { "until \($0.nanoseconds) ns" } ?? "not healed",
        "touched \(fault.touched) \(fault.touchedUnit)",
        "applied \(text(fault.applied))", "healed \(text(fault.healed))",
    ]
    if let first = fault.firstDelivery { parts.append("delivered at \(first.nanoseconds) ns") }
    return parts.joined(separator: ", ")
}

private func text(_ proof: FaultRecord.Proof) -> String {
    switch proof {
    case .seen(let instant): "seen at \(instant.nanoseconds) ns"
    case .missing(let what): "not seen (\(what))"
    case .notTried: "not probed"
    }
}

private func text(_ phase: RunPhase) -> String {
    "\(phase.name), from \(phase.start.nanoseconds) ns "
        + (phase.end.map { "to \($0.nanoseconds) ns" } ?? "on")
}
