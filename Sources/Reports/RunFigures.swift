import HistoryModel
import Vocabulary

/// Everything that is counted in a run, once, for the page and for the summary.
struct RunFigures {
    let record: RunRecord
    let operations: OperationList
    let functions: [FunctionFigures]
    /// Distinct keys.
    let keys: Int
    /// Distinct process numbers.
    let processes: Int
    /// The largest number of operations that were open at one time.
    let concurrencyMax: Int
    /// Whether events carry times; without them the order stands in for the time.
    let isTimed: Bool
    /// The first invocation and the last completion.
    let loadStart: Instant
    let loadEnd: Instant
    /// Where pictures begin and end.
    let start: Instant
    let end: Instant
    /// Successful operations a second over the whole load, without faults, and under faults.
    let rate: Double?
    let rateFaultFree: Double?
    let rateUnderFaults: Double?
    let faults: [FaultImpact]
    let roles: [RoleSpan]
    /// Who knew what when, in a store that agrees only in the end.
    let spread: SpreadFigures
    let tellings: PropagationMatrix?
    /// How often leadership moved; nil where the nodes left no trace.
    let leaderChanges: Int?

    /// Counts everything in a run.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n log n) in the number of operations.
    init(_ record: RunRecord) throws(HistoryError) {
        self.record = record
        operations = try record.history.operations()
        functions = FunctionFigures.all(of: operations, in: record.history.events)
        keys = Self.distinct(operations, \.key) { $0 != .absent }
        processes = Self.distinct(operations, \.process) { _ in true }
        let events = record.history.events
        concurrencyMax = Self.concurrency(of: events)
        let times = events.indices.lazy.map { events.time(at: $0) }
        loadStart = times.min() ?? .zero
        loadEnd = times.max() ?? .zero
        let ends = record.faults.map { $0.end ?? $0.start } + record.phases.compactMap(\.end)
        start = min(loadStart, record.metadata == nil ? loadStart : .zero)
        end = max(loadEnd, ends.max() ?? loadEnd, record.traces.last?.time ?? loadEnd)
        // Our own runs have times even if nothing was done in them.
        isTimed = loadStart < loadEnd || record.metadata != nil && start < end

        let completions = SortedInstants(
            operations.packed.compactMap { operation in
                operation.outcome == .ok ? events.time(at: Int(operation.return)) : nil
            })
        let (loadStart, loadEnd, end) = (loadStart, loadEnd, end)
        faults = record.faults.map {
            FaultImpact($0, completions: completions, loadStart: loadStart, loadEnd: loadEnd)
        }
        let faulty = TimeSpans(
            record.faults.map { ($0.start, $0.end ?? end) }, from: loadStart, to: loadEnd)
        let inFaults = faulty.spans.reduce(0) { $0 + completions.count(from: $1.start, to: $1.end) }
        let ok = functions.reduce(0) { $0 + $1.ok }
        rate = Self.rate(ok, in: loadEnd - loadStart)
        rateUnderFaults = Self.rate(inFaults, in: faulty.length)
        rateFaultFree = Self.rate(ok - inFaults, in: loadEnd - loadStart - faulty.length)
        roles = RoleSpan.all(in: record, until: end)
        spread = SpreadFigures(record, from: start, to: end)
        tellings = PropagationMatrix(record.traces)
        leaderChanges = RoleSpan.leaderChanges(in: record.traces)
    }

    var ok: Int { functions.reduce(0) { $0 + $1.ok } }
    var fail: Int { functions.reduce(0) { $0 + $1.fail } }
    var info: Int { functions.reduce(0) { $0 + $1.info } }

    /// The counterexamples of all checkers with the name of the checker.
    var counterexamples: [(checker: String, counterexample: Counterexample)] {
        record.results.compactMap { result in
            result.counterexample.map { (result.checker, $0) }
        }
    }

    private static func rate(_ count: Int, in length: Nanoseconds) -> Double? {
        length < 50_000_000 ? nil : Double(count) * 1e9 / Double(length)
    }

    /// How many different codes of a kind there are, without making values of them.
    private static func distinct(
        _ operations: OperationList, _ code: KeyPath<PackedOperation, ValueCode>,
        where counts: (ValueCode) -> Bool
    ) -> Int {
        var codes: Set<ValueCode> = []
        var last: ValueCode?
        // Most operations are about the key of the one before.
        for operation in operations.packed where operation[keyPath: code] != last {
            last = operation[keyPath: code]
            if let last, counts(last) { codes.insert(last) }
        }
        return codes.count
    }

    private static func concurrency(of events: EventList) -> Int {
        var open = 0
        var largest = 0
        for place in events.indices {
            open += events.type(at: place) == .invoke ? 1 : -1
            largest = max(largest, open)
        }
        return largest
    }
}
