import Vocabulary

// When a delete may be forgotten.

extension GossipCore {
    mutating func collectTombstones() {
        let store = store
        tombstones.removeAll { store.slot($0.place)?.entry.stamp != $0.stamp }
        guard !tombstones.all.isEmpty else { return }
        let ready =
            configuration.defects.contains(.timerTombstones)
            ? tombstones.all.filter { now - $0.storedAt > configuration.tombstoneGrace }
            : tombstones.collectable(
                members: peers.others, own: store.maxima)
        for tombstone in ready { collect(tombstone) }
    }

    private mutating func collect(_ tombstone: TombstoneKeeper.Tombstone) {
        guard let slot = store.slot(tombstone.place) else { return }
        store.remove(at: tombstone.place)
        tombstones.removeAll { $0.place == tombstone.place }
        save(.collected(key: slot.entry.key, tombstone.stamp))
        trace(.collected(key: slot.entry.key, tombstone.stamp))
    }
}
