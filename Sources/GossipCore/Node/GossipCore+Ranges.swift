import Vocabulary

// Comparison key by key, and by sums over ranges of keys: only what lies where sums differ is
// looked at.

extension GossipCore {
    /// A range with no more keys than this is compared key by key.
    private static let listingMax = 32

    mutating func beginRanges(with peer: NodeID) {
        guard let ranges = store.ranges else { return }
        var first = RangeExchange()
        descend(into: .all, ranges, &first)
        sendWhenDurable(.ranges(first), to: peer)
    }

    /// Sends the key and version of everything.
    mutating func sendVersions(_ direction: Direction, to peer: NodeID) {
        let listing = RangeExchange.Listing(range: .all, stamps: stamps(in: .all))
        sendWhenDurable(
            .ranges(RangeExchange(listings: [listing], direction: direction)), to: peer)
    }

    mutating func receive(_ exchange: RangeExchange, from sender: NodeID) {
        for entry in exchange.entries { _ = accept(entry, from: sender) }
        guard !configuration.defects.contains(.pullMute) else { return }
        var answer = RangeExchange()
        if let ranges = store.ranges {
            for sum in exchange.sums
            where RangeIndex.isValid(sum.range) && ranges.sum(of: sum.range) != sum.sum {
                descend(into: sum.range, ranges, &answer)
            }
        }
        for listing in exchange.listings where RangeIndex.isValid(listing.range) {
            compare(listing, exchange.direction, &answer)
        }
        for key in exchange.wants {
            if let slot = store[key] { answer.entries.append(slot.entry) }
        }
        limit(&answer.entries)
        if !answer.isEmpty { sendWhenDurable(.ranges(answer), to: sender) }
    }

    private func entries(in range: KeyRange) -> [Entry] {
        range == .all
            ? store.all.map(\.entry)
            : store.ranges?.places(of: range).compactMap { store.slot($0)?.entry } ?? []
    }

    private func stamps(in range: KeyRange) -> [RangeExchange.KeyStamp] {
        entries(in: range).map { .init(key: $0.key, stamp: $0.stamp) }
    }

    private func descend(
        into range: KeyRange, _ ranges: RangeIndex, _ answer: inout RangeExchange
    ) {
        guard range.bits < RangeIndex.leafBits, ranges.count(of: range) > Self.listingMax else {
            return answer.listings.append(.init(range: range, stamps: stamps(in: range)))
        }
        for part in range.parts {
            answer.sums.append(.init(range: part, sum: ranges.sum(of: part)))
        }
    }

    private func compare(
        _ listing: RangeExchange.Listing, _ direction: Direction, _ answer: inout RangeExchange
    ) {
        var theirs: [String: Stamp] = [:]
        for item in listing.stamps {
            theirs[item.key] = item.stamp
            guard direction.pushes else { continue }
            if let own = store[item.key]?.entry.stamp {
                if own < item.stamp { answer.wants.append(item.key) }
            } else if item.stamp.version > store.complete(of: item.stamp.writer) {
                answer.wants.append(item.key)
            }
        }
        guard direction.pulls else { return }
        for entry in entries(in: listing.range)
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
