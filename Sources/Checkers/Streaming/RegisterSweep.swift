import HistoryModel

/// Judges all registers of a history side by side, a tile of operations after the other.
///
/// The operations on one of many keys lie far apart in memory, and to fetch each of them takes longer
/// than to judge it. A tile is small enough to stay near the processor until all of its operations
/// have been handed to their registers.
struct RegisterSweep {
    /// The codes of the keys, in the order in which they were met.
    private(set) var keys = CodeNumbers(expecting: 16)
    private var lines: [RegisterLine] = []
    private let list: OperationList
    private let reader: RegisterReader
    private let initial: ValueCode
    private let share: KeyShare
    /// Per operation of a tile that belongs to the share: where it stands, and the number of its key.
    private var tile: [(place: Int32, key: Int32)] = []

    /// How many operations a tile holds at most: those of all cores fit into the largest cache.
    private static let tileMax = 1 << 19

    /// What the registers have come to, if they can be judged like that: if most of them hold no value
    /// twice, and if there are enough operations on each to pay for what is kept of it.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    static func replays(
        of list: OperationList, _ reading: RegisterReading, initial: Value, share: KeyShare
    ) -> [(key: ValueCode, replay: RegisterReplay)]? {
        var sweep = RegisterSweep(list, reading, initial: initial, share)
        guard sweep.takeAll() else { return nil }
        return zip(sweep.keys.codes, sweep.lines).map { ($0, $1.finish()) }
    }

    private init(
        _ list: OperationList, _ reading: RegisterReading, initial: Value, _ share: KeyShare
    ) {
        self.list = list
        reader = RegisterReader(reading, of: list)
        self.initial = reader.code(ofInitial: initial)
        self.share = share
    }

    /// False if it was given up.
    private mutating func takeAll() -> Bool {
        var start = 0
        var size = 1 << 12
        while start < list.count {
            let end = min(start + size, list.count)
            guard fill(start..<end) else { return false }
            dealOut()
            let over = lines.count { $0.isOver }
            guard over * 2 <= lines.count else { return false }
            start = end
            size = min(size * 2, Self.tileMax)
        }
        return true
    }

    /// Looks up the keys of the operations at some places; false if there are too many keys.
    private mutating func fill(_ places: Range<Int>) -> Bool {
        let keysMax = max(64, list.count / 512)
        tile.removeAll(keepingCapacity: true)
        return list.packed.withUnsafeBufferPointer { packed in
            for place in places {
                let key = packed[place].group
                guard share.takes(key) else { continue }
                let number = keys.number(key)
                if Int(number) == lines.count {
                    guard lines.count < keysMax else { return false }
                    lines.append(RegisterLine(initial: initial))
                }
                tile.append((Int32(place), number))
            }
            return true
        }
    }

    /// Sorts the tile by key, and hands each register its part.
    private func dealOut() {
        var ends = [Int](repeating: 0, count: lines.count)
        for (_, key) in tile { ends[Int(key)] += 1 }
        var sum = 0
        for key in ends.indices {
            sum += ends[key]
            ends[key] = sum
        }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: tile.count) { sorted in
            var starts = ends
            for (place, key) in tile.reversed() {
                starts[Int(key)] -= 1
                sorted.initializeElement(at: starts[Int(key)], to: place)
            }
            for key in ends.indices where starts[key] < ends[key] {
                let own = UnsafeBufferPointer(rebasing: sorted[starts[key]..<ends[key]])
                lines[key].take(own, of: list, as: reader)
            }
        }
    }
}

/// One register of a sweep.
private final class RegisterLine {
    private var feed: RegisterFeed

    init(initial: ValueCode) { feed = RegisterFeed(initial: initial) }

    var isOver: Bool { feed.end != nil }

    func take(
        _ members: UnsafeBufferPointer<Int32>, of list: OperationList, as reader: RegisterReader
    ) {
        feed.take(members, of: list, as: reader)
    }

    func finish() -> RegisterReplay { feed.finish() }
}
