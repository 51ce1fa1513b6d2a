/// Blocks of operations that can't be parted, in the order in which the first of each returned.
///
/// A block is two moments: the first return in it, which never changes, and the last call, which
/// grows. B comes before C exactly if B's first return comes before C's last call. So two blocks
/// contradict each other if both hold.
///
/// Source: Gibbons & Korach, "Testing shared memories" (1997).
struct BlockQueue: Sendable {
    /// Per block: its first return, rising; and its last call.
    private var returns: [Int] = []
    private var calls: [Int] = []
    /// Per block: the record of the value that its chain has come to.
    private var tails: [Int32] = []
    /// Per 64 blocks: their last call of all.
    private var latest: [Int] = []
    /// The number of the first block that is kept; a multiple of 64.
    private var base = 0
    /// Blocks before this one have returned before all that is under way was called.
    private var settled = 0
    /// Blocks before this one are forgotten, all but `held`.
    private var passed = 0
    private var held = -1
    /// Of the settled blocks: the two that were called last.
    private var last = (block: -1, call: Int.min)
    private var secondLast = (block: -1, call: Int.min)

    /// The number of the next block.
    private var end: Int { base + returns.count }

    func firstReturn(of block: Int) -> Int { returns[block - base] }

    func tail(of block: Int) -> Int32 { tails[block - base] }

    mutating func setTail(of block: Int, to record: Int32) { tails[block - base] = record }

    /// Adds a block whose first operation returns now.
    mutating func append(firstReturn: Int, lastCall: Int, tail: Int32) -> Int {
        let block = end
        if returns.count & 63 == 0 { latest.append(lastCall) }
        returns.append(firstReturn)
        calls.append(lastCall)
        tails.append(tail)
        let chunk = (block - base) >> 6
        latest[chunk] = max(latest[chunk], lastCall)
        return block
    }

    /// An operation of the block was called at `call`; true if that was later than all others.
    mutating func extend(_ block: Int, to call: Int) -> Bool {
        let place = block - base
        guard call > calls[place] else { return false }
        calls[place] = call
        latest[place >> 6] = max(latest[place >> 6], call)
        if block < settled { rank(block) }
        return true
    }

    /// Whether another block would have to come both before and after this one.
    ///
    /// - Complexity: O(n / 64) in the number of blocks that returned since the earliest call that
    ///   is still under way.
    func isCrossed(_ block: Int) -> Bool {
        let first = returns[block - base]
        let call = calls[block - base]
        var place = (held >= 0 ? min(held, passed) : passed) - base
        while place < returns.count, returns[place] < call {
            if place & 63 == 0, place + 64 <= returns.count, latest[place >> 6] <= first {
                place += 64
                continue
            }
            if calls[place] > first, place != block - base { return true }
            place += 1
        }
        return false
    }

    /// Forgets the blocks that nothing can be added to any more, now that all that is under way
    /// was called at `earliest` or later.
    ///
    /// A block that comes before a settled one is over: what is added to it has to come before
    /// that as well, but was called after it returned.
    mutating func forget(before earliest: Int, _ forgotten: (Int32) -> Void) {
        while settled < end, returns[settled - base] < earliest {
            settled += 1
            rank(settled - 1)
        }
        releaseHeld(forgotten)
        while passed < end, returns[passed - base] < last.call {
            if passed == last.block {
                held = passed
            } else {
                forgotten(tails[passed - base])
            }
            passed += 1
        }
        releaseHeld(forgotten)
        let first = (held >= 0 ? held : passed) - base
        if first >= 128, first * 2 > returns.count { drop(first & ~63) }
    }

    /// The block that is called last of all settled ones must not be forgotten for its own sake.
    private mutating func releaseHeld(_ forgotten: (Int32) -> Void) {
        guard held >= 0 else { return }
        let other = held == last.block ? secondLast.call : last.call
        guard returns[held - base] < other else { return }
        forgotten(tails[held - base])
        held = -1
    }

    private mutating func rank(_ block: Int) {
        let call = calls[block - base]
        if block == last.block {
            last.call = call
        } else if call > last.call {
            secondLast = last
            last = (block, call)
        } else if block == secondLast.block || call > secondLast.call {
            secondLast = (block, call)
        }
    }

    private mutating func drop(_ count: Int) {
        returns.removeSubrange(0..<count)
        calls.removeSubrange(0..<count)
        tails.removeSubrange(0..<count)
        latest.removeSubrange(0..<(count >> 6))
        base += count
    }
}
