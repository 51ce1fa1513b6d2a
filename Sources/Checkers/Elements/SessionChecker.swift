public import HistoryModel

/// Checks what each client may expect of its own session, where values rise with every write.
///
/// The value of a write, or what it returns if that is a number, is the version of its key, such
/// as a counter or the index in a log. A session is one process on one key.
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

    /// What one process has done to one key so far.
    private struct Session {
        var written: Int64 = .min
        var read: Int64 = .min
        /// The operations that wrote and read these.
        var writer: Operation?
        var reader: Operation?
    }

    /// Judges a history of reads and writes of numbers; a read of nil is older than all of them.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        struct Name: Hashable {
            var process: ProcessID
            var key: Value?
        }
        var sessions: [Name: Session] = [:]
        var broken: [String: [String]] = [:]
        var exercised = 0
        var first: Counterexample?
        func blame(
            _ guarantee: String, _ operation: Operation, after earlier: Operation?, _ what: String
        ) {
            if let earlier {
                first = first ?? counterexample(guarantee, earlier, operation, what)
            }
            broken[guarantee, default: []].append(
                "\(guarantee): process \(operation.process.rawValue) \(what) (event "
                    + "\(operation.return ?? operation.call)).")
        }
        for operation in try history.operations() where operation.outcome == .ok {
            let name = Name(process: operation.process, key: operation.key)
            var session = sessions[name] ?? Session()
            if operation.function == .read, let version = operation.output.version {
                exercised += 1
                if version < session.written {
                    blame(
                        "read your writes", operation, after: session.writer,
                        "wrote \(session.written) and then "
                            + "read \(operation.output)")
                }
                if version < session.read {
                    blame(
                        "monotonic reads", operation, after: session.reader,
                        "read \(session.read) and then "
                            + "\(operation.output)")
                }
                if version > session.read { session.reader = operation }
                session.read = max(session.read, version)
            } else if operation.function == .write,
                let version = operation.output.number ?? operation.input.number
            {
                exercised += 1
                if version <= session.written {
                    blame(
                        "monotonic writes", operation, after: session.writer,
                        "wrote \(session.written) and then "
                            + "\(version)")
                }
                if version <= session.read {
                    blame(
                        "writes follow reads", operation, after: session.reader,
                        "read \(session.read) and then "
                            + "wrote \(version)")
                }
                if version > session.written { session.writer = operation }
                session.written = max(session.written, version)
            }
            sessions[name] = session
        }
        let guarantees = [
            "read your writes", "monotonic reads", "monotonic writes", "writes follow reads",
        ]
        return CheckerResult(
            self,
            kind: guarantees.first { broken[$0] != nil }?.replacing(" ", with: "-"),
            reasons: guarantees.flatMap { (broken[$0] ?? []).shortened(to: 3) },
            exercised: exercised,
            measures: guarantees.map { .init($0, "\(broken[$0]?.count ?? 0) broken") },
            counterexample: first)
    }

    private func counterexample(
        _ guarantee: String, _ earlier: Operation, _ later: Operation, _ what: String
    ) -> Counterexample {
        Counterexample(of: [earlier, later], key: later.key) { cast, place in
            let (a, b) = (place(earlier), place(later))
            return Story(
                summary: "\(guarantee): process \(later.process.rawValue) \(what).",
                steps: [
                    "Both are of one session, that of process \(later.process.rawValue): "
                        + "\(cast.returnedBefore(a, b)).",
                    "\(cast.name(b)) is older than \(cast.name(a)), or the same.",
                ], precedences: [cast.realTime(a, b)])
        }
    }
}

extension Value {
    fileprivate var number: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }

    /// The version that a read found; nil for what is no version.
    fileprivate var version: Int64? { self == .null ? .min : number }
}
