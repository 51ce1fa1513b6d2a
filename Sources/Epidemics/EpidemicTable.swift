/// What came of all cells of one kind, beside what was expected.
public struct EpidemicTable: Hashable, Sendable {
    /// What a table is about.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// The paper's table 1.
        case pushFeedbackCounter
        /// The paper's table 2.
        case pushBlindCoin
        /// The paper's table 3.
        case pullFeedbackCounter
        /// The kind that the law s = e^(−(k+1)(1−s)) is derived for.
        case pushFeedbackCoin
        /// Rounds until all know, against the number of sites.
        case antiEntropyPush
        /// The same, pulling.
        case antiEntropyPull
        /// The same, both ways.
        case antiEntropyPushPull
    }

    /// One cell with what was observed.
    public struct Row: Hashable, Sendable {
        /// The cell.
        public var cell: EpidemicCell
        /// s.
        public var residue: Estimate
        /// m.
        public var traffic: Estimate
        /// t_ave.
        public var meanDelay: Estimate
        /// t_last, or the rounds until all know.
        public var lastDelay: Estimate
        /// What 99 of 100 runs do not exceed in it.
        public var lastDelayPercentile99: Double
        /// What is judged.
        public var laws: [EpidemicLaw]
    }

    /// What the table is about.
    public var kind: Kind
    /// One row a cell.
    public var rows: [Row]

    /// Makes a table of these rows.
    public init(kind: Kind, rows: [Row]) {
        self.kind = kind
        self.rows = rows
    }

    /// Whether every law holds.
    public var holds: Bool { rows.allSatisfy { $0.laws.allSatisfy(\.holds) } }
}

extension EpidemicTable.Row {
    /// Sums up the outcomes of a cell's runs, in the order of the runs.
    public init(cell: EpidemicCell, outcomes: [EpidemicOutcome]) {
        self.cell = cell
        residue = Estimate(outcomes.map(\.residue))
        traffic = Estimate(outcomes.map(\.traffic))
        meanDelay = Estimate(outcomes.map(\.meanDelay))
        lastDelay = Estimate(outcomes.map(\.lastDelay))
        let sorted = outcomes.map(\.lastDelay).sorted()
        let place = (99 * sorted.count + 99) / 100 - 1
        lastDelayPercentile99 = sorted.indices.contains(place) ? sorted[place] : 0
        laws = []
        laws = EpidemicLaw.judge(self)
    }
}
