import HistoryModel
import Vocabulary

/// What the nodes say of themselves and of each other at the end, when all has long been quiet.
struct EndStates {
    private(set) var anomalies: [Anomaly] = []
    private(set) var measures: [CheckerResult.Measure] = []
    /// Whether the run ended before it could be measured what the nodes, which count it, send when nothing
    /// happens.
    private(set) var endedEarly = false

    /// - Parameters:
    ///   - traces: What the nodes noted.
    ///   - situation: Who lives.
    ///   - agreedSince: From when on the nodes must agree; if the run ended before, nothing is judged.
    ///   - quietSince: From when on they must know each other, and have nothing to say.
    ///   - idleMessagesMax: How many messages a node may send in a second then; nil for any number.
    ///   - buriedMin: For how long a node may hold a living one dead: it takes time to object.
    init(
        _ traces: TraceList, _ situation: RunSituation, agreedSince: Instant,
        quietSince: Instant, idleMessagesMax: Double?, buriedMin: Nanoseconds
    ) {
        endedEarly = traces.contains { $0.name == "traffic" }
        guard situation.end > agreedSince else { return }
        var hashes: [NodeID: UInt64] = [:]
        var views: [NodeID: [Substring: (status: Substring, since: Instant)]] = [:]
        var idle: [NodeID: (first: NodeTraceEvent, last: NodeTraceEvent)] = [:]
        for event in traces where situation.isAlive(event.node) {
            switch event.name {
            case "state": hashes[event.node] = event.hash
            case "started":
                hashes[event.node] = nil
                views[event.node] = nil
                idle[event.node] = nil
            case "member":
                let words = event.detail?.split(separator: " ") ?? []
                guard words.count == 2 else { continue }
                views[event.node, default: [:]][words[0]] = (words[1], event.time)
            case "traffic" where event.time > quietSince:
                idle[event.node] = (idle[event.node]?.first ?? event, event)
            default: break
            }
        }
        compare(hashes)
        guard situation.end > quietSince else { return }
        for (node, view) in views.sorted(by: { $0.key < $1.key }) {
            for (other, held) in view.sorted(by: { $0.key < $1.key })
            where held.status == "dead" && held.since + buriedMin < situation.end
                && situation.node(named: other).map(situation.isAlive) == true
            {
                anomalies.append(
                    Anomaly(
                        kind: .buriedAlive,
                        explanation:
                            "\(node) has held \(other) dead since \(held.since), to the end",
                        theme: situation.node(named: other).map { .node($0) }, needsEnd: true))
            }
        }
        measureIdleness(
            idle.sorted { $0.key < $1.key }.map(\.value), since: quietSince, max: idleMessagesMax)
    }

    private mutating func compare(_ hashes: [NodeID: UInt64]) {
        var groups: [UInt64: [NodeID]] = [:]
        for (node, hash) in hashes.sorted(by: { $0.key < $1.key }) {
            groups[hash, default: []].append(node)
        }
        measures.append(.init("different states at the end", "\(groups.count)"))
        let sorted = groups.sorted { $0.value[0] < $1.value[0] }
        measures += sorted.map { hash, nodes in
            .init(
                "state of " + (nodes.count == hashes.count ? "all nodes" : nodes.names),
                String(hash, radix: 16))
        }
        guard groups.count > 1 else { return }
        let sides = sorted.map(\.value.names)
        anomalies.append(
            Anomaly(
                kind: .divergence,
                explanation: "the states at the end differ: " + sides.joined(separator: " | "),
                needsEnd: true))
    }

    /// What nodes send when nothing happens.
    private mutating func measureIdleness(
        _ spans: [(first: NodeTraceEvent, last: NodeTraceEvent)], since: Instant, max: Double?
    ) {
        var total = 0.0
        var seconds = 0.0
        var loudest: (node: NodeID, rate: Double)?
        for span in spans where span.last.time > span.first.time {
            let sent =
                Double(TrafficMeasure([span.last]).messages)
                - Double(TrafficMeasure([span.first]).messages)
            let length = Double(span.last.time - span.first.time) / 1_000_000_000
            total += sent
            seconds += length
            if sent / length > loudest?.rate ?? 0 { loudest = (span.last.node, sent / length) }
        }
        guard seconds > 0 else { return }
        endedEarly = false
        measures.append(
            .init("idle messages per node and second", Self.twoPlaces(total / seconds)))
        guard let max, let loudest, loudest.rate > max else { return }
        anomalies.append(
            Anomaly(
                kind: .excessTraffic,
                explanation: "with nothing new since \(since), \(loudest.node) sent "
                    + "\(Self.twoPlaces(loudest.rate)) messages a second; the bound is "
                    + Self.twoPlaces(max),
                theme: .node(loudest.node), needsEnd: true))
    }

    private static func twoPlaces(_ number: Double) -> String {
        "\((number * 100).rounded(.down) / 100)"
    }
}
