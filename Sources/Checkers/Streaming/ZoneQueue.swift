/// Blocks of operations that can't be parted, in the order in which the first of each returned.
///
/// A block is two moments: the first return in it, which never changes, and the last call, which
/// grows. B comes before C exactly if B's first return comes before C's last call. So two blocks
/// contradict each other if both hold.
///
/// Source: Gibbons & Korach, "Testing shared memories" (1997).
struct ZoneQueue: ~Copyable {
    private struct Zone: BitwiseCopyable {
        var firstReturn = 0
        var lastCall = 0
        /// The record of the value that its chain has come to.
        var tail: Int32 = -1
    }

    /// By their numbers; the first returns rise.
    private var zones = Ring(Zone(), bits: 3)
    /// Per 64 blocks: their last call of all.
    private var latest = Ring(Int.min, bits: 1)
    /// The same per 4,096 blocks.
    private var latestOfMany = Ring(Int.min, bits: 1)
    /// The number of the next block.
    private var end = 0
    /// Blocks before this one have returned before all that is under way was called.
    private var settled = 0
    /// Blocks before this one are forgotten, all but `held`.
    private var passed = 0
    private var held = -1
    /// Of the settled blocks: the two that were called last.
    private var last = (zone: -1, call: Int.min)
    private var secondLast = (zone: -1, call: Int.min)

    /// The first block that is remembered.
    private var first: Int { held >= 0 ? held : passed }

    func firstReturn(of zone: Int) -> Int { zones[zone].firstReturn }

    mutating func setTail(of zone: Int, to record: Int32) { zones[zone].tail = record }

    /// Adds a block whose first operation returns now.
    mutating func append(firstReturn: Int, lastCall: Int, tail: Int32) -> Int {
        // As soon as there is more than one group, whole ones must find room.
        let group = zones.capacity <= 64 ? 1 : zones.capacity <= 4096 ? 64 : 4096
        if end - first & -group == zones.capacity { grow() }
        let zone = end
        end += 1
        zones[zone] = Zone(firstReturn: firstReturn, lastCall: lastCall, tail: tail)
        if zone & 63 == 0 { latest[zone >> 6] = .min }
        if zone & 4095 == 0 { latestOfMany[zone >> 12] = .min }
        noteCall(lastCall, of: zone)
        return zone
    }

    private mutating func grow() {
        if zones.capacity >= 128 { latest.grow(keeping: (first >> 6)..<((end + 63) >> 6)) }
        if zones.capacity >= 8192 {
            latestOfMany.grow(keeping: (first >> 12)..<((end + 4095) >> 12))
        }
        zones.grow(keeping: first..<end)
    }

    @inline(__always)
    private mutating func noteCall(_ call: Int, of zone: Int) {
        latest[zone >> 6] = max(latest[zone >> 6], call)
        latestOfMany[zone >> 12] = max(latestOfMany[zone >> 12], call)
    }

    /// An operation of the block was called at `call`; true if that was later than all others.
    mutating func extend(_ zone: Int, to call: Int) -> Bool {
        guard call > zones[zone].lastCall else { return false }
        zones[zone].lastCall = call
        noteCall(call, of: zone)
        if zone < settled { rank(zone) }
        return true
    }

    /// Whether another block would have to come both before and after this one.
    ///
    /// - Complexity: O(n / 4,096) in the number of blocks that returned since the earliest call that
    ///   is still under way.
    func isCrossed(_ zone: Int) -> Bool {
        let own = zones[zone]
        var other = first
        while other < end, zones[other].firstReturn < own.lastCall {
            if other & 4095 == 0, other + 4096 <= end,
                latestOfMany[other >> 12] <= own.firstReturn
            {
                other += 4096
                continue
            }
            if other & 63 == 0, other + 64 <= end, latest[other >> 6] <= own.firstReturn {
                other += 64
                continue
            }
            if zones[other].lastCall > own.firstReturn, other != zone { return true }
            other += 1
        }
        return false
    }

    /// Takes note that all that is under way was called at `earliest` or later.
    mutating func settle(before earliest: Int) {
        while settled < end, zones[settled].firstReturn < earliest {
            settled += 1
            rank(settled - 1)
        }
    }

    /// Forgets one of the blocks that nothing can be added to any more.
    ///
    /// A block that comes before a settled one is over: what is added to it has to come before
    /// that as well, but was called after it returned.
    /// - Returns: The value that the chain of the block had come to; nil if there is none to forget.
    mutating func forgetOne() -> Int32? {
        if let tail = releaseHeld() { return tail }
        while passed < end, zones[passed].firstReturn < last.call {
            passed += 1
            guard passed - 1 == last.zone else { return zones[passed - 1].tail }
            held = passed - 1
            if let tail = releaseHeld() { return tail }
        }
        return nil
    }

    /// The block that is called last of all settled ones must not be forgotten for its own sake.
    private mutating func releaseHeld() -> Int32? {
        guard held >= 0 else { return nil }
        let other = held == last.zone ? secondLast.call : last.call
        guard zones[held].firstReturn < other else { return nil }
        defer { held = -1 }
        return zones[held].tail
    }

    private mutating func rank(_ zone: Int) {
        let call = zones[zone].lastCall
        if zone == last.zone {
            last.call = call
        } else if call > last.call {
            secondLast = last
            last = (zone, call)
        } else if zone == secondLast.zone || call > secondLast.call {
            secondLast = (zone, call)
        }
    }

    func copy() -> ZoneQueue {
        var copy = ZoneQueue()
        copy.zones = zones.copy()
        copy.latest = latest.copy()
        copy.latestOfMany = latestOfMany.copy()
        copy.end = end
        copy.settled = settled
        copy.passed = passed
        copy.held = held
        copy.last = last
        copy.secondLast = secondLast
        return copy
    }
}
