public import HistoryModel

/// Says how stale the reads of registers were, where every value was written once.
///
/// A read is k-atomic if it returns one of the k latest values. Counts for each read the writes
/// that certainly came after the one it saw and certainly before it: one more than that is the
/// least k. Whatever overlaps in time is given the benefit of the doubt. For what was read before it was
/// written, or that nobody wrote, no k is large enough; but one value of a key, if nil was not read, can
/// be what it held at first. A compare-and-set reads what it expects, or what it found instead, and
/// writes if it succeeds.
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

    /// Whether it reads or writes one register.
    public func knows(_ operation: Operation) -> Bool {
        operation.function == .cas
            ? operation.pair != nil : functions.contains(operation.function)
    }

    fileprivate struct Read {
        var operation: Operation
        /// What it found.
        var value: Value
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
        let operations = Array(try history.operations())
        if let strange = resultIfStrange(operations) { return strange }
        var reads: [Read] = []
        var doubts: [String] = []
        for (key, group) in operations.groupedByKey() {
            guard let found = staleness(in: group) else {
                doubts.append(
                    "\(key == .null ? "The register" : "Key \(key)") is undecided: a value was "
                        + "written to it twice, or nil, which it may have held at first.")
                continue
            }
            reads += found
        }
        let flawed = reads.filter { $0.flaw != nil }
        let stale = flawed.isEmpty ? reads.first { $0.needed > allowed } : nil
        let worst = reads.map(\.needed).max() ?? 0
        let reasons = reads.filter { $0.needed > allowed }.map { read in
            "\(read.told) after "
                + (read.needed == 2 ? "a newer write" : "\(read.needed - 1) newer writes")
                + " had taken effect."
        }
        let flaws = flawed.map { read in
            "\(read.told), \(read.flaw ?? "")."
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
            counterexample: stale.map { counterexample($0, in: operations) }
                ?? flawed.first.map { counterexample(flawed: $0, in: operations) })
    }

    /// The read with the write that it cannot have seen, or with another read of what nobody wrote: one
    /// alone can have read what was there at first.
    private func counterexample(flawed read: Read, in all: [Operation]) -> Counterexample {
        let operation = read.operation
        let group = all.filter { ($0.key ?? .null) == (operation.key ?? .null) }
        let written = Set(group.compactMap(\.written))
        let later = group.first { $0.written == read.value }
        let other = group.first {
            guard let value = $0.observed else { return false }
            return value != read.value && !written.contains(value)
        }
        let witness = later ?? other
        return Counterexample(of: [operation] + (witness.map { [$0] } ?? []), key: operation.key) {
            participants, place in
            let at = place(operation)
            var steps: [String] = []
            if let later {
                steps = ["\(participants.returnedBefore(at, place(later)))."]
            } else if let other {
                steps = [
                    "\(participants.name(place(other))) found \(other.observed ?? .null), which nobody wrote "
                        + "either: both can't have been there at first."
                ]
            }
            return Explanation(
                summary:
                    "\(participants.label(at)) \(read.verb) \(read.value), \(read.flaw ?? "").",
                steps: steps,
                precedences: later.map { [participants.realTime(at, place($0))] } ?? [])
        }
    }

    /// The read, the write that it saw, and as many newer ones as are too many.
    private func counterexample(_ stale: Read, in all: [Operation]) -> Counterexample {
        let read = stale.operation
        let writes = all.filter {
            $0.written != nil && ($0.key ?? .null) == (read.key ?? .null)
        }
        let effects = WriteEffects(all.filter { ($0.key ?? .null) == (read.key ?? .null) })
        let seen = writes.first { $0.written == stale.value }
        let begin = seen.map(effects.bound) ?? -1
        let newer = writes.filter { write in
            write.call > begin && effects.bound(of: write) < read.call
        }.suffix(allowed)
        // Who shows that the write was over that it saw, and that the newer ones were.
        let first = newer.map(\.call).min() ?? read.call
        let shower = seen.map { effects.witness(of: $0, before: first) }
        let showers = newer.map { effects.witness(of: $0, before: read.call) }
        let shown = zip((seen.map { [$0] } ?? []) + newer, (shower.map { [$0] } ?? []) + showers)
        let members = shown.flatMap { [$0, $1] } + [read]
        return Counterexample(of: members, key: read.key) { participants, place in
            let between = participants.list(newer.map(place))
            let witnessed = shown.filter { $0.call != $1.call }.map { write, shower in
                "\(participants.label(place(shower))) found what \(participants.label(place(write))) wrote, so that "
                    + "had taken effect by event \(participants.return(place(shower)))."
            }
            return Explanation(
                summary:
                    "\(participants.label(place(read))) \(stale.verb) \(stale.value), although \(between) had "
                    + "written since.",
                steps: [
                    seen.map { "\(participants.name(place($0))) wrote that." }
                        ?? "Nobody wrote that, so it can only have been there at first."
                ] + witnessed + [
                    "\(between) began after that, and "
                        + (witnessed.isEmpty ? "returned" : "took effect")
                        + " before \(participants.label(place(read))) was called (event \(read.call)).",
                    "So the read is at least \(newer.count + 1)-atomic; \(allowed) is allowed.",
                ],
                precedences: zip(newer, showers).flatMap { write, shows in
                    (shower.map { [participants.realTime(place($0), place(write))] } ?? [])
                        + [participants.realTime(place(shows), place(read))]
                })
        }
    }

    /// How stale each read of one register was; nil if a value was written twice, or nil, which is
    /// there at first.
    private func staleness(in operations: [Operation]) -> [Read]? {
        let writes = operations.filter { $0.written != nil }
        let effects = WriteEffects(operations)
        var begins: [Value: Int] = [:]
        for write in writes {
            guard let value = write.written else { continue }
            guard value != .null, begins.updateValue(write.call, forKey: value) == nil else {
                return nil
            }
        }
        let calls = writes.map(\.call)
        let bounds = writes.map(effects.bound)
        let known = writes.indices.filter { bounds[$0] < .max }.sorted { bounds[$0] < bounds[$1] }
        var ended = PrefixCounts(count: writes.count)
        var next = known.makeIterator()
        var upcoming = next.next()
        let strange = Set(operations.compactMap(\.observed)).subtracting(begins.keys)
        return operations.compactMap { read in
            guard let value = read.observed else { return nil }
            // Reads come in the order of their calls: count the writes that took effect before.
            while let write = upcoming, bounds[write] < read.call {
                ended.add(at: write)
                upcoming = next.next()
            }
            let begin = effects.bounds[value] ?? -1
            var flaw: String?
            if let begin = begins[value] {
                if read.return ?? .max < begin { flaw = "which was written only later" }
            } else if strange.count > 1, value != .null {
                flaw = "which nobody wrote"
            }
            return Read(
                operation: read, value: value,
                needed: 1 + ended.total - ended.count(before: calls.firstPlace { $0 > begin }),
                flaw: flaw)
        }
    }
}

extension StalenessChecker.Read {
    /// Who read what, as the beginning of a sentence.
    fileprivate var told: String {
        "Process \(operation.process.rawValue) \(verb) \(value) (event \(operation.return ?? 0))"
    }

    /// A compare-and-set does not say what it read; it found what it replaced.
    fileprivate var verb: String { operation.function == .read ? "read" : "found" }
}
