import Epidemics

/// What the page of a study of epidemics is filled with; every text is escaped by the template, and the
/// pictures escape theirs.
struct EpidemicsModel {
    struct Figure {
        var value: String
        var interval: String
        var known: String
        var comparison: String
        var agrees: Bool
        var isKnown: Bool
    }

    struct Law {
        var statement: String
        var observed: String
        var expected: String
        var word: String
        var holds: Bool
    }

    struct Row {
        /// k, or the number of sites.
        var name: String
        var runs: String
        var figures: [Figure]
        var laws: [Law]
    }

    struct Table {
        var title: String
        var name: String
        /// `k` or `n`.
        var rowName: String
        /// The figures' names and where the known ones come from.
        var header: [Header]
        var rows: [Row]
        var panels: [String]
        var word: String
        var holds: Bool
        var caption: String
    }

    struct Header {
        var symbol: String
        /// Where the known figure comes from; nil if there is none.
        var source: String?
    }

    var verdict: String
    var sentence: String
    var title: String
    var facts: [Fact]
    var command: String
    var law: String
    var hasLaw: Bool
    var rumors: [Table]
    var rounds: [Table]
    var hasRounds: Bool
    var roundPictures: [String]
    var versions: [Fact]

    init(_ study: EpidemicStudy, _ origin: EpidemicsReport.Origin) {
        verdict = !study.holds ? "invalid" : study.isWhole ? "valid" : "unknown"
        sentence = study.conclusion
        title = origin.id
        facts = [
            .init(
                name: "Epidemics", value: Display.count(study.runCount),
                note: "in \(Display.count(study.doneCount, "cell"))"),
            .init(name: "Laws looked at", value: "\(study.lawCount)"),
            .init(name: "Effort", value: Display.decimal(study.effort, places: 1)),
            .init(name: "Seed", value: "\(study.seed)"),
            .init(name: "Began", value: origin.startedAt),
            .init(name: "Took", value: Display.length(origin.length.nanoseconds)),
        ]
        command = Display.command(origin.command).joined(separator: " ")
        let rumorTables = study.tables.filter { !$0.kind.isAntiEntropy }
        let roundTables = study.tables.filter(\.kind.isAntiEntropy)
        law = EpidemicPlots.law(rumorTables)
        hasLaw = !rumorTables.isEmpty
        rumors = rumorTables.map { Table($0, panels: EpidemicPlots.panels($0)) }
        rounds = roundTables.map { Table($0, panels: []) }
        hasRounds = !roundTables.isEmpty
        roundPictures = roundTables.map(EpidemicPlots.rounds)
        versions = origin.versions.sorted { $0.key < $1.key }
            .map { Fact(name: $0.key, value: $0.value) }
    }
}

extension EpidemicsModel.Table {
    fileprivate init(_ table: EpidemicTable, panels: [String]) {
        let kind = table.kind
        title = kind.number.map { "Table \($0)" } ?? (kind.isAntiEntropy ? "Rounds" : "Coin")
        name = kind.name
        rowName = kind.isAntiEntropy ? "n" : "k"
        let source = kind.isAntiEntropy ? "expected" : "paper"
        header = (table.rows.first?.figures ?? []).map {
            .init(symbol: $0.symbol, source: $0.known == nil ? nil : source)
        }
        rows = table.rows.sorted {
            ($0.cell.limit, $0.cell.siteCount) < ($1.cell.limit, $1.cell.siteCount)
        }
        .map(EpidemicsModel.Row.init)
        self.panels = panels
        holds = table.holds
        word = table.holds ? "every law holds" : "a law fails"
        caption = Self.caption(of: kind)
    }

    private static func caption(of kind: EpidemicTable.Kind) -> String {
        switch kind {
        case .pushFeedbackCounter:
            "A site pushes the rumor to one peer a cycle, and loses interest after k cycles in a row whose peer "
                + "knew it already. A peer that two sites turn to in one cycle was news to both. So counted, "
                + "the paper's table comes out but for t_ave, which there is one to three cycles later."
        case .pushBlindCoin:
            "A site pushes the rumor to one peer a cycle, and loses interest with probability 1/k after each, "
                + "whatever the peer knew."
        case .pullFeedbackCounter:
            "A site asks one peer a cycle for rumors. The peer's count goes up with each cycle in which all "
                + "who asked knew the rumor, and back to zero when somebody needed it; at k it loses interest. "
                + "No law is known for the residue of pull: the paper's s and m are judged themselves."
        case .pushFeedbackCoin:
            "A site pushes the rumor to one peer a cycle, and loses interest with probability 1/k when the peer "
                + "knew it. The paper has no table of this kind, but a law that needs no traffic: "
                + "s = e^(−(k+1)(1−s))."
        case .antiEntropyPush, .antiEntropyPull, .antiEntropyPushPull: ""
        }
    }
}

extension EpidemicsModel.Row {
    fileprivate init(_ row: EpidemicTable.Row) {
        name = "\(row.cell.limit > 0 ? row.cell.limit : row.cell.siteCount)"
        runs = Display.count(row.lastDelay.count)
        figures = row.figures.map { figure in
            .init(
                value: figure.text, interval: figure.intervalText, known: figure.knownText,
                comparison: figure.comparison, agrees: figure.agrees,
                isKnown: figure.known != nil)
        }
        laws = row.laws.map { law in
            .init(
                statement: law.statement, observed: law.observedText, expected: law.expectedText,
                word: law.holds ? "holds" : "FAILS", holds: law.holds)
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
