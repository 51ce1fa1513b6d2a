import HistoryModel
import Vocabulary

/// What the operations of one function came to, and how long those took that went well.
struct FunctionFigures {
    var function: Function
    var ok = 0
    var fail = 0
    var info = 0
    /// The latencies of the successful ones, sorted.
    private(set) var latencies: [Nanoseconds] = []

    /// The figures of every function in the order of its first call.
    static func all(of operations: OperationList, in events: EventList) -> [FunctionFigures] {
        var figures = operations.functions.map { FunctionFigures(function: $0) }
        for operation in operations.packed {
            figures[Int(operation.function)].add(operation, events)
        }
        for slot in figures.indices { figures[slot].latencies.sort() }
        return figures.filter { $0.ok + $0.fail + $0.info > 0 }
    }

    private mutating func add(_ operation: PackedOperation, _ events: EventList) {
        switch operation.outcome {
        case .ok:
            ok += 1
            latencies.append(
                events.time(at: Int(operation.return)) - events.time(at: Int(operation.call)))
        case .fail: fail += 1
        case .info: info += 1
        }
    }

    /// The latency that this share of the successful operations stayed at or below.
    ///
    /// - Parameter share: between 0 and 1; 1 gives the largest.
    /// - Returns: nil if there are none.
    func quantile(_ share: Double) -> Nanoseconds? {
        guard let last = latencies.last else { return nil }
        let rank = Int((share * Double(latencies.count)).rounded(.up)) - 1
        return rank < latencies.count ? latencies[max(0, rank)] : last
    }

    /// How many latencies fall into each of `bins` classes of equal ratio between two bounds.
    func histogram(from low: Nanoseconds, to high: Nanoseconds, bins: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: bins)
        var position = 0
        for bin in 0..<bins {
            // The bounds grow like a geometric series, without the logarithms of a platform.
            let bound = bin == bins - 1 ? Double.infinity : bounds(low, high, bins)[bin]
            while position < latencies.count, Double(latencies[position]) <= bound {
                counts[bin] += 1
                position += 1
            }
        }
        return counts
    }

    private func bounds(_ low: Nanoseconds, _ high: Nanoseconds, _ bins: Int) -> [Double] {
        var ratio = Double(max(high, low + 1)) / Double(max(low, 1))
        // The n-th root by repeated square roots: bins is a power of two.
        var steps = bins
        while steps > 1 {
            ratio = ratio.squareRoot()
            steps /= 2
        }
        var bound = Double(max(low, 1))
        return (0..<bins).map { _ in
            bound *= ratio
            return bound
        }
    }
}
