import HistoryModel

/// By when each write of one register had certainly taken effect, where every value was written once.
///
/// A write took effect before it returned, and before any read of its value did: also one that never
/// returned, or that its client heard nothing of.
struct WriteEffects {
    /// By value written: the event by which the write had taken effect; `Int.max` if none is known.
    private(set) var bounds: [Value: Int] = [:]
    /// By value written: who found it before the write itself returned.
    private var witnesses: [Value: Operation] = [:]

    /// Takes all operations of the register.
    init(_ operations: [Operation]) {
        for write in operations {
            guard let value = write.written else { continue }
            bounds[value] = write.outcome == .ok ? write.return ?? .max : .max
        }
        for read in operations {
            guard let value = read.observed, let end = read.return,
                let bound = bounds[value], end < bound
            else { continue }
            bounds[value] = end
            witnesses[value] = read
        }
    }

    /// The event by which an operation that writes had taken effect.
    func bound(of write: Operation) -> Int { write.written.flatMap { bounds[$0] } ?? .max }

    /// Who shows that a write took effect before an event: the write itself, by its return, or the
    /// first to find what it wrote.
    func witness(of write: Operation, before event: Int) -> Operation {
        if write.outcome == .ok, write.return ?? .max < event { return write }
        return write.written.flatMap { witnesses[$0] } ?? write
    }
}

extension Operation {
    /// What a compare-and-set expects and sets.
    var pair: (expected: Value, new: Value)? {
        guard function == .cas, case .list(let pair) = input, pair.count == 2 else { return nil }
        return (pair[0], pair[1])
    }

    /// What it wrote, or may have written; nil if it changed nothing.
    var written: Value? {
        guard outcome != .fail else { return nil }
        guard let pair else { return function == .write ? input : nil }
        return pair.expected == pair.new ? nil : pair.new
    }

    /// What it certainly found.
    var observed: Value? {
        switch outcome {
        case .ok: function == .read ? output : pair?.expected
        case .fail: function == .cas ? found : nil
        case .info: nil
        }
    }
}
