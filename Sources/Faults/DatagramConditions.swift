public import Vocabulary

/// What happens to single datagrams of a link that is not cut.
public struct DatagramConditions: Hashable, Sendable {
    /// How late a datagram is that is late, if nothing is said of it.
    public static let latenessDefault: ClosedRange<Nanoseconds> = 5_000_000...200_000_000

    /// How many in a thousand are lost.
    public var lossPerMille = 0
    /// How many in a thousand arrive twice.
    public var duplicatePerMille = 0
    /// How many in a thousand are late; others overtake them.
    public var latePerMille = 0
    /// How late those are.
    public var lateness = latenessDefault

    /// A link that delivers everything at once.
    public init() {}

    /// What happens, in words.
    var summary: String {
        [
            lossPerMille > 0 ? "lost" : nil, duplicatePerMille > 0 ? "doubled" : nil,
            latePerMille > 0 ? "late" : nil,
        ].compactMap(\.self).joined(separator: ", ")
    }
}

/// What chance makes of one datagram.
public struct DatagramFate: Hashable, Sendable {
    /// For each copy that arrives, how late it is; empty if the datagram is lost.
    public var copies: [Nanoseconds]

    /// Draws what becomes of one datagram.
    public init(under conditions: DatagramConditions, random: inout RandomStream) {
        guard !random.draws(perMille: conditions.lossPerMille) else {
            copies = []
            return
        }
        let count = random.draws(perMille: conditions.duplicatePerMille) ? 2 : 1
        copies = []
        for _ in 0..<count {
            copies.append(
                random.draws(perMille: conditions.latePerMille)
                    ? .random(in: conditions.lateness, using: &random) : 0)
        }
    }

    /// Whether anything happened to it.
    public var isTouched: Bool { copies != [0] }
}
