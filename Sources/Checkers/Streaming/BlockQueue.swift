/// Blocks of operations that can't be parted, in the order in which the first of each returned.
///
/// A block is two moments: the first return in it, which never changes, and the last call, which
/// grows. B comes before C exactly if B's first return comes before C's last call. So two blocks
/// contradict each other if both hold.
///
/// Source: Gibbons & Korach, "Testing shared memories" (1997).
struct BlockQueue: ~Copyable {
    private struct Block: BitwiseCopyable {
        var firstReturn = 0
        var lastCall = 0
        /// The record of the value that its chain has come to.
        var tail: Int32 = -1
    }

    /// By their numbers; the first returns rise.
    private var blocks = Ring(Block(), bits: 3)
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
    private var last = (block: -1, call: Int.min)
    private var secondLast = (block: -1, call: Int.min)

    /// The first block that is remembered.
    private var first: Int { held >= 0 ? held : passed }

    func firstReturn(of block: Int) -> Int { blocks[block].firstReturn }

    mutating func setTail(of block: Int, to record: Int32) { blocks[block].tail = record }

    /// Adds a block whose first operation returns now.
    mutating func append(firstReturn: Int, lastCall: Int, tail: Int32) -> Int {
        // As soon as there is more than one group, whole ones must find room.
        let group = blocks.capacity <= 64 ? 1 : blocks.capacity <= 4096 ? 64 : 4096
        if end - first & -group == blocks.capacity { grow() }
        let block = end
        end += 1
        blocks[block] = Block(firstReturn: firstReturn, lastCall: lastCall, tail: tail)
        if block & 63 == 0 { latest[block >> 6] = .min }
        if block & 4095 == 0 { latestOfMany[block >> 12] = .min }
        noteCall(lastCall, of: block)
        return block
    }

    private mutating func grow() {
        if blocks.capacity >= 128 { latest.grow(keeping: (first >> 6)..<((end + 63) >> 6)) }
        if blocks.capacity >= 8192 {
            latestOfMany.grow(keeping: (first >> 12)..<((end + 4095) >> 12))
        }
        blocks.grow(keeping: first..<end)
    }

    @inline(__always)
    private mutating func noteCall(_ call: Int, of block: Int) {
        latest[block >> 6] = max(latest[block >> 6], call)
        latestOfMany[block >> 12] = max(latestOfMany[block >> 12], call)
    }

    /// An operation of the block was called at `call`; true if that was later than all others.
    mutating func extend(_ block: Int, to call: Int) -> Bool {
        guard call > blocks[block].lastCall else { return false }
        blocks[block].lastCall = call
        noteCall(call, of: block)
        if block < settled { rank(block) }
        return true
    }

    /// Whether another block would have to come both before and after this one.
    ///
    /// - Complexity: O(n / 4,096) in the number of blocks that returned since the earliest call that
    ///   is still under way.
    func isCrossed(_ block: Int) -> Bool {
        let own = blocks[block]
        var other = first
        while other < end, blocks[other].firstReturn < own.lastCall {
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
            if blocks[other].lastCall > own.firstReturn, other != block { return true }
            other += 1
        }
        return false
    }

    /// Takes note that all that is under way was called at `earliest` or later.
    mutating func settle(before earliest: Int) {
        while settled < end, blocks[settled].firstReturn < earliest {
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
        while passed < end, blocks[passed].firstReturn < last.call {
            passed += 1
            guard passed - 1 == last.block else { return blocks[passed - 1].tail }
            held = passed - 1
            if let tail = releaseHeld() { return tail }
        }
        return nil
    }

    /// The block that is called last of all settled ones must not be forgotten for its own sake.
    private mutating func releaseHeld() -> Int32? {
        guard held >= 0 else { return nil }
        let other = held == last.block ? secondLast.call : last.call
        guard blocks[held].firstReturn < other else { return nil }
        defer { held = -1 }
        return blocks[held].tail
    }

    private mutating func rank(_ block: Int) {
        let call = blocks[block].lastCall
        if block == last.block {
            last.call = call
        } else if call > last.call {
            secondLast = last
            last = (block, call)
        } else if block == secondLast.block || call > secondLast.call {
            secondLast = (block, call)
        }
    }

    func copy() -> BlockQueue {
        var copy = BlockQueue()
        copy.blocks = blocks.copy()
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
