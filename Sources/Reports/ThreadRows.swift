import HistoryModel

/// Which row of a picture each operation is drawn in, so that no row holds two at one time.
struct ThreadRows {
    /// What a row stands for: `thread`, `process`, or `lane` where neither can be told.
    let name: String
    /// The row of each operation, in the order of the operations.
    let rows: [Int32]
    /// The label of each row.
    let labels: [String]

    /// Most rows that are given to single processes before rows are shared.
    private static let rowsMax = 40

    /// Finds the rows of operations that are in the order of their calls.
    ///
    /// A process that met an unknown outcome goes on under a new number, the old one plus the
    /// number of threads. If that rule explains the whole history, rows are threads; else each
    /// process has its own, or they share lanes if they are too many.
    init(_ operations: OperationList) {
        if let threads = Self.threads(of: operations) {
            name = "thread"
            rows = operations.indices.map { Int32(operations.process(at: $0) % threads) }
            labels = (0..<threads).map(String.init)
            return
        }
        let processes = Set(operations.indices.lazy.map { operations.process(at: $0) }).sorted()
        if processes.count <= Self.rowsMax {
            name = "process"
            var row: [Int: Int32] = [:]
            for (position, process) in processes.enumerated() { row[process] = Int32(position) }
            rows = operations.indices.map { row[operations.process(at: $0)] ?? 0 }
            labels = processes.map { String($0) }
            return
        }
        name = "lane"
        rows = Self.lanes(of: operations)
        labels = (0..<(Int(rows.max() ?? 0) + 1)).map { String($0) }
    }

    /// The number of threads that explains all process numbers, if there is one.
    private static func threads(of operations: OperationList) -> Int? {
        // Until the first process retired, every number was that of a thread; some threads may
        // have begun later.
        let packed = operations.packed
        guard let retired = packed.lazy.filter(\.hasRetired).map(\.return).min(),
            let largest = packed.indices.prefix(while: { packed[$0].call < retired })
                .lazy.map({ operations.process(at: $0) }).max(),
            largest < 1000
        else { return nil }
        return (largest + 1...2 * largest + 2).first { explains(operations, threads: $0) }
    }

    private static func explains(_ operations: OperationList, threads: Int) -> Bool {
        guard threads > 0 else { return false }
        var freeFrom = [Int64](repeating: -1, count: threads)
        for (place, operation) in operations.packed.enumerated() {
            let process = operations.process(at: place)
            guard process >= 0, Int64(operation.call) > freeFrom[process % threads] else {
                return false
            }
            freeFrom[process % threads] = Int64(operation.return)
        }
        // A row that nothing ran in shows that the numbers were given out by another rule.
        return !freeFrom.contains(-1)
    }

    private static func lanes(of operations: OperationList) -> [Int32] {
        var freeFrom: [UInt32] = []
        return operations.packed.map { operation in
            // An operation that never ended would take its lane for good; it takes its call only.
            let end = operation.return == PackedOperation.never ? operation.call : operation.return
            let lane = freeFrom.firstIndex { $0 < operation.call } ?? freeFrom.count
            if lane == freeFrom.count { freeFrom.append(end) } else { freeFrom[lane] = end }
            return Int32(lane)
        }
    }
}

extension PackedOperation {
    /// Whether its outcome is known to be unknown, so that its process did nothing afterwards.
    fileprivate var hasRetired: Bool { outcome == .info && `return` != Self.never }
}
