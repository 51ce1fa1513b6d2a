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
    /// How soon writes came to the nodes.
    struct Curve {
        /// How long after its write each copy arrived, or a later one in its place; in order.
        fileprivate(set) var delays: [Nanoseconds] = []
        /// How many copies there would be if every node had got every write.
        fileprivate(set) var copyCount = 0

        /// The share of all copies that had arrived so long after their writes.
        func share(at delay: Nanoseconds) -> Double {
            var low = 0
            var high = delays.count
            while low < high {
                let middle = (low + high) / 2
                if delays[middle] <= delay { low = middle + 1 } else { high = middle }
            }
            return min(1, Double(low) / Double(max(1, copyCount)))
        }

        /// How long it took until so many of a thousand copies had arrived; nil if they never did.
        func time(ofThousandths share: Int) -> Nanoseconds? {
            let place = (copyCount * share + 999) / 1000 - 1
            return delays.indices.contains(place) ? delays[place] : nil
        }
    }

    /// Over all writes.
    private(set) var all = Curve()
    /// Over the writes that reached every node before any fault was at work.
    private(set) var calm = Curve()
    /// Whether the nodes traced no writes: there is nothing to show of who knew what when.
    var isEmpty: Bool { rows.isEmpty || all.copyCount == 0 }

    private struct Key {
        var latest: WriteName
        var held: [WriteName?]
        /// Whether the latest write is a deletion that some node has forgotten.
        var isGone = false
        /// The writes that not every node has yet, and who lacks them.
        var travelling: [Travelling] = []
    }

    /// A write that some nodes lack.
    private struct Travelling {
        var write: WriteName
        var since: Instant
        var missing: Int
        var delays: [Nanoseconds] = []
    }

    private var nodes: [NodeID] = []
    private var places: [NodeID: Int] = [:]
    private var keys: [Substring: Key] = [:]
    private var gone = 0
    private var staleCounts: [Int] = []
    private var isUp: [Bool] = []
    /// When faults were at work, each with the time until the first bytes crossed after its heal.
    private var faulty: [(start: Instant, end: Instant)] = []

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
        faulty = record.faults.map { ($0.start, max($0.end ?? end, $0.firstDelivery ?? .zero)) }
        let bin = max(1, (end - start) / Nanoseconds(Self.bins))
        var downs = record.faults.filter(\.endsProcesses).sorted { $0.start < $1.start }[...]
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
        all.delays.sort()
        calm.delays.sort()
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
        default:
            guard let note = StoreNote(trace) else { return }
            switch note.kind {
            case .written, .recovered, .applied:
                take(note.write, of: note.key, at: node, trace.time)
            case .collected: forget(note.write, of: note.key)
            case .told: break
            }
        }
    }

    private mutating func take(
        _ write: WriteName, of name: Substring, at node: Int, _ time: Instant
    ) {
        var key = keys[name] ?? Key(latest: write, held: Array(repeating: nil, count: nodes.count))
        if keys[name] == nil || key.latest < write {
            begin(write, &key, isKnown: keys[name] != nil, time)
        }
        if key.held[node].map({ $0 < write }) ?? true { arrive(write, &key, at: node, time) }
        keys[name] = key
    }

    /// A write that is the greatest of its key so far.
    private mutating func begin(
        _ write: WriteName, _ key: inout Key, isKnown: Bool, _ time: Instant
    ) {
        let isAdded = !isKnown || key.isGone
        for place in nodes.indices where isAdded || key.held[place] == key.latest {
            staleCounts[place] += 1
        }
        if key.isGone { gone -= 1 }
        key.isGone = false
        key.latest = write
        key.travelling.append(Travelling(write: write, since: time, missing: nodes.count))
        all.copyCount += nodes.count
    }

    private mutating func arrive(
        _ write: WriteName, _ key: inout Key, at node: Int, _ time: Instant
    ) {
        let before = key.held[node]
        key.held[node] = write
        if write == key.latest, !key.isGone { staleCounts[node] -= 1 }
        for place in key.travelling.indices
        where key.travelling[place].write <= write
            && (before.map { $0 < key.travelling[place].write } ?? true)
        {
            let delay = max(0, time - key.travelling[place].since)
            all.delays.append(delay)
            key.travelling[place].delays.append(delay)
            key.travelling[place].missing -= 1
            if key.travelling[place].missing == 0 { complete(key.travelling[place], time) }
        }
        key.travelling.removeAll { $0.missing == 0 }
    }

    private mutating func complete(_ write: Travelling, _ time: Instant) {
        guard !faulty.contains(where: { $0.start <= time && write.since <= $0.end }) else { return }
        calm.delays += write.delays
        calm.copyCount += nodes.count
    }

    /// A deletion that is forgotten somewhere is no longer expected anywhere.
    private mutating func forget(_ write: WriteName, of name: Substring) {
        guard var key = keys[name], key.latest == write, !key.isGone else { return }
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
}
