import HistoryModel

/// Judges one register, operation by operation as they begin and end, in memory that does not grow
/// with their number.
///
/// Decides as ``BlockMonitor`` does, by blocks: a written value, its reads, the compare-and-set
/// that takes it away, and so on. Remembered is only what something can still be added to, and
/// values that may yet turn up: an operation on a value that was forgotten would come too late.
/// No value may be written again while it is remembered.
///
/// Time is the place among the events; it rises from call to call.
struct RegisterStream: Sendable {
    /// Why a stream is at its end.
    enum End: Hashable, Sendable {
        /// The operations can't be put in order.
        case violation
        /// A value came back, or an operation is none of a register: it takes more to decide.
        case undecided
    }

    /// An operation that is under way, for whoever ends it.
    struct Open: Sendable {
        var kind: RegisterOperation.Kind
        var before: ValueCode
        var after: ValueCode
        var call: Int
        /// Its number among the pending calls; -1 if it will have no known outcome.
        fileprivate var number: Int
    }

    /// Why nothing more can be said; nil while all is well.
    private(set) var end: End?
    /// The operations that bear on the verdict so far: reads, and what brought values that were seen.
    private(set) var judged = 0
    private var values = ValueRecords()
    private var blocks = BlockQueue()
    private var pending = PendingCalls()

    /// A register that holds this value at first, as if it had been written before everything.
    init(initial: ValueCode) {
        let record = values.add(ValueRecord(code: initial, call: -1))
        openBlock(record, at: -1)
    }

    /// How many values are remembered.
    var remembered: Int { values.count }

    /// Gives up on a history that is not one of a register.
    mutating func leave() { end = end ?? .undecided }

    /// Adds the codes of all values that are remembered.
    func addCodes(to codes: inout [ValueCode]) { values.addCodes(to: &codes) }

    /// An operation begins; what a read finds is not asked for yet.
    ///
    /// An open-ended one is known already to have no known outcome; nobody will end it.
    mutating func begin(
        _ kind: RegisterOperation.Kind, before: ValueCode, after: ValueCode, at time: Int,
        isOpenEnded: Bool = false
    ) -> Open {
        let number = isOpenEnded ? -1 : pending.begin(at: time)
        if kind != .read, end == nil { expect(kind, before: before, after: after, at: time) }
        return Open(kind: kind, before: before, after: after, call: time, number: number)
    }

    /// An operation has happened; a read also says what it found.
    mutating func succeed(_ open: Open, found: ValueCode? = nil, at time: Int) {
        pending.end(open.number)
        guard end == nil else { return }
        if open.kind == .read { judged += 1 }
        observe(found ?? open.after, call: open.call, at: time)
        forget(at: time)
    }

    /// An operation has certainly not happened; a compare-and-set may say what it found instead.
    mutating func fail(_ open: Open, found: ValueCode? = nil, at time: Int) {
        pending.end(open.number)
        guard end == nil else { return }
        if open.kind != .read {
            guard let record = values.record(of: open.after), !values[record].isSeen else {
                end = .violation
                return
            }
            values.remove(record)
        }
        if let found {
            judged += 1
            observe(found, call: open.call, at: time)
        }
        forget(at: time)
    }

    /// Nobody will ever know whether an operation happened.
    mutating func lose(_ open: Open, at time: Int) {
        pending.end(open.number)
        guard end == nil else { return }
        forget(at: time)
    }
}

// MARK: - What happened

extension RegisterStream {
    /// From now on the value may turn up.
    private mutating func expect(
        _ kind: RegisterOperation.Kind, before: ValueCode, after: ValueCode, at time: Int
    ) {
        guard values.record(of: after) == nil else {
            end = .undecided
            return
        }
        var record = ValueRecord(code: after, call: time)
        if kind == .cas {
            record.isLoose = true
            record.before = before
        }
        _ = values.add(record)
    }

    /// An operation returns that found or brought a value.
    private mutating func observe(_ code: ValueCode, call: Int, at time: Int) {
        guard let record = values.record(of: code), settle(record, at: time) else {
            end = .violation
            return
        }
        let value = values[record]
        let hasGrown = blocks.extend(value.block, to: call)
        if value.firstAbove < call || hasGrown && isCrossed(value.block, at: time) {
            end = .violation
        }
        values.markAbove(value.below, at: time)
    }

    /// Gives the value its place in a block, now that it has certainly been there.
    ///
    /// Whatever was expected by compare-and-sets on the way to it has been there, too.
    private mutating func settle(_ record: Int32, at time: Int) -> Bool {
        guard values[record].block < 0 else { return true }
        guard values[record].isLoose else {
            openBlock(record, at: time)
            return true
        }
        // From the value down to one that has its place, then up again.
        var chain = [record]
        while let lowest = chain.last, values[lowest].isLoose {
            guard let below = values.record(of: values[lowest].before),
                values[below].above < 0, below != record
            else { return false }
            values[below].above = lowest
            values[lowest].below = below
            chain.append(below)
        }
        if let lowest = chain.popLast(), values[lowest].block < 0 { openBlock(lowest, at: time) }
        for next in chain.reversed() {
            let block = values[values[next].below].block
            values[next].block = block
            values[next].isLoose = false
            judged += 1
            blocks.setTail(of: block, to: next)
            // Later calls count as well, which is looked at when the observer's own does.
            if blocks.extend(block, to: values[next].call), isCrossed(block, at: time) {
                return false
            }
        }
        values.markAbove(values[record].below, at: time)
        return true
    }

    private mutating func openBlock(_ record: Int32, at time: Int) {
        if time >= 0 { judged += 1 }
        values[record].block = blocks.append(
            firstReturn: time, lastCall: values[record].call, tail: record)
    }

    /// A block that returned for the first time just now can't have anything behind it.
    private func isCrossed(_ block: Int, at time: Int) -> Bool {
        blocks.firstReturn(of: block) < time && blocks.isCrossed(block)
    }

    /// Forgets what nothing can be added to any more.
    private mutating func forget(at time: Int) {
        let earliest = pending.earliest ?? time + 1
        values.forget(before: earliest)
        blocks.forget(before: earliest) { values.removeChain(from: $0) }
    }
}
