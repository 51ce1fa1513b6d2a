import HistoryModel
import Vocabulary

/// Runs that never happened but look as if they had, for pages and summaries.
struct SampleRun {
    var operations = 60_000
    var threads = 10
    var seconds: Int64 = 60
    var hasFaults = true

    private static let kinds = [
        "partition-halves", "kill-leader", "partition-one", "pause-one", "partition-ring",
        "kill-minority", "partition-leader", "kill-all", "partition-one-way", "pause-leader",
        "partition-bridge", "kill-majority",
    ]

    /// A run without a verdict.
    func record() -> RunRecord {
        let faults = hasFaults ? self.faults() : []
        return RunRecord(
            metadata: metadata, history: history(faults: faults), faults: faults,
            phases: [
                RunPhase(name: "faults", start: .zero, end: second(seconds - 5)),
                RunPhase(name: "recovery", start: second(seconds - 5), end: second(seconds)),
            ],
            traces: traces(faults: faults))
    }

    private var end: Instant { second(seconds) }

    private func second(_ seconds: Int64) -> Instant {
        Instant(nanoseconds: seconds * 1_000_000_000)
    }

    private var metadata: RunMetadata {
        RunMetadata(
            id: "register-20261123-181552-7", startedAt: "2026-11-23T18:15:52Z",
            workload: "register", system: "raft", defects: [], nodes: 5, seed: 7, world: "real",
            command: [
                "harness", "check", "--workload", "register", "--seed", "7", "--time-limit",
                "\(seconds)s", "--concurrency", "\(threads)",
            ],
            configuration: """
                workload: register
                system: raft
                nodes: 5
                concurrency: \(threads)
                time-limit: \(seconds)s
                rate: 0            # as fast as it goes
                operation-timeout: 1s
                mix: { read: 50, write: 30, cas: 20 }
                faults: [partition, kill, pause]
                seed: 7
                """,
            versions: [
                "harness": "0.1.0", "Swift": "6.3.1", "SQLite": "3.40.1", "Linux": "6.1.0-28-amd64",
            ])
    }

    private func faults() -> [FaultRecord] {
        var rng = Seed(3).stream("faults")
        let gap = (seconds - 8) * 1_000_000_000 / Int64(Self.kinds.count)
        return Self.kinds.enumerated().map { position, kind in
            let start = Instant(nanoseconds: 2_500_000_000 + Int64(position) * gap)
            let node = NodeID(position % 5 + 1)
            let others = (1...5).filter { $0 != node.rawValue }.map { "n\($0)" }
            let summary =
                kind.hasPrefix("partition")
                ? "\(node) | \(others.joined(separator: " "))" : "\(node)"
            var fault = FaultRecord(
                id: position + 1, kind: kind, summary: summary, nodes: [node],
                effects: .init(ofKind: kind), start: start,
                touchedUnit: kind.hasPrefix("partition")
                    ? "bytes held"
                    : kind.hasPrefix("kill") ? "processes killed" : "processes stopped")
            fault.end = start + gap * 55 / 100
            fault.applied = .seen(
                at: start + Int64.random(in: 90_000_000...260_000_000, using: &rng))
            let heal = fault.end ?? start
            fault.healed = .seen(at: heal + Int64.random(in: 20_000_000...190_000_000, using: &rng))
            fault.firstDelivery = heal + Int64.random(in: 3_000_000...60_000_000, using: &rng)
            fault.touched =
                kind.hasPrefix("partition") ? Int.random(in: 4_000...90_000, using: &rng) : 1
            if position == 8 {
                fault.applied = .missing(
                    "the probe n4 → n2 crossed the link in 3 ms while it should have been cut")
                fault.touched = 0
            }
            return fault
        }
    }

    private func traces(faults: [FaultRecord]) -> [NodeTraceEvent] {
        var events: [NodeTraceEvent] = []
        var term = 1
        var leader = 1
        for node in 1...5 {
            let time = Instant(nanoseconds: -900_000_000 + Int64(node) * 20_000_000)
            events.append(NodeTraceEvent(time: time, node: NodeID(node), name: "started", term: 0))
            events.append(
                NodeTraceEvent(
                    time: time + 5_000_000, node: NodeID(node), name: "follower", term: 0))
        }
        elect(leader, term: term, at: Instant(nanoseconds: -400_000_000), into: &events)
        for fault in faults {
            guard let node = fault.nodes.first, let end = fault.end else { continue }
            if fault.kind.hasPrefix("kill") {
                events.append(
                    NodeTraceEvent(time: end + 30_000_000, node: node, name: "started", term: term))
                events.append(
                    NodeTraceEvent(time: end + 60_000_000, node: node, name: "follower", term: term)
                )
            }
            guard node.rawValue == leader || fault.id % 3 == 0 else { continue }
            term += fault.id % 4 == 0 ? 2 : 1
            let old = leader
            leader = node.rawValue % 5 + 1
            elect(leader, term: term, at: fault.start + 240_000_000, into: &events)
            if old == node.rawValue, !fault.kind.hasPrefix("kill") {
                events.append(
                    NodeTraceEvent(time: end + 50_000_000, node: node, name: "follower", term: term)
                )
            }
        }
        // The dead write nothing.
        let living = events.filter { event in
            !faults.contains { fault in
                fault.kind.hasPrefix("kill") && fault.nodes.contains(event.node)
                    && fault.start <= event.time && event.time < fault.end ?? end
            }
        }
        return living.sorted { $0.time < $1.time }
    }

    private func elect(
        _ leader: Int, term: Int, at time: Instant, into events: inout [NodeTraceEvent]
    ) {
        let node = NodeID(leader)
        events += [
            NodeTraceEvent(
                time: time + -60_000_000, node: node, name: "pre-candidate", term: term - 1),
            NodeTraceEvent(time: time + -30_000_000, node: node, name: "candidate", term: term),
            NodeTraceEvent(time: time, node: node, name: "leader", term: term),
        ]
        for other in 1...5 where other != leader {
            events.append(
                NodeTraceEvent(
                    time: time + 8_000_000, node: NodeID(other), name: "follower", term: term))
        }
    }

    private func history(faults: [FaultRecord]) -> History {
        var events: [Event] = []
        events.reserveCapacity(operations * 2)
        for thread in 0..<threads { append(thread: thread, faults: faults, to: &events) }
        // Equal times keep a thread's own order: a completion before the next invocation.
        let order = events.indices.sorted { (events[$0].time, $0) < (events[$1].time, $1) }
        var sorted = order.map { events[$0] }
        for index in sorted.indices { sorted[index].index = index }
        return History(events: sorted)
    }

    private func append(thread: Int, faults: [FaultRecord], to events: inout [Event]) {
        var rng = Seed(7).stream("thread \(thread)")
        var process = thread
        let pace = seconds * 1_000_000_000 * Int64(threads) / Int64(operations)
        var time = Instant(nanoseconds: Int64.random(in: 0...pace, using: &rng))
        var number = 0
        while time < end {
            number += 1
            let key = Value.integer(Int64(number / 40 + thread % 4 * 3) % 120)
            let value = Value.integer(Int64(thread * 10_000 + number) % 300)
            let draw = Int.random(in: 0..<10, using: &rng)
            let function: Function = draw < 5 ? .read : draw < 8 ? .write : .cas
            let input: Value =
                draw < 5 ? .null : draw < 8 ? value : [.integer(Int64(number % 300)), value]
            let fault = faults.first { $0.start <= time && time < ($0.end ?? end) }
            let since = fault.map { time - $0.start } ?? .max
            let cut = fault.map { $0.nodes.contains(NodeID(thread % 5 + 1)) } ?? false
            let spread = Double(UInt32.random(in: 1...1_000, using: &rng)) / 1_000
            var length = Int64(Double(pace) * (0.18 + 0.3 * spread + 0.02 / (spread + 0.002)))
            var type = EventType.ok
            var error: String?
            if cut, draw < 4 || since < 300_000_000 {
                (type, error, length) = (.info, "timeout", 1_000_000_000)
            } else if cut {
                (type, error, length) = (.fail, "connection refused", length * 6)
            } else if fault != nil, since < 300_000_000 {
                length += 300_000_000 - since
            } else if function == .cas, draw == 9, number % 3 == 0 {
                (type, error) = (.fail, "mismatch")
            }
            let node = NodeID(thread % 5 + 1)
            events.append(
                Event(
                    index: 0, time: time, process: ProcessID(process), type: .invoke,
                    function: function, key: key, value: input, node: node))
            events.append(
                Event(
                    index: 0, time: time + length, process: ProcessID(process), type: type,
                    function: function, key: key,
                    value: function == .read && type == .ok ? value : input,
                    error: error, node: node))
            if type == .info { process += threads }
            time = time + max(length + 20_000, pace - Int64.random(in: 0...(pace / 8), using: &rng))
        }
    }
}
