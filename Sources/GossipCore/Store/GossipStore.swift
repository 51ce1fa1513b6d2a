import Vocabulary

/// The latest write of every key, with what is known about who wrote what.
struct GossipStore: Sendable {
    /// An entry with what is remembered about it.
    struct Slot: Sendable {
        var entry: Entry
        var hash: UInt64
        /// What must be saved before others may learn of it.
        var token: SyncToken
    }

    /// What came of an entry.
    enum Merge {
        /// It is the latest write of its key, now at this place.
        case applied(place: Int)
        /// It was there already.
        case known
        /// The key has, or had, a greater one.
        case older
    }

    private var places: [String: Int] = [:]
    private var slots: [Slot?] = []
    private var free: [Int] = []
    /// In the order of their writers.
    private(set) var origins: [Origin] = []
    /// The sum of the hashes of all entries.
    private(set) var contentHash: UInt64 = 0
    /// The same without tombstones.
    private(set) var stateHash: UInt64 = 0
    private(set) var liveCount = 0
    private(set) var ranges: RangeIndex?

    /// Makes an empty store, with an index of ranges if they are to be compared.
    init(indexesRanges: Bool) { ranges = indexesRanges ? RangeIndex() : nil }

    // MARK: - Asking

    func place(of key: String) -> Int? { places[key] }

    func slot(_ place: Int) -> Slot? { slots[place] }

    subscript(key: String) -> Slot? { places[key].flatMap { slots[$0] } }

    /// All entries, in an order that depends only on what was done to the store.
    var all: some Sequence<Slot> { slots.lazy.compactMap(\.self) }

    var maxima: [Maximum] { origins.map { Maximum($0.writer, $0.complete) } }

    func complete(of writer: Writer) -> Version {
        let place = origins.partitioningIndex { $0.writer >= writer }
        return place < origins.count && origins[place].writer == writer
            ? origins[place].complete : 0
    }

    /// The latest writes of an origin above a version, oldest first.
    func entries(of origin: Origin, after version: Version) -> some Sequence<Slot> {
        origin.held(after: version).lazy.compactMap { held in
            slots[held.place].flatMap { isLive(held, of: origin.writer) ? $0 : nil }
        }
    }

    private func isLive(_ held: Origin.Held, of writer: Writer) -> Bool {
        slots[held.place]?.entry.stamp == Stamp(version: held.version, writer: writer)
    }

    // MARK: - Changing

    /// Takes in an entry if it is the greatest of its key.
    ///
    /// An entry of a key that is not there, from a part of its writer's writes that was complete, has
    /// been here and was superseded by a tombstone that is collected: it must not come back.
    mutating func merge(
        _ entry: Entry, token: SyncToken, breaksTies: Bool = true
    ) -> Merge {
        guard let place = places[entry.key], let old = slots[place] else {
            if entry.stamp.version <= complete(of: entry.stamp.writer) { return .older }
            return .applied(place: insert(entry, token: token))
        }
        if old.entry.stamp == entry.stamp { return .known }
        let wins =
            breaksTies
            ? entry.stamp > old.entry.stamp : entry.stamp.version > old.entry.stamp.version
        guard wins else { return .older }
        unlink(old, at: place)
        link(entry, token: token, at: place)
        return .applied(place: place)
    }

    mutating func remove(at place: Int) {
        guard let slot = slots[place] else { return }
        unlink(slot, at: place)
        slots[place] = nil
        places[slot.entry.key] = nil
        free.append(place)
    }

    /// Notes that the store is complete in a writer's writes up to a version; says if that is new.
    mutating func complete(_ maximum: Maximum) -> Bool {
        let origin = originPlace(of: maximum.writer)
        guard origins[origin].complete < maximum.version else { return false }
        origins[origin].complete = maximum.version
        return true
    }

    private mutating func insert(_ entry: Entry, token: SyncToken) -> Int {
        let place = free.popLast() ?? slots.count
        if place == slots.count { slots.append(nil) }
        places[entry.key] = place
        link(entry, token: token, at: place)
        return place
    }

    private mutating func link(_ entry: Entry, token: SyncToken, at place: Int) {
        let hash = entry.hash
        slots[place] = Slot(entry: entry, hash: hash, token: token)
        contentHash &+= hash
        if !entry.isTombstone {
            stateHash &+= hash
            liveCount += 1
        }
        ranges?.add(place, key: entry.key, hash: hash)
        origins[originPlace(of: entry.stamp.writer)].add(entry.stamp.version, at: place)
    }

    private mutating func unlink(_ slot: Slot, at place: Int) {
        contentHash &-= slot.hash
        if !slot.entry.isTombstone {
            stateHash &-= slot.hash
            liveCount -= 1
        }
        ranges?.remove(place, key: slot.entry.key, hash: slot.hash)
        let origin = originPlace(of: slot.entry.stamp.writer)
        guard origins[origin].lose() else { return }
        let writer = slot.entry.stamp.writer
        slots[place] = nil
        var changed = origins[origin]
        changed.compact { isLive($0, of: writer) }
        origins[origin] = changed
    }

    private mutating func originPlace(of writer: Writer) -> Int {
        let place = origins.partitioningIndex { $0.writer >= writer }
        if place == origins.count || origins[place].writer != writer {
            origins.insert(Origin(writer: writer), at: place)
        }
        return place
    }
}
