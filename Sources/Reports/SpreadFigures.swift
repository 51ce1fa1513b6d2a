import HistoryModel
import Vocabulary

/// Who knew what when in a store that agrees only in the end, as its nodes' traces tell it.
struct SpreadFigures {
    /// One node over the whole run, in bins of equal length.
    struct Row: Equatable {
        var node: NodeID
        /// The share of keys of which the node did not hold the latest write at the bin's end, in
        /// thousandths; -1 while it was down.
        var stale: [Int]
    }

    static var bins: Int { 240 }
    /// The nodes in order; empty if nobody traced a write.
    private(set) var rows: [Row] = []
    /// The share of nodes that held a write or a later one, in thousandths, over all writes, so long after
    /// they were made: at 0, 1, … ``curveBins`` steps of ``curveStep``.
    private(set) var curve: [Int] = []
    private(set) var curveStep: Nanoseconds = 0
    static var curveBins: Int { 60 }

    private struct Stamp: Comparable {
        var version: Int
        var writer: Substring

        static func < (left: Stamp, right: Stamp) -> Bool {
            left.version == right.version
                ? left.writer < right.writer : left.version < right.version
        }
    }

    private struct Key {
        var latest: Stamp
        var held: [Stamp?]
        /// Whether the latest write is a deletion that some node has forgotten.
        var isGone = false
        /// The writes that not every node has yet, and who lacks them.
        var travelling: [(stamp: Stamp, since: Instant, missing: Int)] = []
    }

    private var nodes: [NodeID] = []
    private var places: [NodeID: Int] = [:]
    private var keys: [Substring: Key] = [:]
    private var gone = 0
    private var staleCounts: [Int] = []
    private var isUp: [Bool] = []
    /// How long after its write each node took it.
    private var delays: [Nanoseconds] = []
    private var writes = 0

    /// Follows the traces of a run from `start` to `end`.
    ///
    /// A killed node writes nothing; that it is down is told by the fault that killed it.
    /// - Complexity: O(e + w·n) for e events and w writes at n nodes.
    init(_ record: RunRecord, from start: Instant, to end: Instant) {
        let traces = record.traces
        guard traces.contains(where: { $0.name == "written" }), start < end else { return }
        nodes = Set(traces.map(\.node)).filter { $0 != .harness }.sorted()
        for (place, node) in nodes.enumerated() { places[node] = place }
        staleCounts = Array(repeating: 0, count: nodes.count)
        isUp = Array(repeating: false, count: nodes.count)
        rows = nodes.map { Row(node: $0, stale: []) }
        let bin = max(1, (end - start) / Nanoseconds(Self.bins))
        var downs = record.faults.filter(\.stopsProcesses).sorted { $0.start < $1.start }[...]
        for trace in traces {
            while let down = downs.first, down.start <= trace.time {
                downs.removeFirst()
                for node in down.nodes { places[node].map { isUp[$0] = false } }
            }
            while rows[0].stale.count < Self.bins,
                trace.time >= start + bin * Nanoseconds(rows[0].stale.count + 1)
            {
                closeBin()
            }
            if let node = places[trace.node] { follow(trace, node) }
        }
        while rows[0].stale.count < Self.bins { closeBin() }
        drawCurve()
    }

    private mutating func closeBin() {
        let count = keys.count - gone
        for place in rows.indices {
            let share = count == 0 ? 0 : staleCounts[place] * 1000 / count
            rows[place].stale.append(isUp[place] ? share : -1)
        }
    }

    private mutating func follow(_ trace: NodeTraceEvent, _ node: Int) {
        switch trace.name {
        case "started":
            isUp[node] = true
            if trace.index == 0 { empty(node) }
        case "crashed", "not-restarted": isUp[node] = false
        case "written", "deleted", "applied", "buried", "recovered", "recovered-deleted":
            guard let version = trace.index, let words = Self.words(trace.detail) else { return }
            take(
                Stamp(version: version, writer: words.writer), of: words.key, at: node, trace.time)
        case "collected":
            guard let version = trace.index, let words = Self.words(trace.detail) else { return }
            forget(Stamp(version: version, writer: words.writer), of: words.key)
        default: break
        }
    }

    /// The first two words of a detail: the writer and the key.
    private static func words(_ detail: String?) -> (writer: Substring, key: Substring)? {
        let words = detail?.split(separator: " ", maxSplits: 2) ?? []
        return words.count < 2 ? nil : (words[0], words[1])
    }

    private mutating func take(
        _ stamp: Stamp, of name: Substring, at node: Int, _ time: Instant
    ) {
        var key = keys[name] ?? Key(latest: stamp, held: Array(repeating: nil, count: nodes.count))
        let isNew = keys[name] == nil || key.latest < stamp
        if isNew {
            let isAdded = keys[name] == nil || key.isGone
            for place in nodes.indices where isAdded || key.held[place] == key.latest {
                staleCounts[place] += 1
            }
            if key.isGone { gone -= 1 }
            key.isGone = false
            key.latest = stamp
            key.travelling.append((stamp, time, nodes.count))
            writes += 1
        }
        if key.held[node].map({ $0 < stamp }) ?? true {
            let before = key.held[node]
            key.held[node] = stamp
            if stamp == key.latest, !key.isGone { staleCounts[node] -= 1 }
            for place in key.travelling.indices
            where key.travelling[place].stamp <= stamp
                && (before.map { $0 < key.travelling[place].stamp } ?? true)
            {
                delays.append(max(0, time - key.travelling[place].since))
                key.travelling[place].missing -= 1
            }
            key.travelling.removeAll { $0.missing == 0 }
        }
        keys[name] = key
    }

    /// A deletion that is forgotten somewhere is no longer expected anywhere.
    private mutating func forget(_ stamp: Stamp, of name: Substring) {
        guard var key = keys[name], key.latest == stamp, !key.isGone else { return }
        for place in nodes.indices where key.held[place] != key.latest { staleCounts[place] -= 1 }
        key.isGone = true
        gone += 1
        keys[name] = key
    }

    private mutating func empty(_ node: Int) {
        for (name, key) in keys where key.held[node] != nil {
            if key.held[node] == key.latest, !key.isGone { staleCounts[node] += 1 }
            keys[name]?.held[node] = nil
        }
    }

    private mutating func drawCurve() {
        let sorted = delays.sorted()
        guard writes > 0, !sorted.isEmpty else { return }
        let late = sorted[sorted.count * 99 / 100]
        curveStep = max(1, late / Nanoseconds(Self.curveBins))
        let all = writes * nodes.count
        var reached = 0
        for step in 0...Self.curveBins {
            while reached < sorted.count, sorted[reached] <= curveStep * Nanoseconds(step) {
                reached += 1
            }
            curve.append(reached * 1000 / all)
        }
    }
}

extension FaultRecord {
    /// Whether its nodes lose their processes.
    fileprivate var stopsProcesses: Bool {
        ["kill", "leave", "wipe"].contains { kind.hasPrefix($0) }
    }
}
