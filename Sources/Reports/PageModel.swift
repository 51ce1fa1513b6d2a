import Epidemics
import HistoryModel
import Vocabulary

/// What the skeleton of the page is filled with; every text is escaped by the template.
struct PageModel {
    struct Share {
        var outcome: String
        var count: String
        var percent: String
        /// Of the width of the bar.
        var width: String
    }

    struct Checker {
        var name: String
        var verdict: String
        var reasons: [String]
        var measures: [Fact]
        /// Whether they need more room than a column.
        var hasManyMeasures: Bool
    }

    var verdict: String
    var sentence: String
    var title: String
    var isImported: Bool
    var hasFacts: Bool
    var facts: [Fact]
    var command: String?
    var notices: [String]
    var figures: [Fact]
    var operations: String
    var shares: [Share]
    var checkers: [Checker]
    var findings: [FindingModel]
    var hasFindings: Bool
    var counterexamples: [CounterexampleModel]
    var rowName: String
    var sampleNote: String?
    var isTimed: Bool
    var functions: [FunctionModel]
    var latencyScale: [Fact]
    var hasLatencies: Bool
    var hasRoles: Bool
    var hasTraces: Bool
    /// Only stores that agree in the end have this section, and none of leaders.
    var spread: SpreadModel?
    var isElecting: Bool
    var faults: [FaultModel]
    var hasFaults: Bool
    var faultTotal: String
    var isSimulated: Bool
    var configuration: String?
    var versions: [Fact]
    var hasVersions: Bool

    init(
        _ figures: RunFigures, axis: TimeAxis, data: PageData, expected: SimpleEpidemic? = nil
    ) {
        let record = figures.record
        let metadata = record.metadata
        verdict = record.verdict.rawValue
        let headline = VerdictSentence.text(for: figures)
        sentence = headline
        title = metadata?.id ?? "imported history"
        isImported = metadata == nil
        facts = Self.facts(figures)
        hasFacts = !facts.isEmpty
        command = metadata.flatMap { metadata in
            metadata.command.isEmpty
                ? nil : Display.command(metadata.command).joined(separator: " ")
        }
        notices = record.notices
        if !record.finished {
            notices.insert(
                "The record ends before the run did; operations still open count as unknown.", at: 0
            )
        }
        self.figures = Self.evidence(figures)
        operations = Display.count(figures.operations.count)
        shares = Self.shares(figures)
        checkers = record.results.map { result in
            Checker(
                name: result.checker, verdict: result.verdict.rawValue,
                reasons: Self.reasons(of: result),
                measures: result.measures.map { Fact(name: $0.name, value: $0.value) },
                hasManyMeasures: result.measures.count > 8)
        }
        findings = FindingModel.all(figures, axis: axis)
        hasFindings = !findings.isEmpty
        counterexamples = figures.counterexamples.map { checker, counterexample in
            CounterexampleModel(
                counterexample, checker: checker, headline: headline, axis: axis)
        }
        rowName = data.operations.rowName
        if data.operations.stride > 1 {
            sampleNote =
                "The pictures show one of every \(data.operations.stride) ok and failed operations, "
                + "rates scaled to match; the run file has them all."
        }
        isTimed = figures.isTimed
        (functions, latencyScale) = FunctionModel.all(figures)
        hasLatencies = !functions.isEmpty
        hasRoles = figures.isTimed && !figures.roles.isEmpty
        hasTraces = !record.traces.isEmpty
        spread = SpreadModel(figures, expected: expected)
        isElecting = spread == nil
        faults = figures.faults.map { FaultModel($0, axis: axis, isSimulated: record.isSimulated) }
        hasFaults = !faults.isEmpty
        isSimulated = record.isSimulated
        faultTotal = Display.count(record.faults.count, "fault")
        configuration = metadata.flatMap { $0.configuration.isEmpty ? nil : $0.configuration }
        versions = (metadata?.versions ?? [:]).sorted { $0.key < $1.key }
            .map { Fact(name: $0.key, value: $0.value) }
        hasVersions = !versions.isEmpty
    }

    /// Findings have a section of their own.
    private static func reasons(of result: CheckerResult) -> [String] {
        guard result.findings.count > 1, let first = result.reasons.first else {
            return result.reasons
        }
        let all = result.findings.count == 2 ? "Both" : "All \(result.findings.count)"
        return [first, "\(all) that are told stand below."]
    }
}
