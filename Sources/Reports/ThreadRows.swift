import HistoryModel

/// Which row of a picture each operation is drawn in, so that no row holds two at one time.
struct ThreadRows {
    /// What a row stands for: `thread`, `process`, or `lane` where neither can be told.
    let name: String
    /// The row of each operation, in the order of the operations.
    let rows: [Int]
    /// The label of each row.
    let labels: [String]

    /// Most rows that are given to single processes before rows are shared.
    private static let rowsMax = 40

    /// Finds the rows of operations that are in the order of their calls.
    ///
    /// A process that met an unknown outcome goes on under a new number, the old one plus the
    /// number of threads. If that rule explains the whole history, rows are threads; else each
    /// process has its own, or they share lanes if they are too many.
    init(_ operations: [Operation]) {
        if let threads = Self.threads(of: operations) {
            name = "thread"
            rows = operations.map { $0.process.rawValue % threads }
            labels = (0..<threads).map(String.init)
            return
        }
        let processes = Set(operations.map(\.process)).sorted()
        if processes.count <= Self.rowsMax {
            name = "process"
            var row: [ProcessID: Int] = [:]
            for (position, process) in processes.enumerated() { row[process] = position }
            rows = operations.map { row[$0.process] ?? 0 }
            labels = processes.map { String($0.rawValue) }
            return
        }
        name = "lane"
        rows = Self.lanes(of: operations)
        labels = (0..<((rows.max() ?? 0) + 1)).map(String.init)
    }

    /// The number of threads that explains all process numbers, if there is one.
    private static func threads(of operations: [Operation]) -> Int? {
        // Until the first process retired, every number was that of a thread; some threads may
        // have begun later.
        let retired = operations.lazy.filter { $0.outcome == .info }.compactMap(\.return).min()
        guard let retired,
            let largest = operations.prefix(while: { $0.call < retired })
                .map(\.process.rawValue).max(),
            largest < 1000
        else { return nil }
        return (largest + 1...2 * largest + 2).first { explains(operations, threads: $0) }
    }

    private static func explains(_ operations: [Operation], threads: Int) -> Bool {
        var freeFrom = [Int](repeating: -1, count: threads)
        for operation in operations {
            let process = operation.process.rawValue
            guard process >= 0, operation.call > freeFrom[process % threads] else { return false }
            freeFrom[process % threads] = operation.return ?? Int.max
        }
        // A row that nothing ran in shows that the numbers were given out by another rule.
        return !freeFrom.contains(-1)
    }

    private static func lanes(of operations: [Operation]) -> [Int] {
        var freeFrom: [Int] = []
        return operations.map { operation in
            // An operation that never ended would take its lane for good; it takes its call only.
            let end = operation.return ?? operation.call
            let lane = freeFrom.firstIndex { $0 < operation.call } ?? freeFrom.count
            if lane == freeFrom.count { freeFrom.append(end) } else { freeFrom[lane] = end }
            return lane
        }
    }
}
