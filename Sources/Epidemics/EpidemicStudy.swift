/// All tables of one study.
public struct EpidemicStudy: Hashable, Sendable {
    /// The tables, in the order of their kinds.
    public var tables: [EpidemicTable]
    /// How many cells were to be run; fewer were if it was ended early.
    public var cellCount: Int
    /// How many runs there were, relative to the usual number.
    public var effort: Double
    /// The seed of all randomness.
    public var seed: UInt64

    /// Makes a study; see the properties.
    public init(tables: [EpidemicTable], cellCount: Int, effort: Double, seed: UInt64) {
        self.tables = tables
        self.cellCount = cellCount
        self.effort = effort
        self.seed = seed
    }

    private var rows: [EpidemicTable.Row] { tables.flatMap(\.rows) }

    /// Whether all cells were run.
    public var isWhole: Bool { rows.count == cellCount }

    /// Whether every law holds that was looked at.
    public var holds: Bool { tables.allSatisfy(\.holds) }

    /// How many cells were run.
    public var doneCount: Int { rows.count }

    /// How many epidemics were run.
    public var runCount: Int { rows.reduce(0) { $0 + $1.lastDelay.count } }

    /// How many laws were looked at.
    public var lawCount: Int { rows.reduce(0) { $0 + $1.laws.count } }

    /// What came of it, in a sentence or two.
    public var conclusion: String {
        let broken = tables.flatMap { table in
            table.rows.flatMap { row in
                row.laws.filter { !$0.holds }.map { "\($0.statement) at \(row.name(in: table))" }
            }
        }
        let judged =
            if broken.isEmpty {
                lawCount == 0
                    ? "No law was looked at."
                    : lawCount == 1 ? "The one law holds." : "All \(lawCount) laws hold."
            } else {
                "\(broken.count) of \(lawCount) laws \(broken.count == 1 ? "fails" : "fail"): "
                    + broken.joined(separator: "; ") + "."
            }
        return isWhole
            ? judged : "Ended early, with \(doneCount) of \(cellCount) cells. \(judged)"
    }
}

extension EpidemicTable.Row {
    /// The row as a sentence names it, such as `push, feedback, counter, k = 2`.
    fileprivate func name(in table: EpidemicTable) -> String {
        table.kind.name + (cell.limit > 0 ? ", k = \(cell.limit)" : ", n = \(cell.siteCount)")
    }
}
