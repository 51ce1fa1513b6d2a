import GossipCore

extension WireGossipRangeExchange {
    init(_ exchange: RangeExchange) {
        sums = exchange.sums.map {
            var wire = Sum()
            wire.prefix = $0.range.prefix
            wire.bits = UInt32(clamping: $0.range.bits)
            wire.sum = $0.sum
            return wire
        }
        listings = exchange.listings.map { listing in
            var wire = Listing()
            wire.prefix = listing.range.prefix
            wire.bits = UInt32(clamping: listing.range.bits)
            wire.stamps = listing.stamps.map { WireGossipKeyStamp($0.key, $0.stamp) }
            return wire
        }
        wants = exchange.wants
        entries = exchange.entries.map(WireGossipEntry.init)
        direction =
            switch exchange.direction {
            case .pushPull: .pushPull
            case .push: .push
            case .pull: .pull
            }
    }
}

extension RangeExchange {
    init(_ wire: WireGossipRangeExchange) throws(FrameError) {
        let direction: Direction
        switch wire.direction {
        case .pushPull: direction = .pushPull
        case .push: direction = .push
        case .pull: direction = .pull
        case .UNRECOGNIZED: throw .malformed(field: "direction")
        }
        self.init(
            sums: wire.sums.map {
                Sum(range: KeyRange(prefix: $0.prefix, bits: Int($0.bits)), sum: $0.sum)
            },
            listings: wire.listings.map { listing in
                Listing(
                    range: KeyRange(prefix: listing.prefix, bits: Int(listing.bits)),
                    stamps: listing.stamps.map { KeyStamp(key: $0.key, stamp: $0.stamp) })
            },
            wants: wire.wants, entries: wire.entries.map(Entry.init), direction: direction)
    }
}
