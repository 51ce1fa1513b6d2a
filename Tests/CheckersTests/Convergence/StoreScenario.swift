import Checkers
import HistoryModel
import Testing
import Vocabulary

/// A run of a gossip store, told by hand: what clients did and what the nodes noted.
struct StoreScenario {
    static let round: Nanoseconds = 1_000_000_000

    private(set) var record = RunRecord(history: History())
    private var seconds = 0.0
    /// What was written, by key and version.
    private var hashes: [String: UInt64] = [:]
    /// The greatest write of each key.
    private var greatest: [String: (version: Int, writer: Int, value: String?)] = [:]
    private var alive: Set<Int> = []

    init(nodes: Int = 3) {
        for node in 1...nodes { trace("started", node, index: 0, detail: "incarnation 1") }
    }

    private var now: Instant { Instant(nanoseconds: Nanoseconds(seconds * 1_000_000_000)) }

    mutating func wait(_ length: Double) { seconds += length }

    /// The hash of a write, as nodes note it.
    func hash(_ key: String, _ version: Int, of writer: Int) -> UInt64 {
        hashes["\(key) \(version)@\(writer)"] ?? 7
    }

    mutating func trace(
        _ name: String, _ node: Int, index: Int? = nil, hash: UInt64? = nil, detail: String? = nil
    ) {
        record.traces.append(
            NodeTraceEvent(
                time: now, node: NodeID(node), name: name, index: index, hash: hash,
                detail: detail))
        if name == "started" { alive.insert(node) }
        if name == "crashed" { alive.remove(node) }
    }

    private mutating func note(_ key: String, _ value: String?, version: Int, writer: Int) {
        let last = greatest[key]
        if let last, (last.version, last.writer) > (version, writer) { return }
        greatest[key] = (version, writer, value)
    }

    private mutating func event(
        _ type: EventType, _ function: Function, _ process: Int, _ key: String, _ value: Value,
        _ node: Int
    ) {
        record.history.events.append(
            Event(
                index: record.history.events.count, time: now, process: ProcessID(process),
                type: type, function: function, key: .text(key), value: value, node: NodeID(node)))
    }

    /// A client writes and is told that it is stored; deletes if there is no value.
    mutating func write(
        _ key: String, _ value: String?, version: Int, at node: Int, by process: Int = 0,
        isNoted: Bool = true
    ) {
        let function: Function = value == nil ? "delete" : .write
        event(.invoke, function, process, key, value.map { .text($0) } ?? .null, node)
        wait(0.01)
        let hash = UInt64(record.traces.count + 1)
        hashes["\(key) \(version)@\(node)"] = hash
        if isNoted {
            note(key, value, version: version, writer: node)
            trace(
                value == nil ? "deleted" : "written", node, index: version, hash: hash,
                detail: "n\(node) \(key)" + (value.map { " \($0)" } ?? ""))
        }
        wait(0.01)
        event(.ok, function, process, key, value.map { .text($0) } ?? .null, node)
    }

    /// Two clients delete a key at a node, both before either hears that it is done.
    mutating func delete(_ key: String, versions: [Int], at node: Int, by processes: [Int]) {
        for process in processes { event(.invoke, "delete", process, key, .null, node) }
        for version in versions {
            wait(0.01)
            let hash = UInt64(record.traces.count + 1)
            hashes["\(key) \(version)@\(node)"] = hash
            note(key, nil, version: version, writer: node)
            trace("deleted", node, index: version, hash: hash, detail: "n\(node) \(key)")
        }
        wait(0.01)
        for process in processes { event(.ok, "delete", process, key, .null, node) }
    }

    /// A node takes the write of a writer.
    mutating func apply(_ key: String, version: Int, of writer: Int, at nodes: Int...) {
        for node in nodes {
            wait(0.01)
            trace(
                "applied", node, index: version, hash: hash(key, version, of: writer),
                detail: "n\(writer) \(key) n\(writer)")
        }
    }

    /// Nodes forget a deletion.
    mutating func collect(_ key: String, version: Int, of writer: Int, at nodes: [Int]) {
        for node in nodes {
            wait(0.01)
            trace(
                "collected", node, index: version, hash: hash(key, version, of: writer),
                detail: "n\(writer) \(key)")
        }
    }

    /// The same record as one of a run of real processes that was killed.
    mutating func cutShort() { beReal(finished: false) }

    /// The same record as one of a run of real processes.
    mutating func beReal(finished: Bool) {
        record.metadata = RunMetadata(
            id: "r", startedAt: "", workload: "gossip-kv", system: "gossip", defects: [], nodes: 3,
            seed: 1, world: RunMetadata.real, command: [], configuration: "", versions: [:],
            faultsPlanned: 0)
        record.finished = finished
    }

    mutating func read(_ key: String, _ value: String?, at node: Int, by process: Int = 0) {
        event(.invoke, .read, process, key, .null, node)
        wait(0.01)
        event(.ok, .read, process, key, value.map { .text($0) } ?? .null, node)
    }

    /// A client writes and is told that it failed, or never hears how it ended.
    mutating func tryToWrite(
        _ key: String, _ value: String, at node: Int, by process: Int = 0, outcome: EventType
    ) {
        event(.invoke, .write, process, key, .text(value), node)
        wait(0.01)
        event(outcome, .write, process, key, .text(value), node)
    }

    /// A fault from now on; it ends when it is healed.
    mutating func fault(nodes: Int..., kind: String = "partition") {
        record.faults.append(
            FaultRecord(
                id: record.faults.count + 1, kind: kind, summary: "",
                nodes: nodes.map { NodeID($0) }, effects: .init(ofKind: kind), start: now, touchedUnit: "bytes"))
    }

    /// Heals the last fault; the first bytes cross a little later.
    mutating func heal(reunionAfter length: Double = 0.1) {
        record.faults[record.faults.count - 1].end = now
        wait(length)
        record.faults[record.faults.count - 1].firstDelivery = now
    }

    /// The harness itself stood still until so long after the last heal.
    mutating func stall(afterHeal seconds: Double) {
        let healed = record.faults.last?.end ?? .zero
        record.traces.append(
            NodeTraceEvent(
                time: healed + Nanoseconds(seconds * 1_000_000_000), node: .harness,
                name: "stalled", index: 9_000_000_000, detail: "for 9 s"))
    }

    /// All nodes that live are asked for every key, and agree; apart from some, if so told.
    mutating func askEverybody(but nodes: Set<Int> = [], keys: Set<String>? = nil) {
        for node in alive.subtracting(nodes).sorted() {
            for (key, write) in greatest.sorted(by: { $0.key < $1.key })
            where keys?.contains(key) ?? true {
                read(key, write.value, at: node, by: 1_000 + node)
            }
        }
    }

    /// Judges the run, at the end of which all nodes are asked for every key, and agree, unless told
    /// otherwise.
    func judge(roundsMax: Int? = nil, asksAtEnd: Bool = true) throws -> CheckerResult {
        var explanation = self
        if asksAtEnd { explanation.askEverybody() }
        let checker = ConvergenceChecker(round: Self.round, roundsMax: roundsMax)
        return try #require(try checker.check(explanation.record))
    }
}

/// What all suites about convergence begin with and ask for.
protocol ScenarioBuilding {}

extension ScenarioBuilding {
    /// The kinds of broken promises, in the order of the reasons.
    func kinds(_ result: CheckerResult) -> [String] {
        result.reasons.map { String($0.prefix { $0 != ":" }) }
    }

    /// One write that reached everybody.
    var sound: StoreScenario {
        var explanation = StoreScenario()
        explanation.write("k", "a", version: 1, at: 1)
        explanation.apply("k", version: 1, of: 1, at: 2, 3)
        return explanation
    }
}
