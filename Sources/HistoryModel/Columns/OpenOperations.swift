/// The operations that processes have open; processes are mostly numbered from 0 without gaps.
struct OpenOperations: Sendable {
    private var dense: [Int32]
    private let denseMax: Int
    private var sparse: [Int: Int32] = [:]

    /// Makes room for the processes of so many operations.
    init(expecting count: Int) {
        denseMax = 2 * count + 1024
        dense = [Int32](repeating: -1, count: 1024)
    }

    /// Notes what a process begins; false if it has something open.
    mutating func begin(_ process: Int, as operation: Int32) -> Bool {
        guard process >= 0, process < denseMax else {
            guard sparse[process] == nil else { return false }
            sparse[process] = operation
            return true
        }
        if process >= dense.count {
            let more = Swift.max(dense.count, process + 1 - dense.count)
            dense.append(contentsOf: repeatElement(-1, count: more))
        }
        guard dense[process] < 0 else { return false }
        dense[process] = operation
        return true
    }

    /// What the process had open, which is over now.
    mutating func end(_ process: Int) -> Int32? {
        guard process >= 0, process < denseMax else { return sparse.removeValue(forKey: process) }
        guard process < dense.count, dense[process] >= 0 else { return nil }
        defer { dense[process] = -1 }
        return dense[process]
    }
}
