public import Vocabulary

/// What happens to single datagrams of a link that is not cut.
public struct DatagramConditions: Hashable, Sendable {
    /// How many in a thousand are lost.
    public var lossPerMille = 0
    /// How many in a thousand arrive twice.
    public var duplicatePerMille = 0
    /// How many in a thousand are late; others overtake them.
    public var latePerMille = 0
    /// How late those are.
    public var lateness: ClosedRange<Nanoseconds> = 5_000_000...200_000_000

    /// A link that delivers everything at once.
    public init() {}
}

/// What chance makes of one datagram.
struct DatagramFate {
    /// For each copy that arrives, how late it is.
    var copies: [Nanoseconds]

    init(under conditions: DatagramConditions, random: inout RandomStream) {
        guard !random.draws(conditions.lossPerMille) else {
            copies = []
            return
        }
        let count = random.draws(conditions.duplicatePerMille) ? 2 : 1
        copies = []
        for _ in 0..<count {
            copies.append(
                random.draws(conditions.latePerMille)
                    ? .random(in: conditions.lateness, using: &random) : 0)
        }
    }
}

extension RandomStream {
    fileprivate mutating func draws(_ perMille: Int) -> Bool {
        perMille > 0 && Int.random(in: 0..<1000, using: &self) < perMille
    }
}
