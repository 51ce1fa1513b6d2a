// Upper bounds of what messages take on the wire: which of them fit a datagram is decided before
// they are encoded.

extension GossipMessage {
    /// The bytes that a message takes at most, frame included.
    public var bytes: Int {
        16
            + {
                switch self {
                case .rumors(let exchange):
                    exchange.rumors.bytes
                        + exchange.feedback.reduce(0) { $0 + 42 + $1.key.utf8.count }
                case .state(let exchange): exchange.entries.bytes
                case .digest(let digest): digest.bytes
                case .delta(let delta):
                    delta.parts.reduce(0) { $0 + Delta.Part.emptyBytes + $1.entries.bytes }
                        + (delta.ask?.bytes ?? 0)
                case .ranges(let exchange): exchange.bytes
                }
            }()
    }

    /// The entries that the message carries.
    public var entries: [Entry] {
        switch self {
        case .rumors(let exchange): exchange.rumors
        case .state(let exchange): exchange.entries
        case .digest: []
        case .delta(let delta): delta.parts.flatMap(\.entries)
        case .ranges(let exchange): exchange.entries
        }
    }
}

extension [Entry] {
    var bytes: Int { reduce(0) { $0 + $1.bytes } }
}

extension Delta.Part {
    /// What a part takes besides its entries.
    static let emptyBytes = 44
}

extension Digest {
    var bytes: Int { 20 + 24 * maxima.count }
}

extension RangeExchange {
    var bytes: Int {
        sums.count * 18
            + listings.reduce(0) { sum, listing in
                sum + 12 + listing.stamps.reduce(0) { $0 + 26 + $1.key.utf8.count }
            }
            + wants.reduce(0) { $0 + 4 + $1.utf8.count } + entries.bytes
    }
}
