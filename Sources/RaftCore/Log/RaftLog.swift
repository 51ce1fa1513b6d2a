/// The entries that a node holds, after a base that stands for all earlier ones.
///
/// The base is the origin until snapshots replace the beginning of the log; everything here
/// already reckons with one.
public struct RaftLog: Hashable, Sendable {
    private struct Slot: Hashable, Sendable {
        var entry: LogEntry
        var hash: UInt64
    }

    /// The position before the first entry that is held.
    public private(set) var base: LogPosition
    private var slots: [Slot] = []

    /// Makes a log of entries that follow a base.
    public init(base: LogPosition = .origin, entries: [LogEntry] = []) {
        self.base = base
        append(entries[...])
    }

    /// The index of the first entry that is held.
    public var firstIndex: LogIndex { base.index.next }
    /// The index of the last entry; the base's if none is held.
    public var lastIndex: LogIndex { base.index + slots.count }
    /// The term of the last entry; the base's if none is held.
    public var lastTerm: Term { slots.last?.entry.term ?? base.term }
    /// Where the log ends.
    public var last: LogPosition {
        slots.last.map { LogPosition(index: lastIndex, term: $0.entry.term, hash: $0.hash) } ?? base
    }

    /// The entry at an index; nil if it is not held.
    public func entry(at index: LogIndex) -> LogEntry? { slot(at: index)?.entry }

    /// The position at an index; nil if neither an entry is held there nor the base lies there.
    public func position(at index: LogIndex) -> LogPosition? {
        if index == base.index { return base }
        return slot(at: index).map { LogPosition(index: index, term: $0.entry.term, hash: $0.hash) }
    }

    /// The term at an index; nil if neither an entry is held there nor the base lies there.
    public func term(at index: LogIndex) -> Term? {
        index == base.index ? base.term : slot(at: index)?.entry.term
    }

    /// At most `countMax` entries from an index on.
    public func entries(from index: LogIndex, countMax: Int) -> [LogEntry] {
        let start = index - firstIndex
        guard start >= 0, start < slots.count else { return [] }
        return slots[start..<min(slots.count, start + countMax)].map(\.entry)
    }

    /// The first index whose entry is of `term` or a later one; the end's successor if none is.
    ///
    /// - Complexity: O(log n), since terms never fall along a log.
    public func firstIndex(ofTermAtLeast term: Term) -> LogIndex {
        var low = 0
        var high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if slots[middle].entry.term < term { low = middle + 1 } else { high = middle }
        }
        return firstIndex + low
    }

    /// Adds entries at the end.
    mutating func append(_ entries: ArraySlice<LogEntry>) {
        var hash = last.hash
        for entry in entries {
            hash = RollingHash.hash(of: entry, after: hash)
            slots.append(Slot(entry: entry, hash: hash))
        }
    }

    /// Removes the entries from an index on.
    mutating func truncate(from index: LogIndex) {
        slots.removeLast(max(0, slots.count - max(0, index - firstIndex)))
    }

    private func slot(at index: LogIndex) -> Slot? {
        let offset = index - firstIndex
        return offset >= 0 && offset < slots.count ? slots[offset] : nil
    }
}
