public import HistoryModel

/// Checks what each client may expect of its own session, where values rise with every write.
///
/// The value of a write, or what it returns if that is a number, is the version of its key, such
/// as a counter or the index in a log. A compare-and-set reads the version that it expects, then
/// writes the new one. A session is one process on one key.
///
/// Source: Terry et al., "Session guarantees for weakly consistent replicated data" (1994).
public struct SessionChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "sessions"
    /// What it looks at.
    public let summary = "each client sees its own writes, and nothing older than it has seen"
    /// The operations that it looks at, and what their completions say.
    public let completions: CompletionRules = [
        .read: .answer, .write: .answer, .cas: .comparison,
    ]

    /// Makes the checker.
    public init() {}

    /// Whether it reads or writes a version; what a read or write of unknown outcome was on tells
    /// nothing.
    public func knows(_ operation: Operation) -> Bool {
        functions.contains(operation.function)
            && (operation.outcome != .ok || !operation.versions.isEmpty)
    }

    /// A guarantee, in the order in which they are told.
    private enum Guarantee: String, CaseIterable {
        case readYourWrites = "read your writes"
        case monotonicReads = "monotonic reads"
        case monotonicWrites = "monotonic writes"
        case writesFollowReads = "writes follow reads"
    }

    /// What one process has done to one key so far: the newest version of each kind, with who wrote
    /// or read it.
    private struct Session {
        var written: (version: Version, by: Operation)?
        var read: (version: Version, by: Operation)?

        /// The guarantees that one more read or write does not keep, with what was done before.
        func broken(by access: Access) -> [(Guarantee, Operation, String)] {
            var broken: [(Guarantee, Operation, String)] = []
            let verb = access.isWrite ? "wrote" : "read"
            if let written, written.version.isTooNew(for: access) {
                broken.append(
                    (
                        access.isWrite ? .monotonicWrites : .readYourWrites, written.by,
                        "wrote \(written.version) and then \(verb) \(access.version)"
                    ))
            }
            if let read, read.version.isTooNew(for: access) {
                broken.append(
                    (
                        access.isWrite ? .writesFollowReads : .monotonicReads, read.by,
                        "read \(read.version) and then \(verb) \(access.version)"
                    ))
            }
            return broken
        }

        mutating func note(_ access: Access, of operation: Operation) {
            if access.isWrite {
                guard written.map({ $0.version < access.version }) ?? true else { return }
                written = (access.version, operation)
            } else {
                guard read.map({ $0.version < access.version }) ?? true else { return }
                read = (access.version, operation)
            }
        }
    }

    private struct Name: Hashable {
        var process: ProcessID
        var key: Value
    }

    /// Judges a history of numbers that are read and written; a read of nil is older than all of
    /// them.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let operations = Array(try history.operations())
        if let strange = resultIfStrange(operations) { return strange }
        var sessions: [Name: Session] = [:]
        var reasons: [Guarantee: [String]] = [:]
        var exercised = 0
        var first: Counterexample?
        for operation in operations {
            let name = Name(process: operation.process, key: operation.key ?? .null)
            var session = sessions[name] ?? Session()
            // The two halves of a compare-and-set are not held against each other.
            let before = session
            for access in operation.versions {
                exercised += 1
                for (guarantee, earlier, what) in before.broken(by: access) {
                    first = first ?? counterexample(guarantee, earlier, operation, what)
                    reasons[guarantee, default: []].append(
                        "\(guarantee.rawValue): process \(operation.process.rawValue) \(what) "
                            + "(event \(operation.return ?? operation.call)).")
                }
                session.note(access, of: operation)
            }
            sessions[name] = session
        }
        let broken = Guarantee.allCases.first { reasons[$0] != nil }
        return CheckerResult(
            self, kind: broken?.rawValue.replacing(" ", with: "-"),
            reasons: Guarantee.allCases.flatMap { (reasons[$0] ?? []).shortened(to: 3) },
            exercised: exercised,
            measures: Guarantee.allCases.map {
                .init($0.rawValue, "\(reasons[$0]?.count ?? 0) broken")
            }, counterexample: first)
    }

    private func counterexample(
        _ guarantee: Guarantee, _ earlier: Operation, _ later: Operation, _ what: String
    ) -> Counterexample {
        Counterexample(of: [earlier, later], key: later.key) { participants, place in
            let (a, b) = (place(earlier), place(later))
            return Explanation(
                summary: "\(guarantee.rawValue): process \(later.process.rawValue) \(what).",
                steps: [
                    "Both are of one session, that of process \(later.process.rawValue): "
                        + "\(participants.returnedBefore(a, b)).",
                    "\(participants.name(b)) is older than \(participants.name(a)), or the same.",
                ], precedences: [participants.realTime(a, b)])
        }
    }
}

/// A version that was read or written; nil is older than every number.
private struct Version: Comparable, CustomStringConvertible {
    let value: Value
    private let number: ExactNumber?

    /// Nil for what is neither a number nor nil.
    init?(_ value: Value) {
        number = ExactNumber(value)
        self.value = value
        guard number != nil || value == .null else { return nil }
    }

    var isNumber: Bool { number != nil }
    var description: String { value.description }

    /// Whether a session that has come to this version may not go on to do that.
    func isTooNew(for access: Access) -> Bool {
        access.isWrite ? access.version <= self : access.version < self
    }

    static func == (left: Version, right: Version) -> Bool { left.number == right.number }

    static func < (left: Version, right: Version) -> Bool {
        guard let number = left.number else { return right.number != nil }
        return right.number.map { number < $0 } ?? false
    }
}

private struct Access {
    var isWrite = false
    var version: Version
}

extension Operation {
    /// The versions that it read and wrote, one after the other; none if it tells of no version.
    fileprivate var versions: [Access] {
        switch (function, outcome) {
        case (.read, .ok): return [Version(output)].compactMap { $0 }.map { Access(version: $0) }
        case (.write, .ok):
            let returned = [output, input].compactMap { Version($0) }.first { $0.isNumber }
            return returned.map { [Access(isWrite: true, version: $0)] } ?? []
        case (.cas, .ok):
            guard case .list(let pair) = input, pair.count == 2, let old = Version(pair[0]),
                let new = Version(pair[1]), new.isNumber
            else { return [] }
            // To set what is there already changes nothing.
            return old == new
                ? [Access(version: old)]
                : [Access(version: old), Access(isWrite: true, version: new)]
        case (.cas, .fail):
            return found.flatMap { Version($0) }.map { [Access(version: $0)] } ?? []
        default: return []
        }
    }
}
