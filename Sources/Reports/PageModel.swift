import HistoryModel
import Vocabulary

/// What the skeleton of the page is filled with; every text is escaped by the template.
struct PageModel {
    struct Fact {
        var name: String
        var value: String
        var note: String?
    }

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
    var counterexamples: [CounterexampleModel]
    var rowName: String
    var sampleNote: String?
    var isTimed: Bool
    var functions: [FunctionModel]
    var latencyScale: [Fact]
    var hasRoles: Bool
    var hasTraces: Bool
    var faults: [FaultModel]
    var hasFaults: Bool
    var faultTotal: String
    var configuration: String?
    var versions: [Fact]
    var hasVersions: Bool

    init(_ figures: RunFigures, axis: TimeAxis, data: PageData) {
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
            notices.insert("The run was cut short; operations still open count as unknown.", at: 0)
        }
        self.figures = Self.evidence(figures)
        operations = Display.count(figures.operations.count)
        shares = Self.shares(figures)
        checkers = record.results.map { result in
            Checker(
                name: result.checker, verdict: result.verdict.rawValue, reasons: result.reasons,
                measures: result.measures.map { Fact(name: $0.name, value: $0.value) })
        }
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
        hasRoles = figures.isTimed && !figures.roles.isEmpty
        hasTraces = !record.traces.isEmpty
        faults = figures.faults.map { FaultModel($0, axis: axis) }
        hasFaults = !faults.isEmpty
        faultTotal = Display.count(record.faults.count, "fault")
        configuration = metadata.flatMap { $0.configuration.isEmpty ? nil : $0.configuration }
        versions = (metadata?.versions ?? [:]).sorted { $0.key < $1.key }
            .map { Fact(name: $0.key, value: $0.value) }
        hasVersions = !versions.isEmpty
    }

    private static func facts(_ figures: RunFigures) -> [Fact] {
        var facts: [Fact] = []
        if let metadata = figures.record.metadata {
            let system = metadata.nodes > 0 ? Display.count(metadata.nodes, "node") : nil
            let isReal = metadata.world == "real"
            facts = [
                Fact(name: "Workload", value: metadata.workload),
                Fact(name: "System", value: metadata.system, note: system),
                Fact(
                    name: "Defects",
                    value: metadata.defects.isEmpty
                        ? "none" : metadata.defects.joined(separator: ", "),
                    note: metadata.defects.isEmpty ? nil : "switched on"),
                Fact(name: "Seed", value: String(metadata.seed)),
                Fact(
                    name: "World", value: metadata.world,
                    note: isReal ? "processes, sockets, disks" : nil),
                Fact(
                    name: "Started",
                    value: metadata.startedAt.replacing("T", with: " ").replacing("Z", with: ""),
                    note: metadata.startedAt.hasSuffix("Z") ? "UTC" : nil),
            ]
        }
        if figures.isTimed {
            facts.append(
                Fact(name: "Duration", value: Display.length(figures.end - figures.start)))
        }
        return facts
    }

    private static func evidence(_ figures: RunFigures) -> [Fact] {
        let faults = figures.faults
        var facts: [Fact] = []
        if !figures.isTimed {
            // Without times there are no rates.
        } else if faults.isEmpty {
            facts.append(
                Fact(name: "Rate", value: Display.rate(figures.rate), note: "ok operations"))
        } else {
            facts.append(
                Fact(
                    name: "Rate without faults", value: Display.rate(figures.rateFaultFree),
                    note: "ok operations"))
            facts.append(
                Fact(
                    name: "Rate under faults", value: Display.rate(figures.rateUnderFaults),
                    note: "ok operations"))
        }
        if figures.keys > 0 {
            facts.append(
                Fact(name: "Keys", value: Display.count(figures.keys), note: "judged apart"))
        }
        facts.append(
            Fact(
                name: "Concurrency", value: Display.count(figures.concurrencyMax),
                note: Display.count(figures.processes, "process", "processes")))
        let proven = faults.filter(\.isProven).count
        let touched = faults.filter { $0.fault.touched > 0 }.count
        facts.append(
            Fact(
                name: "Faults", value: Display.count(faults.count),
                note: faults.isEmpty ? "none injected" : "\(proven) proven, \(touched) touched"))
        if let changes = figures.leaderChanges {
            let terms = figures.record.traces.compactMap(\.term).max()
            facts.append(
                Fact(
                    name: "Leader changes", value: Display.count(changes),
                    note: terms.map { "last term \($0)" }))
        }
        return facts
    }

    private static func shares(_ figures: RunFigures) -> [Share] {
        let total = figures.operations.count
        return [("ok", figures.ok), ("fail", figures.fail), ("info", figures.info)].map {
            name, count in
            let share = total == 0 ? 0 : Double(count) * 100 / Double(total)
            // What exists is seen, however little it is.
            let width = count == 0 ? 0 : max(share, 0.4)
            let percent =
                count > 0 && share < 0.01
                ? "< 0.01" : Display.decimal(share, places: share < 1 ? 2 : 1)
            return Share(
                outcome: name, count: Display.count(count), percent: percent,
                width: Display.decimal(width, places: 2))
        }
    }
}
