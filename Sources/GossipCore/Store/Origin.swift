/// What a store holds of one writer.
struct Origin: Sendable {
    /// A write in the order of versions; void once its key has a greater one.
    struct Held: Sendable {
        var version: Version
        var place: Int
    }

    let writer: Writer
    /// Up to which version there is no gap.
    var complete: Version = 0
    /// The writes that were stored, by version; those that were superseded are left until
    /// `compact`.
    private(set) var held: [Held] = []
    private var liveCount = 0

    init(writer: Writer) { self.writer = writer }

    mutating func add(_ version: Version, at place: Int) {
        liveCount += 1
        let new = Held(version: version, place: place)
        guard let last = held.last, last.version > version else { return held.append(new) }
        held.insert(new, at: held.partitioningIndex { $0.version > version })
    }

    /// Notes that one of its writes is superseded; says when it is time to compact.
    mutating func lose() -> Bool {
        liveCount -= 1
        return held.count > 2 * liveCount + 16
    }

    mutating func compact(keeping isLive: (Held) -> Bool) { held.removeAll { !isLive($0) } }

    /// The writes above a version, oldest first.
    func held(after version: Version) -> ArraySlice<Held> {
        held[held.partitioningIndex { $0.version > version }...]
    }
}
