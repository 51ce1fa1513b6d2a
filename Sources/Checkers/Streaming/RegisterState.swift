import HistoryModel

/// What a stream has come to; ``RegisterStream`` tells how it works.
struct RegisterState: ~Copyable {
    private(set) var end: StreamEnd?
    private(set) var judged = 0
    private var values = ValueRecords()
    private var zones = ZoneQueue()
    private var pending = PendingCalls()
    /// All that is forgotten returned before this.
    private var horizon = Int.min

    init(initial: ValueCode) {
        let record = values.add(ValueRecord(code: initial, call: -1))
        openZone(record, at: -1)
    }

    private init(_ original: borrowing RegisterState) {
        end = original.end
        judged = original.judged
        values = original.values.copy()
        zones = original.zones.copy()
        pending = original.pending.copy()
        horizon = original.horizon
    }

    func copy() -> RegisterState { RegisterState(self) }

    var remembered: Int { values.count }

    mutating func leave() { end = end ?? .undecided }

    func addCodes(to codes: inout [ValueCode]) { values.addCodes(to: &codes) }

    mutating func begin(
        _ kind: RegisterOperation.Kind, before: ValueCode, after: ValueCode, at time: Int,
        isOpenEnded: Bool
    ) -> RegisterStream.Open {
        let number = isOpenEnded ? -1 : pending.begin(at: time)
        let record =
            kind != .read && end == nil ? expect(kind, before: before, after: after, at: time) : -1
        return RegisterStream.Open(
            kind: kind, before: before, after: after, record: record, call: time, number: number)
    }

    mutating func succeed(_ open: RegisterStream.Open, found: ValueCode?, at time: Int) {
        pending.end(open.number)
        guard end == nil else { return }
        if open.kind == .read { judged += 1 }
        let code = found ?? open.after
        observe(values.record(of: code, at: open.record), call: open.call, at: time)
        forget()
    }

    mutating func fail(_ open: RegisterStream.Open, found: ValueCode?, at time: Int) {
        pending.end(open.number)
        guard end == nil else { return }
        if open.kind != .read {
            guard let record = values.record(of: open.after, at: open.record),
                !values[record].isSeen
            else {
                end = .violation
                return
            }
            values.remove(record)
        }
        if let found {
            judged += 1
            observe(values.record(of: found), call: open.call, at: time)
        }
        forget()
    }

    mutating func lose(_ open: RegisterStream.Open, at time: Int) {
        pending.end(open.number)
        guard end == nil else { return }
        forget()
    }
}

// MARK: - What happened

extension RegisterState {
    /// From now on the value may turn up.
    ///
    /// - Returns: Where it is remembered.
    private mutating func expect(
        _ kind: RegisterOperation.Kind, before: ValueCode, after: ValueCode, at time: Int
    ) -> Int32 {
        guard values.record(of: after) == nil else {
            end = .undecided
            return -1
        }
        var record = ValueRecord(code: after, call: time)
        if kind == .cas {
            record.isLoose = true
            record.before = before
        }
        return values.add(record)
    }

    /// An operation returns that found or brought a value; nil for one that is not remembered.
    private mutating func observe(_ record: Int32?, call: Int, at time: Int) {
        guard let record, values[record].isSeen || settle(record, at: time) else {
            end = .violation
            return
        }
        let zone = values[record].zone
        let hasGrown = zones.extend(zone, to: call)
        if values[record].firstAbove < call || hasGrown && isCrossed(zone, at: time) {
            end = .violation
        }
        values.markAbove(values[record].below, at: time)
    }

    /// Gives the value its place in a block, now that it has certainly been there.
    ///
    /// Whatever was expected by compare-and-sets on the way to it has been there, too.
    private mutating func settle(_ record: Int32, at time: Int) -> Bool {
        // From the value down to one that has its place.
        var lowest = record
        while values[lowest].isLoose {
            guard let below = values.record(of: values[lowest].before),
                values[below].above < 0, below != record
            else { return false }
            values[below].above = lowest
            values[lowest].below = below
            lowest = below
        }
        if !values[lowest].isSeen { openZone(lowest, at: time) }
        // And up again.
        let zone = values[lowest].zone
        while lowest != record {
            lowest = values[lowest].above
            values[lowest].zone = zone
            values[lowest].isLoose = false
            judged += 1
            zones.setTail(of: zone, to: lowest)
            // Later calls count as well, which is looked at when the observer's own does.
            if zones.extend(zone, to: values[lowest].call), isCrossed(zone, at: time) {
                return false
            }
        }
        values.markAbove(values[record].below, at: time)
        return true
    }

    private mutating func openZone(_ record: Int32, at time: Int) {
        if time >= 0 { judged += 1 }
        values[record].zone = zones.append(
            firstReturn: time, lastCall: values[record].call, tail: record)
    }

    /// A block that returned for the first time just now can't have anything behind it.
    private func isCrossed(_ zone: Int, at time: Int) -> Bool {
        zones.firstReturn(of: zone) < time && zones.isCrossed(zone)
    }

    /// Forgets what nothing can be added to any more.
    private mutating func forget() {
        let earliest = pending.earliest
        guard earliest != horizon || earliest == .max else { return }
        horizon = earliest
        values.forget(before: earliest)
        zones.settle(before: earliest)
        while let tail = zones.forgetOne() { values.removeChain(from: tail) }
    }
}
