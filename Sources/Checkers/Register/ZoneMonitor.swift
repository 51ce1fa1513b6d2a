/// Decides in linear time whether a register on which every value is written once is linearizable.
///
/// A block is a maximal chain of compare-and-sets with all reads on the way: the producer of a
/// value, its readers, the compare-and-set that takes it away, the readers of the next value, and
/// so on. Operations of different blocks are never mixed, so only the order of the blocks is open.
///
/// Source: Gibbons & Korach, "Testing shared memories" (1997), forced zones, extended to
/// compare-and-set.
struct ZoneMonitor {
    private let operations: [RegisterOperation]
    private let valueCount: Int
    private let none: Int32 = -1
    /// Per value: who brought it.
    private var producers: [Int32]
    /// Per value: the compare-and-set that took it away.
    private var takers: [Int32]
    /// Per value: one reader; and per operation: another reader of the same value.
    private var readers: [Int32]
    private var nextReader: [Int32]

    /// Takes on the history if every value in it is written once and the initial one never.
    init?(_ history: RegisterHistory) {
        guard !history.startsAnywhere else { return nil }
        operations = history.operations
        valueCount = history.values.count
        producers = [Int32](repeating: none, count: valueCount)
        for (index, operation) in operations.enumerated() where operation.mutates {
            let value = Int(operation.after)
            guard value != RegisterHistory.initialValue, producers[value] == none else {
                return nil
            }
            producers[value] = Int32(index)
        }
        takers = [Int32](repeating: none, count: valueCount)
        readers = takers
        nextReader = [Int32](repeating: none, count: operations.count)
    }

    /// Finds the reason why the operations can't be put in order, if there is one.
    ///
    /// - Complexity: O(n).
    mutating func violation() -> RegisterViolation? {
        if let violation = connect() { return violation }
        var zones: [RegisterViolation.Zone] = []
        var visited = 0
        for value in 0..<valueCount where beginsZone(value) {
            switch scanZone(from: value, visited: &visited) {
            case .failure(let violation): return violation
            case .success(let zone): zones.append(zone)
            }
        }
        if visited < valueCount, let violation = circle() { return violation }
        return crossing(of: zones)
    }

    /// Links every value with those who observe it.
    private mutating func connect() -> RegisterViolation? {
        for (index, operation) in operations.enumerated() where operation.observes {
            let value = Int(operation.before)
            if producers[value] == none, value != RegisterHistory.initialValue {
                return .neverWritten(observer: index)
            }
            if operation.kind == .read {
                nextReader[index] = readers[value]
                readers[value] = Int32(index)
            } else if takers[value] == none {
                takers[value] = Int32(index)
            } else {
                return .takenTwice(first: Int(takers[value]), second: index)
            }
        }
        return nil
    }

    private func beginsZone(_ value: Int) -> Bool {
        producers[value] == none || operations[Int(producers[value])].kind == .write
    }

    /// Walks up one chain, level by level; a level must not return before an earlier was called.
    private func scanZone(
        from root: Int, visited: inout Int
    ) -> Result<RegisterViolation.Zone, RegisterViolation> {
        var zone = RegisterViolation.Zone(firstReturn: .max, lastCall: -1)
        if root == RegisterHistory.initialValue { zone.firstReturn = -1 }
        var value = root
        while true {
            visited += 1
            // One level: the producer of the value.
            if producers[value] != none {
                let producer = Int(producers[value])
                if let late = zone.contradiction(with: operations[producer], at: producer) {
                    return .failure(late)
                }
                zone.add(operations[producer], at: producer)
            }
            // The next: its readers, in any order among themselves.
            let before = zone
            var next = readers[value]
            while next != none {
                let reader = Int(next)
                if let late = before.contradiction(with: operations[reader], at: reader) {
                    return .failure(late)
                }
                zone.add(operations[reader], at: reader)
                next = nextReader[reader]
            }
            guard takers[value] != none else { return .success(zone) }
            value = Int(operations[Int(takers[value])].after)
        }
    }

    /// The only values no block reaches are those that compare-and-sets pass around in a circle.
    private func circle() -> RegisterViolation? {
        var reached = [Bool](repeating: false, count: valueCount)
        for root in 0..<valueCount where beginsZone(root) {
            var value = root
            reached[value] = true
            while takers[value] != none {
                value = Int(operations[Int(takers[value])].after)
                reached[value] = true
            }
        }
        guard let value = reached.firstIndex(of: false) else { return nil }
        return .feedingEachOther(member: Int(producers[value]))
    }

    /// Finds two blocks that would each have to come before the other.
    ///
    /// B must precede C exactly if B's first return comes before C's last call. Of two that cross,
    /// take the one whose last call comes first: by then the other has begun, and it, or one that
    /// ends even later, is the last to end of all that have begun. So it is enough to know that.
    private func crossing(of zones: [RegisterViolation.Zone]) -> RegisterViolation? {
        var beginning = [Int32](repeating: none, count: 2 * operations.count)
        var ending = beginning
        var latest = none
        for (index, zone) in zones.enumerated() where zone.last != nil {
            ending[zone.lastCall] = Int32(index)
            if zone.firstReturn < 0 {
                latest = Int32(index)
            } else if zone.firstReturn < beginning.count {
                beginning[zone.firstReturn] = Int32(index)
            }
        }
        for time in beginning.indices {
            let begun = Int(beginning[time])
            if begun >= 0, latest < 0 || zones[begun].lastCall > zones[Int(latest)].lastCall {
                latest = Int32(begun)
            }
            let ended = Int(ending[time])
            guard ended >= 0, latest >= 0, ended != latest else { continue }
            if zones[Int(latest)].lastCall > zones[ended].firstReturn {
                return .crossed(zones[Int(latest)], zones[ended])
            }
        }
        return nil
    }
}

extension RegisterViolation: Error {}

extension RegisterViolation.Zone {
    /// An operation of a higher level must not have returned before one down here was called.
    fileprivate func contradiction(
        with operation: RegisterOperation, at index: Int
    ) -> RegisterViolation? {
        guard let last, operation.return < lastCall else { return nil }
        return .tooLate(earlier: last, later: index)
    }

    fileprivate mutating func add(_ operation: RegisterOperation, at index: Int) {
        if operation.return < firstReturn {
            firstReturn = operation.return
            first = index
        }
        if operation.call > lastCall {
            lastCall = operation.call
            last = index
        }
    }
}
