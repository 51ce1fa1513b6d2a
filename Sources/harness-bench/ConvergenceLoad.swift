internal import HistoryModel
internal import Vocabulary

/// A run of a gossip store that keeps its promise, made from a seed: what clients did to it while nodes
/// were cut off, and what the nodes noted.
///
/// In each step as many nodes again hear of a write as know it, each told by one that does; a node that
/// is cut off hears of it after the heal.
struct ConvergenceLoad {
    /// About so many events of clients and nodes together are made.
    var eventCount = 1_000_000
    var nodeCount = 25
    var keyCount = 500
    static let round: Nanoseconds = 500_000_000

    private struct Arrival {
        var time: Instant
        var write: Int
        var from: Int
        var to: Int
    }

    private struct Write {
        var key: Int
        var node: Int
        var value: String?
    }

    private static let millisecond: Nanoseconds = 1_000_000
    private static let gap: Nanoseconds = 5_000_000

    /// Makes the run; equal seeds give equal runs.
    func record(seed: Seed) -> RunRecord {
        var random = seed.stream("convergence")
        // Invocation and completion of a write and of a read, the write's note, and two for each other node.
        let writeCount = eventCount / (5 + 2 * (nodeCount - 1))
        let end = Instant.zero + Nanoseconds(writeCount) * Self.gap
        let outages = outages(until: end, &random)
        var tape = Tape(nodeCount: nodeCount, keyCount: keyCount)
        var writes: [Write] = []
        var arrivals: [Arrival] = []
        for number in 0..<writeCount {
            let time = Instant.zero + Nanoseconds(number) * Self.gap
            var node = Int.random(in: 0..<nodeCount, using: &random)
            if outages.end(at: node, time) != time { node = (node + 1) % nodeCount }
            let isDelete = Int.random(in: 0..<10, using: &random) == 0
            writes.append(
                Write(
                    key: .random(in: 0..<keyCount, using: &random), node: node,
                    value: isDelete ? nil : "value \(number)"))
            arrivals.append(Arrival(time: time, write: number, from: node, to: node))
            spread(number, from: node, at: time, outages, &arrivals, &random)
        }
        arrivals.sort { ($0.time, $0.write, $0.to) < ($1.time, $1.write, $1.to) }
        for arrival in arrivals {
            let write = writes[arrival.write]
            tape.take(
                version: arrival.write + 1, key: write.key, value: write.value, writer: write.node,
                from: arrival.from, to: arrival.to, at: arrival.time)
        }
        tape.readEverything(from: end + 40 * Self.round)
        return RunRecord(
            history: History(events: tape.events), faults: outages.faults,
            phases: [RunPhase(name: RunPhase.load, start: .zero, end: end)], traces: tape.traces)
    }

    private func spread(
        _ write: Int, from writer: Int, at begin: Instant, _ outages: Outages,
        _ arrivals: inout [Arrival], _ random: inout RandomStream
    ) {
        var holders = [writer]
        for node in (0..<nodeCount).filter({ $0 != writer }).shuffled(using: &random) {
            let hops = Int.bitWidth - holders.count.leadingZeroBitCount
            let delay =
                Nanoseconds(hops) * 100 * Self.millisecond
                + .random(in: 0..<100 * Self.millisecond, using: &random)
            let source = holders[Int.random(in: holders.indices, using: &random)]
            arrivals.append(
                Arrival(
                    time: outages.end(at: node, begin + delay), write: write, from: source,
                    to: node))
            holders.append(node)
        }
    }

    /// One node after the other is cut off for five seconds, with five seconds between.
    private func outages(until end: Instant, _ random: inout RandomStream) -> Outages {
        var outages = Outages()
        var start = Instant.zero + 5_000 * Self.millisecond
        while start + 10_000 * Self.millisecond < end {
            let node = Int.random(in: 0..<nodeCount, using: &random)
            var fault = FaultRecord(
                id: outages.faults.count + 1, kind: "partition-one", summary: "n\(node + 1)",
                nodes: [NodeID(node + 1)], start: start, touchedUnit: "bytes held")
            let heal = start + 5_000 * Self.millisecond
            fault.end = heal
            fault.firstDelivery = heal + Self.millisecond
            outages.faults.append(fault)
            start = start + 10_000 * Self.millisecond
        }
        return outages
    }
}

/// Who is cut off when.
private struct Outages {
    var faults: [FaultRecord] = []

    /// When a node that is asked at a time can hear of anything.
    func end(at node: Int, _ time: Instant) -> Instant {
        // One begins every ten seconds.
        let place = Int(time.nanoseconds / 5_000_000_000 - 1) / 2
        guard faults.indices.contains(place), faults[place].nodes == [NodeID(node + 1)],
            let heal = faults[place].end, faults[place].start <= time, time < heal
        else { return time }
        return heal + 2_000_000
    }
}

/// What is recorded, in the order of time.
private struct Tape {
    private(set) var events: [Event] = []
    private(set) var traces: [NodeTraceEvent] = []
    /// The greatest version that each node holds of each key, and its value.
    private var held: [[(version: Int, value: String?)]]

    init(nodeCount: Int, keyCount: Int) {
        held = Array(
            repeating: Array(repeating: (0, nil), count: keyCount), count: nodeCount)
        for node in 1...nodeCount {
            traces.append(
                NodeTraceEvent(
                    time: .zero, node: NodeID(node), name: "started", index: 0,
                    detail: "incarnation 1"))
        }
    }

    /// A write comes to a node: from a client, or from another node, which is noted if it is new.
    mutating func take(
        version: Int, key: Int, value: String?, writer: Int, from: Int, to: Int, at time: Instant
    ) {
        let words = "n\(writer + 1) key\(key)"
        if from == to {
            let function: Function = value == nil ? .delete : .write
            event(.invoke, function, key, value, to, time)
            note(
                value == nil ? "deleted" : "written", to, version,
                words + (value.map { " \($0)" } ?? ""), time)
            event(.ok, function, key, value, to, time)
        } else {
            note("told", from, version, words + " n\(to + 1)", time, isHashed: false)
        }
        guard held[to][key].version < version else { return }
        held[to][key] = (version, value)
        if from != to {
            note(value == nil ? "buried" : "applied", to, version, words + " n\(from + 1)", time)
        }
        // One read for each write, where it was written last.
        if from == to { read(key, at: to, time) }
    }

    /// Every key is read at every node.
    mutating func readEverything(from start: Instant) {
        for key in held[0].indices {
            for node in held.indices {
                read(key, at: node, start + Nanoseconds(key) * 10_000_000)
            }
        }
    }

    private mutating func read(_ key: Int, at node: Int, _ time: Instant) {
        event(.invoke, .read, key, nil, node, time)
        event(.ok, .read, key, held[node][key].value, node, time)
    }

    private mutating func event(
        _ type: EventType, _ function: Function, _ key: Int, _ value: String?, _ node: Int,
        _ time: Instant
    ) {
        events.append(
            Event(
                index: events.count, time: time, process: ProcessID(node), type: type,
                function: function, key: .text("key\(key)"),
                value: value.map { .text($0) } ?? .null,
                node: NodeID(node + 1)))
    }

    private mutating func note(
        _ name: String, _ node: Int, _ version: Int, _ detail: String, _ time: Instant,
        isHashed: Bool = true
    ) {
        traces.append(
            NodeTraceEvent(
                time: time, node: NodeID(node + 1), name: name, index: version,
                hash: isHashed ? UInt64(version) : nil, detail: detail))
    }
}
