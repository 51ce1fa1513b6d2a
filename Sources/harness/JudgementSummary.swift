internal import Foundation
internal import HistoryModel
internal import Reports
internal import Vocabulary

/// The object that `--format json` prints; `docs/json.md` describes it, later versions only add.
struct JudgementSummary: Encodable {
    struct Operations: Encodable {
        var invoked = 0
        var ok = 0
        var fail = 0
        var info = 0
    }

    struct Fault: Encodable {
        var id: Int
        var kind: String
        var summary: String
        var start_ns: Int64
        var end_ns: Int64?
        var touched: Int
        var touched_unit: String
        var proven_applied: Bool
        var proven_healed: Bool
    }

    /// A number, or several by their units.
    struct Figure: Encodable {
        var numbers: [String: Double]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if numbers.count == 1, let number = numbers[""] {
                try container.encode(number)
            } else {
                try container.encode(numbers)
            }
        }
    }

    struct Checker: Encodable {
        var verdict: Verdict
        var kind: String?
        var reasons: [String]
        var measures: [String: String]
        /// The measures that are figures: by their units, or plain where there is no unit.
        var numbers: [String: Figure]
        var counterexample: Counterexample?
        var findings: [CheckerResult.Finding]
    }

    var verdict: Verdict
    var complete: Bool
    var reasons: [String]
    var run: String?
    var report: String?
    var database: String?
    var seed: UInt64?
    var trace_hash: String?
    var operations = Operations()
    var faults: [Fault]
    var checkers: [String: Checker]
    var notices: [String]

    init(_ record: RunRecord, database: String?, report: String?) {
        verdict = record.verdict
        complete = record.finished
        reasons = record.results.filter { $0.verdict == record.verdict && $0.verdict != .valid }
            .flatMap(\.reasons)
        run = record.metadata?.id
        self.report = report
        self.database = database
        seed = record.metadata?.seed
        trace_hash = record.metadata?.traceHash
        for event in record.history.events {
            switch event.type {
            case .invoke: operations.invoked += 1
            case .ok: operations.ok += 1
            case .fail: operations.fail += 1
            case .info: break
            }
        }
        // An operation that was still open at the end is unknown, too.
        operations.info = operations.invoked - operations.ok - operations.fail
        faults = record.faults.map {
            Fault(
                id: $0.id, kind: $0.kind, summary: $0.summary, start_ns: $0.start.nanoseconds,
                end_ns: $0.end?.nanoseconds, touched: $0.touched, touched_unit: $0.touchedUnit,
                proven_applied: $0.applied.isSeen, proven_healed: $0.healed.isSeen)
        }
        checkers = [:]
        for result in record.results {
            let measures = result.measures.map { ($0.name, $0.value) }
            checkers[result.checker] = Checker(
                verdict: result.verdict, kind: result.kind, reasons: result.reasons,
                measures: Dictionary(measures) { first, _ in first },
                numbers: Dictionary(
                    result.measures.compactMap { measure in
                        measure.numbers.map { (measure.name, Figure(numbers: $0)) }
                    }
                ) { first, _ in first },
                counterexample: result.counterexample, findings: result.findings)
        }
        notices = record.notices
    }

    /// The object as text.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return TerminalText.escaped(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}
