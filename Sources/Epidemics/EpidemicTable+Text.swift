// Tables for a terminal.

extension EpidemicTable.Kind {
    /// The table's heading.
    public var title: String {
        if let number { return "Table \(number): \(name)" }
        return isAntiEntropy ? "\(name): rounds until all know" : name
    }

    /// What spreads the update, such as `push, feedback, counter`.
    public var name: String {
        switch self {
        case .pushFeedbackCounter: "push, feedback, counter"
        case .pushBlindCoin: "push, blind, coin"
        case .pullFeedbackCounter: "pull, feedback, counter"
        case .pushFeedbackCoin: "push, feedback, coin"
        case .antiEntropyPush: "anti-entropy, push"
        case .antiEntropyPull: "anti-entropy, pull"
        case .antiEntropyPushPull: "anti-entropy, push-pull"
        }
    }

    /// The number of the paper's table, if it is one.
    public var number: Int? {
        switch self {
        case .pushFeedbackCounter: 1
        case .pushBlindCoin: 2
        case .pullFeedbackCounter: 3
        default: nil
        }
    }

    /// Whether it is about all data, compared until all know, instead of rumors.
    public var isAntiEntropy: Bool {
        self == .antiEntropyPush || self == .antiEntropyPull || self == .antiEntropyPushPull
    }
}

extension EpidemicTable {
    /// The names of the columns.
    public var header: [String] {
        kind.isAntiEntropy
            ? ["n", "runs", "mean", "expected", "p99", "expected", "laws"]
            : [
                "k", "runs", "s", "paper", "m", "paper", "t_ave", "paper", "t_last", "paper",
                "laws",
            ]
    }

    /// The cells as text.
    public var cells: [[String]] { rows.map { kind.isAntiEntropy ? $0.roundsText : $0.rumorText } }

    /// The table as lines with aligned columns, for a terminal.
    public var text: String {
        let lines = [header] + cells
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return
            ([kind.title]
            + lines.map { line in
                zip(line, widths).map { text, width in
                    text + String(repeating: " ", count: width - text.count)
                }.joined(separator: "  ")
            }).joined(separator: "\n")
    }
}

extension EpidemicTable.Row {
    fileprivate var rumorText: [String] {
        let published = cell.published
        return [
            "\(cell.limit)", "\(residue.count)",
            residue.description, published?.residue.significant ?? "",
            traffic.description, published?.traffic.significant ?? "",
            meanDelay.description, published?.meanDelay.significant ?? "",
            lastDelay.description, published?.lastDelay.significant ?? "",
            lawsText,
        ]
    }

    fileprivate var roundsText: [String] {
        [
            "\(cell.siteCount)", "\(lastDelay.count)", lastDelay.description,
            cell.rounds.map { $0.mean.significant } ?? "",
            lastDelayPercentile99.fixed(0), cell.rounds.map { $0.percentile99.fixed(0) } ?? "",
            lawsText,
        ]
    }

    private var lawsText: String {
        laws.map {
            "\($0.statement): \($0.observed.significant) for \($0.expected.significant) "
                + ($0.holds ? "holds" : "FAILS")
        }.joined(separator: "; ")
    }
}
