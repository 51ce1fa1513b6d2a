public import GossipCore

/// What is to be expected of a write that spreads: who has it turns to others at random moments, and
/// never stops.
///
/// With k of n sites that have it, the next one gets it at the rate β·k·(n − k)/(n − 1), for β contacts of a
/// site a second. Messages and disks take no time. A rumor that dies early falls short of it.
///
/// Source: Bailey, "The mathematical theory of infectious diseases" (1975), the simple epidemic; Demers et al.
/// 1987, §1.3, which begins from it.
public struct SimpleEpidemic: Hashable, Sendable {
    /// n: how many sites there are.
    public var siteCount: Int
    /// β: how many others a site that has the write passes it on to in a second, as long as they lack it.
    public var contactsPerSecond: Double
    /// What β comes from, in words.
    public var derivation: String

    /// Makes an epidemic; see the properties.
    public init(siteCount: Int, contactsPerSecond: Double, derivation: String = "") {
        self.siteCount = siteCount
        self.contactsPerSecond = contactsPerSecond
        self.derivation = derivation
    }

    /// The epidemic that the settings of a gossip store promise.
    ///
    /// A pull counts like a push: the pair of one that has it and one that lacks it meets as often.
    /// - Parameter configuration: The settings of any of the nodes.
    public init(_ configuration: GossipConfiguration) {
        var rate = 0.0
        var words: [String] = []
        // A round begins late by half the jitter on average.
        let lateness = 1 + Double(configuration.jitterPercent) / 200
        func add(_ name: String, _ direction: Direction, _ fanOut: Int, _ interval: Int64) {
            guard interval > 0 else { return }
            let seconds = Double(interval) / 1e9 * lateness
            let ways = direction == .pushPull ? 2 : 1
            rate += Double(fanOut * ways) / seconds
            words.append(
                "\(name) \(direction.rawValue) with \(fanOut) of the others every "
                    + "\((seconds * 1_000).fixed(0)) ms")
        }
        if let rumors = configuration.rumors {
            add("rumors:", rumors.direction, rumors.fanOut, rumors.interval)
        }
        if let antiEntropy = configuration.antiEntropy {
            // Ranges are compared both ways, whatever the direction.
            let direction = antiEntropy.comparison == .ranges ? .pushPull : antiEntropy.direction
            add("anti-entropy:", direction, 1, antiEntropy.interval)
        }
        self.init(
            siteCount: configuration.members.count, contactsPerSecond: rate,
            derivation: words.joined(separator: "; "))
    }

    /// The expected share of sites that have the write, at some moments after it was made.
    ///
    /// - Parameter times: The moments in seconds, in their order.
    /// - Returns: A share for each moment, from 1/n to 1.
    /// - Complexity: O(n² log n) for n sites, however far apart the moments lie.
    public func shares(at times: [Double]) -> [Double] {
        guard siteCount > 1, contactsPerSecond > 0 else {
            return times.map { _ in 1 / Double(max(1, siteCount)) }
        }
        let size = Double(siteCount)
        // What leaves the state in which so many have it.
        let rates = (0...siteCount).map { count in
            contactsPerSecond * Double(count) * Double(siteCount - count) / (size - 1)
        }
        let step = 0.05 / (rates.max() ?? 1)
        var chances = [Double](repeating: 0, count: siteCount + 1)
        chances[1] = 1
        var now = 0.0
        return times.map { time in
            while now < time, chances[siteCount] < 0.999_99 {
                let length = min(step, time - now)
                for count in stride(from: siteCount, through: 1, by: -1) {
                    let arriving = count > 1 ? rates[count - 1] * chances[count - 1] : 0
                    chances[count] += length * (arriving - rates[count] * chances[count])
                }
                now += length
            }
            return chances.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / size
        }
    }
}
