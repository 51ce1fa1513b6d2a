public import Epidemics
internal import Synchronization
public import Vocabulary

/// Runs the cells of a study of epidemics, one after the other, the runs of each on all cores.
public struct EpidemicLoop: Sendable {
    private let cells: [EpidemicCell]
    private let seed: Seed
    private let jobs: Int

    /// Prepares the study of some cells.
    ///
    /// - Parameters:
    ///   - cells: What is to be run.
    ///   - seed: The source of all randomness.
    ///   - jobs: How many epidemics run at a time.
    public init(cells: [EpidemicCell], seed: Seed, jobs: Int) {
        self.cells = cells
        self.seed = seed
        self.jobs = jobs
    }

    /// What the workers share.
    private final class Board: Sendable {
        struct State {
            var isStopped = false
            var begun = 0
            var outcomes: [EpidemicOutcome?] = []
        }

        let state = Mutex(State())
    }

    /// Runs all cells, or as many as are done when it is stopped.
    ///
    /// - Parameters:
    ///   - stops: An element asks to end early; a cell that is not done then is left out.
    ///   - onCell: Called when a cell begins, with its place.
    /// - Returns: the tables of what was done, in the order of their kinds.
    /// - Throws: nothing of its own.
    public func run(
        stops: AsyncStream<Void>, onCell: @Sendable (Int) -> Void
    ) async throws -> [EpidemicTable] {
        let board = Board()
        let stopper = Task {
            for await _ in stops { board.state.withLock { $0.isStopped = true } }
        }
        defer { stopper.cancel() }
        var rows: [EpidemicTable.Kind: [EpidemicTable.Row]] = [:]
        for (place, cell) in cells.enumerated() {
            onCell(place)
            guard let outcomes = try await outcomes(of: cell, board) else { break }
            rows[cell.table, default: []].append(.init(cell: cell, outcomes: outcomes))
        }
        return EpidemicTable.Kind.allCases.compactMap { kind in
            rows[kind].map { EpidemicTable(kind: kind, rows: $0) }
        }
    }

    /// All runs of a cell, in their order; nil if they were stopped.
    private func outcomes(of cell: EpidemicCell, _ board: Board) async throws -> [EpidemicOutcome]?
    {
        board.state.withLock { state in
            state.begun = 0
            state.outcomes = Array(repeating: nil, count: cell.runCount)
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<jobs {
                tasks.addTask { try await DedicatedThread.run { work(cell, board) } }
            }
            for try await _ in tasks {}
        }
        let outcomes = board.state.withLock { $0.outcomes }.compactMap(\.self)
        return outcomes.count == cell.runCount ? outcomes : nil
    }

    private func work(_ cell: EpidemicCell, _ board: Board) {
        while let run = next(board) {
            let outcome = cell.outcome(run: run, seed: seed)
            board.state.withLock { $0.outcomes[run] = outcome }
        }
    }

    private func next(_ board: Board) -> Int? {
        board.state.withLock { state in
            guard !state.isStopped, state.begun < state.outcomes.count else { return nil }
            state.begun += 1
            return state.begun - 1
        }
    }
}
