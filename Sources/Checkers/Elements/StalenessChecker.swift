public import HistoryModel

/// Says how stale the reads of registers were, where every value was written once.
///
/// A read is k-atomic if it returns one of the k latest values. Counts for each read the writes
/// that certainly came after the one it saw and certainly before it: one more than that is the
/// least k. Whatever overlaps in time is given the benefit of the doubt. For what was read before it was
/// written, or that nobody wrote, no k is large enough; but one value of a key, if nil was not read, can
/// be what it held at first.
///
/// Source: Golab, Li & Shah, "Analyzing consistency properties for fun and profit" (2011).
public struct StalenessChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "k-atomicity"
    /// What it looks at.
    public let summary = "how many writes behind the reads of registers were at least"
    /// The operations that it looks at, and what their completions say.
    public let completions: CompletionRules = [
        .read: .answer, .write: .echo, .cas: .comparison,
    ]

    /// The largest k that is allowed.
    public var allowed: Int

    /// Allows reads of the `allowed` latest values.
    public init(allowed: Int = 1) { self.allowed = allowed }

    private struct Read {
        var operation: Operation
        /// The k that it needs at least.
        var needed: Int
        /// Why no k is enough, if so.
        var flaw: String?
    }

    /// Judges a history of reads and writes.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n log n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let operations = try OperationList(history)
        let all = operations.indices.map { Int32($0) }
        var reads: [Read] = []
        var doubts: [String] = []
        for (key, members) in LinearizabilityChecker.groups(
            all, of: operations, by: \.group)
        {
            let group = members.map { operations[Int($0)] }.filter { $0.outcome != .fail }
            guard let found = staleness(in: group) else {
                doubts.append("key \(key) is undecided: a value was written to it twice.")
                continue
            }
            reads += found
        }
        let flawed = reads.filter { $0.flaw != nil }
        let stale = flawed.isEmpty ? reads.first { $0.needed > allowed } : nil
        let worst = reads.map(\.needed).max() ?? 0
        let reasons = reads.filter { $0.needed > allowed }.map { read in
            "Process \(read.operation.process.rawValue) read \(read.operation.output) (event "
                + "\(read.operation.return ?? 0)) after "
                + "\(read.needed == 2 ? "a newer write" : "\(read.needed - 1) newer writes") had ended."
        }
        let flaws = flawed.map { read in
            "Process \(read.operation.process.rawValue) read \(read.operation.output) (event "
                + "\(read.operation.return ?? 0)), \(read.flaw ?? "")."
        }
        return CheckerResult(
            self, kind: flawed.isEmpty ? "stale-read" : "phantom-value",
            reasons: flaws.shortened() + reasons.shortened(), exercised: reads.count,
            doubts: doubts,
            measures: [
                .init("reads", "\(reads.count)"), .init("k at least", "\(worst)"),
                .init("reads with k = 1", "\(reads.count { $0.needed == 1 })"),
                .init("reads with k = 2", "\(reads.count { $0.needed == 2 })"),
                .init("reads with k > 2", "\(reads.count { $0.needed > 2 })"),
            ],
            counterexample: stale.map { counterexample($0.operation, in: operations) }
                ?? flawed.first.map { counterexample(flawed: $0, in: operations) })
    }

    /// The read with the write that it cannot have seen, or with another read of what nobody wrote: one
    /// alone can have read what was there at first.
    private func counterexample(flawed read: Read, in all: OperationList) -> Counterexample {
        let operation = read.operation
        let group = all.filter {
            $0.outcome != .fail && ($0.key ?? .null) == (operation.key ?? .null)
        }
        let written = Set(group.filter { $0.function == .write }.map(\.input))
        let later = group.first { $0.function == .write && $0.input == operation.output }
        let other = group.first {
            $0.function == .read && $0.outcome == .ok && $0.output != operation.output
                && !written.contains($0.output)
        }
        let witness = later ?? other
        return Counterexample(of: [operation] + (witness.map { [$0] } ?? []), key: operation.key) {
            cast, place in
            let at = place(operation)
            var steps: [String] = []
            if let later {
                steps = ["\(cast.returnedBefore(at, place(later)))."]
            } else if let other {
                steps = [
                    "\(cast.name(place(other))) read \(other.output), which nobody wrote either: both "
                        + "can't have been there at first."
                ]
            }
            return Story(
                summary: "\(cast.label(at)) read \(operation.output), \(read.flaw ?? "").",
                steps: steps,
                precedences: later.map { [cast.realTime(at, place($0))] } ?? [])
        }
    }

    /// The read, the write that it saw, and as many newer ones as are too many.
    private func counterexample(_ read: Operation, in all: OperationList) -> Counterexample {
        let writes = all.filter {
            $0.function == .write && $0.outcome != .fail && ($0.key ?? .null) == (read.key ?? .null)
        }
        let seen = writes.first { $0.input == read.output }
        let begin = seen.map { $0.outcome == .ok ? $0.return ?? .max : .max } ?? -1
        let newer = writes.filter { write in
            write.outcome == .ok && write.call > begin && write.return ?? .max < read.call
        }.suffix(allowed)
        return Counterexample(of: (seen.map { [$0] } ?? []) + newer + [read], key: read.key) {
            cast, place in
            let between = cast.list(newer.map(place))
            return Story(
                summary: "\(cast.label(place(read))) read \(read.output), although \(between) had "
                    + "written since.",
                steps: [
                    seen.map { "\(cast.name(place($0))) wrote what was read." }
                        ?? "Nobody wrote what was read, so it can only have been there at first.",
                    "\(between) began after that, and returned before \(cast.label(place(read))) was "
                        + "called (event \(read.call)).",
                    "So the read is at least \(newer.count + 1)-atomic; \(allowed) is allowed.",
                ],
                precedences: newer.flatMap { write in
                    (seen.map { [cast.realTime(place($0), place(write))] } ?? [])
                        + [cast.realTime(place(write), place(read))]
                })
        }
    }

    /// How stale each read of one register was; nil if a value was written twice.
    private func staleness(in operations: [Operation]) -> [Read]? {
        let writes = operations.filter { $0.function == .write }
        var ends: [Value: Int] = [:]
        for write in writes {
            let end = write.outcome == .ok ? write.return ?? .max : .max
            guard ends.updateValue(end, forKey: write.input) == nil else { return nil }
        }
        let calls = writes.map(\.call)
        let known = writes.indices.filter { writes[$0].outcome == .ok }
            .sorted { writes[$0].return ?? .max < writes[$1].return ?? .max }
        var ended = PrefixCounts(count: writes.count)
        var next = known.makeIterator()
        var upcoming = next.next()
        let reads = operations.filter { $0.function == .read && $0.outcome == .ok }
        var begins: [Value: Int] = [:]
        for write in writes { begins[write.input] = write.call }
        let strange = Set(reads.map(\.output)).subtracting(begins.keys)
        return reads.map { read in
            // Reads come in the order of their calls: count the writes that ended before.
            while let write = upcoming, writes[write].return ?? .max < read.call {
                ended.add(at: write)
                upcoming = next.next()
            }
            let begin = ends[read.output] ?? -1
            var flaw: String?
            if let begin = begins[read.output] {
                if read.return ?? .max < begin { flaw = "which was written only later" }
            } else if strange.count > 1, read.output != .null {
                flaw = "which nobody wrote"
            }
            return Read(
                operation: read,
                needed: 1 + ended.total - ended.count(before: calls.firstPlace { $0 > begin }),
                flaw: flaw)
        }
    }
}

/// Counts of things at places, and of those before a place.
///
/// Source: Fenwick, "A new data structure for cumulative frequency tables" (1994).
private struct PrefixCounts {
    private var sums: [Int]
    private(set) var total = 0

    init(count: Int) { sums = [Int](repeating: 0, count: count + 1) }

    mutating func add(at place: Int) {
        total += 1
        var node = place + 1
        while node < sums.count {
            sums[node] += 1
            node += node & -node
        }
    }

    func count(before place: Int) -> Int {
        var node = place
        var count = 0
        while node > 0 {
            count += sums[node]
            node -= node & -node
        }
        return count
    }
}
