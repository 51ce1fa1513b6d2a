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

    /// Makes the checker.
    public init() {}

    /// What is known about one element.
    private struct Fate {
        var element: Value
        var key: Value?
        /// Who made it known, if anybody did.
        var known: Operation?
        /// The latest reads that found it, and missed it though it was known.
        var present: Operation?
        var absent: Operation?
        var wasTried = false
        var wasAcknowledged = false

        var isLost: Bool { absent.map { $0.call > present?.call ?? -1 } ?? false }
        var isStale: Bool { absent != nil && !isLost }
    }

    /// Judges a history of adds and reads.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(reads · elements), about the size of the history.
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let fates = fates(of: try history.operations())
        let lost = fates.filter(\.isLost)
        let stale = fates.filter(\.isStale)
        let unexpected = fates.filter { !$0.wasTried }
        let unread = fates.count { $0.wasAcknowledged && $0.present == nil && $0.absent == nil }
        let reasons =
            unexpected.map { "\($0.element) was read, but nobody ever added it." }
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
        ]
        if let longest { measures.append(.init("longest staleness", "\(longest / 1_000_000) ms")) }
        return CheckerResult(
            self, reasons: reasons.shortened(), exercised: fates.count, measures: measures)
    }

    /// The fates of all elements, in the order in which they came up.
    private func fates(of operations: [Operation]) -> [Fate] {
        struct Name: Hashable {
            var key: Value?
            var element: Value
        }
        var places: [Name: Int] = [:]
        var fates: [Fate] = []
        func place(of element: Value, _ key: Value?) -> Int {
            let name = Name(key: key, element: element)
            let place = places[name] ?? fates.count
            if place == fates.count {
                places[name] = place
                fates.append(Fate(element: element, key: key))
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
            fates[place].wasTried = true
            guard operation.outcome == .ok else { continue }
            fates[place].wasAcknowledged = true
            makeKnown(place, by: operation)
        }
        for read in reads {
            for element in read.wholeOutput {
                makeKnown(place(of: element, read.key), by: read)
            }
        }
        for read in reads {
            let found = Set(read.wholeOutput)
            for place in fates.indices where fates[place].key == read.key {
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
    /// The elements of a list; none if it is no list.
    var elements: [Value] {
        if case .list(let elements) = self { return elements }
        return []
    }
}
