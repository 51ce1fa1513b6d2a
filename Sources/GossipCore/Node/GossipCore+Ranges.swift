import Vocabulary

// Comparison by sums over ranges of keys: only what lies where sums differ is looked at.

extension GossipCore {
    /// A range with no more keys than this is compared key by key.
    private static let listingMax = 32

    mutating func beginRanges(with peer: NodeID) {
        guard let ranges = store.ranges else { return }
        let sums = KeyRange.all.parts.map { RangeExchange.Sum(range: $0, sum: ranges.sum(of: $0)) }
        sendWhenDurable(.ranges(RangeExchange(sums: sums)), to: peer)
    }

    mutating func receive(_ exchange: RangeExchange, from sender: NodeID) {
        for entry in exchange.entries { _ = accept(entry, from: sender) }
        guard let ranges = store.ranges, !configuration.defects.contains(.pullMute) else { return }
        var answer = RangeExchange()
        for sum in exchange.sums
        where RangeIndex.isValid(sum.range) && ranges.sum(of: sum.range) != sum.sum {
            descend(into: sum.range, ranges, &answer)
        }
        for listing in exchange.listings where RangeIndex.isValid(listing.range) {
            compare(listing, ranges, &answer)
        }
        for key in exchange.wants {
            if let slot = store[key] { answer.entries.append(slot.entry) }
        }
        limit(&answer.entries)
        if !answer.isEmpty { sendWhenDurable(.ranges(answer), to: sender) }
    }

    private func descend(
        into range: KeyRange, _ ranges: RangeIndex, _ answer: inout RangeExchange
    ) {
        guard range.bits < RangeIndex.leafBits, ranges.count(of: range) > Self.listingMax else {
            let stamps = ranges.places(of: range).compactMap { store.slot($0)?.entry }.map {
                RangeExchange.KeyStamp(key: $0.key, stamp: $0.stamp)
            }
            return answer.listings.append(.init(range: range, stamps: stamps))
        }
        for part in range.parts {
            answer.sums.append(.init(range: part, sum: ranges.sum(of: part)))
        }
    }

    private func compare(
        _ listing: RangeExchange.Listing, _ ranges: RangeIndex, _ answer: inout RangeExchange
    ) {
        var theirs: [String: Stamp] = [:]
        for item in listing.stamps {
            theirs[item.key] = item.stamp
            guard let own = store[item.key]?.entry.stamp else {
                if item.stamp.version > store.complete(of: item.stamp.writer) {
                    answer.wants.append(item.key)
                }
                continue
            }
            if own < item.stamp { answer.wants.append(item.key) }
        }
        for entry in ranges.places(of: listing.range).compactMap({ store.slot($0)?.entry })
        where theirs[entry.key].map({ $0 < entry.stamp }) ?? true {
            answer.entries.append(entry)
        }
    }

    /// Leaves for the next round what one message does not hold.
    private func limit(_ entries: inout [Entry]) {
        var room = configuration.messageBytesMax
        let kept = entries.prefix { entry in
            room -= entry.bytes
            return room >= 0
        }
        entries.removeLast(entries.count - max(kept.count, min(1, entries.count)))
    }
}
