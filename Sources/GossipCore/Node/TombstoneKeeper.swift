import Vocabulary

/// The tombstones of a node, and what it knows of the other members that decides how long it
/// keeps them.
struct TombstoneKeeper: Sendable {
    struct Tombstone: Sendable {
        var place: Int
        var stamp: Stamp
        var storedAt: Instant
        /// What all members must be complete in; nil until all have the tombstone.
        var frontier: [Maximum]?
    }

    private(set) var all: [Tombstone] = []
    /// How far each member was complete when it last said so, in the order of their numbers.
    private var known: [(node: NodeID, maxima: [Maximum])] = []

    mutating func add(_ place: Int, _ stamp: Stamp, at now: Instant) {
        all.append(Tombstone(place: place, stamp: stamp, storedAt: now))
    }

    mutating func note(_ maxima: [Maximum], of node: NodeID) {
        // Without tombstones there is nothing to find out.
        guard !all.isEmpty else { return }
        if let place = known.firstIndex(where: { $0.node == node }) {
            known[place].maxima = maxima
        } else {
            known.append((node, maxima))
        }
    }

    mutating func forget(_ node: NodeID) { known.removeAll { $0.node == node } }

    mutating func removeAll(where isGone: (Tombstone) -> Bool) { all.removeAll(where: isGone) }

    /// Moves each tombstone on, and returns those that no member can need any more.
    ///
    /// First every member must have the tombstone: from then on no store holds an older write of its
    /// key, only messages under way do. Then every member must be complete in all that any
    /// member was complete in at that time: it then knows those writes for old ones when they come
    /// late, even without the tombstone.
    mutating func collectable(members: [NodeID], own: [Maximum]) -> [Tombstone] {
        let others = members.map { member in known.first { $0.node == member }?.maxima }
        guard !all.isEmpty, !others.contains(where: { $0 == nil }) else { return [] }
        let views = others.compactMap(\.self) + [own]
        var ready: [Tombstone] = []
        for place in all.indices {
            if let frontier = all[place].frontier {
                if views.allSatisfy({ $0.covers(frontier) }) { ready.append(all[place]) }
            } else if views.allSatisfy({
                $0.version(of: all[place].stamp.writer) >= all[place].stamp.version
            }) {
                all[place].frontier = views.reduce(into: []) { $0.formMaximum($1) }
            }
        }
        return ready
    }
}
