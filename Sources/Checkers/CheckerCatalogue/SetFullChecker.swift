public import HistoryModel
import Vocabulary

/// Follows every element that was added to a set through the reads of the whole set.
///
/// An element is known once its addition, or a read that found it, has returned. If later reads
/// miss it for good it is lost; if it comes back it was stale.
public struct SetFullChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "set-full"
    /// What it looks at.
    public let summary = "no element added to a set is lost (add, read of the whole set)"
    /// The operations that it looks at, and what their completions say.
    public let completions: CompletionRules = ["add": .update, .read: .elements]

    /// Whether the history has last reads that must find all: if not, what was missed may be found yet.
    private let hasLastReads: Bool

    /// Makes the checker.
    ///
    /// - Parameter hasLastReads: Whether the history ends with reads that must find every element, as one
    ///   that was recorded to its end does.
    public init(hasLastReads: Bool = true) { self.hasLastReads = hasLastReads }

    /// Whether it is an addition, or a read of a list of elements; nil is the empty one.
    public func knows(_ operation: Operation) -> Bool {
        guard operation.function == .read, operation.outcome == .ok else {
            return operation.function == .add || operation.function == .read
        }
        return operation.output.isWhole
    }

    /// What is known about one element.
    private struct Fate {
        var element: Value
        var key: Value?
        /// Who made it known, if anybody did.
        var known: Operation?
        /// The latest reads that found it, and missed it though it was known.
        var present: Operation?
        var absent: Operation?
        /// The first addition that may have brought it.
        var adder: Operation?
        /// The first read that found it.
        var finder: Operation?
        /// A read that found it more than once.
        var doubler: Operation?
        /// Whether it was read, but nobody had called an addition of it by then.
        var isUnexpected: Bool {
            guard let adder else { return true }
            return finder.map { $0.return ?? .max < adder.call } ?? false
        }
        /// Whether a read told anything of it.
        var isJudged: Bool { isUnexpected || present != nil || absent != nil }
        var wasAcknowledged = false

        var isLost: Bool { absent.map { $0.call > present?.call ?? -1 } ?? false }
        var isStale: Bool { absent != nil && !isLost }
    }

    /// Judges a history of adds and reads.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(reads · elements) for each set, about the size of the history.
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let operations = Array(try history.operations())
        if let strange = resultIfStrange(operations) { return strange }
        let fates = fates(of: operations)
        let lost = hasLastReads ? fates.filter(\.isLost) : []
        let stale = fates.filter(\.isStale)
        let unexpected = fates.filter(\.isUnexpected)
        let doubled = fates.filter { $0.doubler != nil }
        let unread = fates.count { $0.wasAcknowledged && $0.present == nil && $0.absent == nil }
        let reasons =
            unexpected.map {
                "\($0.element) was read, but nobody "
                    + ($0.adder == nil ? "ever added it." : "had added it yet.")
            }
            + doubled.map { "\($0.element) was found more than once in one read." }
            + lost.compactMap { fate in
                guard let known = fate.known, let absent = fate.absent else { return nil }
                return "\(fate.element) is lost: it was known at \(known.end) (event "
                    + "\(known.return ?? 0)) and missing from the read at \(absent.callTime) "
                    + "(event \(absent.call)) on."
            }
        let longest = stale.compactMap { fate -> Nanoseconds? in
            guard let known = fate.known, let absent = fate.absent else { return nil }
            return absent.callTime - known.end
        }.max()
        var measures = [
            CheckerResult.Measure("elements", "\(fates.count)"),
            .init("lost", "\(lost.count)"), .init("stale", "\(stale.count)"),
            .init("never read", "\(unread)"), .init("unexpected", "\(unexpected.count)"),
            .init("duplicated", "\(doubled.count)"),
        ]
        if let longest { measures.append(.init("longest staleness", "\(longest / 1_000_000) ms")) }
        return CheckerResult(
            self,
            kind: !unexpected.isEmpty
                ? "phantom-value" : doubled.isEmpty ? "lost-value" : "duplicate",
            reasons: reasons.shortened(), exercised: fates.count(where: \.isJudged),
            measures: measures,
            counterexample: unexpected.first.map { counterexample(unexpected: $0, operations) }
                ?? doubled.first.flatMap { counterexample(doubled: $0) }
                ?? lost.first.map { counterexample(lost: $0) })
    }

    private func counterexample(
        unexpected fate: Fate, _ operations: [Operation]
    ) -> Counterexample {
        let refused = operations.first {
            $0.function == .add && $0.input == fate.element && $0.key == fate.key
        }
        let participants = [fate.finder, refused].compactMap { $0 }
        return Counterexample(of: participants, key: fate.key) { participants, place in
            let name = fate.finder.map { participants.label(place($0)) } ?? "A read"
            return Explanation(
                summary: "\(name) found \(fate.element), which nobody "
                    + (fate.adder == nil ? "ever added." : "had added yet."),
                steps: [
                    refused.map { addition in
                        "\(participants.name(place(addition))) "
                            + (addition.outcome == .fail
                                ? "was reported as failed, so it should have left nothing behind."
                                : "was called only after \(name) had returned.")
                    } ?? "No addition of \(fate.element) was ever called."
                ])
        }
    }

    private func counterexample(doubled fate: Fate) -> Counterexample? {
        guard let read = fate.doubler else { return nil }
        return Counterexample(of: [fate.adder, read].compactMap { $0 }, key: fate.key) {
            participants, place in
            Explanation(
                summary: "\(participants.label(place(read))) found \(fate.element) more than once.",
                steps: ["A set holds each element once."])
        }
    }

    private func counterexample(lost fate: Fate) -> Counterexample {
        let participants = [fate.adder, fate.known, fate.absent].compactMap { $0 }
        return Counterexample(of: participants, key: fate.key) { participants, place in
            guard let known = fate.known.map(place), let absent = fate.absent.map(place) else {
                return Explanation(summary: "\(fate.element) is lost.", steps: [])
            }
            let isAdder = fate.known?.function == .add
            return Explanation(
                summary:
                    "\(participants.label(absent)) did not find \(fate.element), which \(participants.label(known)) "
                    + "had \(isAdder ? "added" : "found") before, and no later read did.",
                steps: [
                    "\(participants.returnedBefore(known, absent)).",
                    "Nothing is ever taken out, so \(participants.label(absent)) had to find "
                        + "\(fate.element).",
                ],
                precedences: [
                    participants.realTime(known, absent),
                    participants.precedence(
                        absent, known,
                        because: "\(participants.label(absent)) did not find \(fate.element)"),
                ])
        }
    }

    /// The fates of all elements, in the order in which they came up.
    private func fates(of operations: [Operation]) -> [Fate] {
        struct Name: Hashable {
            var key: Value?
            var element: Value
        }
        var places: [Name: Int] = [:]
        var fates: [Fate] = []
        /// Of each set the places of its elements: most histories have many sets.
        var members: [Value?: [Int]] = [:]
        func place(of element: Value, _ key: Value?) -> Int {
            let name = Name(key: key, element: element)
            let place = places[name] ?? fates.count
            if place == fates.count {
                places[name] = place
                fates.append(Fate(element: element, key: key))
                members[key, default: []].append(place)
            }
            return place
        }
        func makeKnown(_ place: Int, by operation: Operation) {
            let isEarlier =
                operation.return ?? .max < fates[place].known.map { $0.return ?? .max } ?? .max
            if isEarlier { fates[place].known = operation }
        }
        let reads = operations.filter { $0.function == .read && $0.outcome == .ok }
        // An addition that failed leaves no element behind: one that is read all the same is unexpected.
        for operation in operations where operation.function == .add && operation.outcome != .fail {
            let place = place(of: operation.input, operation.key)
            fates[place].adder = fates[place].adder ?? operation
            guard operation.outcome == .ok else { continue }
            fates[place].wasAcknowledged = true
            makeKnown(place, by: operation)
        }
        for read in reads {
            for element in read.wholeOutput {
                let place = place(of: element, read.key)
                let first = fates[place].finder?.return ?? .max
                if read.return ?? .max < first { fates[place].finder = read }
                makeKnown(place, by: read)
            }
        }
        for read in reads {
            let found = Set(read.wholeOutput)
            if found.count < read.wholeOutput.count {
                var seen: Set<Value> = []
                for element in read.wholeOutput where !seen.insert(element).inserted {
                    fates[place(of: element, read.key)].doubler = read
                }
            }
            for place in members[read.key] ?? [] {
                if found.contains(fates[place].element) {
                    fates[place].present = read
                } else if let end = fates[place].known?.return, end < read.call {
                    fates[place].absent = read
                }
            }
        }
        return fates
    }
}

extension Operation {
    /// The elements that a read of a whole collection found.
    var wholeOutput: [Value] { output.elements }

    /// When it returned.
    fileprivate var end: Instant { returnTime ?? callTime }
}

extension Value {
    /// Whether it is a whole collection: a list or set of elements, or nil for none.
    var isWhole: Bool {
        switch self {
        case .list, .set, .null: true
        default: false
        }
    }

    /// The elements of a list or set; none if it is neither.
    var elements: [Value] {
        switch self {
        case .list(let elements), .set(let elements): elements
        default: []
        }
    }
}

extension SetFullChecker {
    /// Judges a run; nil if a node lost its store, and with it perhaps what only that node had.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func judge(_ run: RunRecord) throws(HistoryError) -> CheckerResult? {
        run.faults.contains(where: \.takesStores)
            ? nil : try SetFullChecker(hasLastReads: !run.isCutShort).check(run.history)
    }
}

extension Checker {
    static let setFullChecker = Checker(SetFullChecker())
}
