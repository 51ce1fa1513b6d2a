internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// The links between the nodes: how long messages take, which get lost, which links are cut.
///
/// A cut holds messages where they are due: what was on its way arrives late or never. What
/// chance decides about a message depends on its link and the time it is sent at alone.
struct SimulatedNetwork<Message: Sendable>: Sendable {
    private struct Link: Sendable {
        var random: TimedRandom
        /// How many faults cut it at present.
        var cuts = 0
        var isLagging = false
        /// Whether its first message after a heal is waited for, and when that came.
        var isWatched = false
        var firstDelivery: Instant?
        var held: [Message] = []
        /// What faults do to its datagrams at present, and to how many they have.
        var disturbances: [DatagramConditions] = []
        var touched = 0
        /// When the latest message arrives, on a link that keeps the order.
        var lastArrival = Instant.zero
    }

    /// What became of a message that was due.
    enum Delivery: Sendable {
        case delivered
        case held
    }

    private var conditions: NetworkConditions
    private let count: Int
    private var links: [Link]

    init(nodes: Int, conditions: NetworkConditions, seed: Seed) {
        self.conditions = conditions
        count = nodes
        links = (0..<nodes * nodes).map { place in
            let link = DirectedLink(from: NodeID(place / nodes + 1), to: NodeID(place % nodes + 1))
            return Link(
                random: TimedRandom(seed, "network \(link.from)>\(link.to)"),
                isLagging: conditions.laggingLinks.contains(link))
        }
    }

    /// Loses and repeats nothing any more, and nothing takes longer than `latencyMax`: nature is over,
    /// like the faults, and whoever does not answer then has no excuse.
    mutating func endDisturbances(latencyMax: Nanoseconds) {
        conditions.slowPerMille = 0
        conditions.lossPerMille = 0
        conditions.duplicatePerMille = 0
        conditions.latency = conditions.latency.clamped(to: 0...latencyMax)
        for place in links.indices { links[place].isLagging = false }
    }

    private func place(_ link: DirectedLink) -> Int {
        (link.from.rawValue - 1) * count + link.to.rawValue - 1
    }

    /// When a message arrives: never if it is lost, twice if it is repeated.
    struct Arrivals: Sendable {
        var first: Instant?
        var second: Instant?
    }

    /// Draws when the copies of a message that is sent now arrive.
    ///
    /// A stream neither loses nor repeats anything.
    mutating func arrivals(
        on link: DirectedLink, now: Instant, isStream: Bool = false
    ) -> Arrivals {
        let place = place(link)
        var random = links[place].random.stream(at: now)
        if isStream { return Arrivals(first: arrival(at: place, now: now, &random)) }
        let draw = Int.random(in: 0..<1000, using: &random)
        if draw < conditions.lossPerMille { return Arrivals() }
        var arrivals = Arrivals(first: arrival(at: place, now: now, &random))
        if draw < conditions.lossPerMille + conditions.duplicatePerMille {
            arrivals.second = arrival(at: place, now: now, &random)
        }
        for conditions in links[place].disturbances {
            disturb(&arrivals, at: place, under: conditions, &random)
        }
        return arrivals
    }

    /// Lets a fault have its way with a message that nature would let arrive so.
    private mutating func disturb(
        _ arrivals: inout Arrivals, at place: Int, under conditions: DatagramConditions,
        _ random: inout RandomStream
    ) {
        let fate = DatagramFate(under: conditions, random: &random)
        guard fate.isTouched, let first = arrivals.first else { return }
        links[place].touched += 1
        let copies = fate.copies.map { first + $0 }
        arrivals.first = copies.first
        if copies.isEmpty || copies.count > 1 { arrivals.second = copies.dropFirst().first }
    }

    private mutating func arrival(
        at place: Int, now: Instant, _ random: inout RandomStream
    ) -> Instant {
        let isSlow =
            links[place].isLagging
            || Int.random(in: 0..<1000, using: &random) < conditions.slowPerMille
        let range = isSlow ? conditions.slowLatency : conditions.latency
        var arrival = now + .random(in: range, using: &random)
        if !conditions.reorders {
            arrival = max(arrival, links[place].lastArrival + 1)
            links[place].lastArrival = arrival
        }
        return arrival
    }

    /// Takes a message that is due: lets it through, or holds it while the link is cut.
    mutating func deliver(_ message: Message, on link: DirectedLink, now: Instant) -> Delivery {
        let place = place(link)
        if links[place].cuts > 0 {
            links[place].held.append(message)
            return .held
        }
        if links[place].isWatched {
            links[place].isWatched = false
            links[place].firstDelivery = now
        }
        return .delivered
    }

    /// When the first message crossed one of these links after it was healed the last time.
    func firstDelivery(on links: [DirectedLink]) -> Instant? {
        links.compactMap { self.links[place($0)].firstDelivery }.min()
    }

    /// Whether nothing passes a link.
    func isCut(_ link: DirectedLink) -> Bool { links[place(link)].cuts > 0 }

    /// Whether messages wait at a link.
    func holdsMessages(_ link: DirectedLink) -> Bool { !links[place(link)].held.isEmpty }

    /// Whether a fault does something to the datagrams of a link.
    func isDisturbed(_ link: DirectedLink) -> Bool { !links[place(link)].disturbances.isEmpty }

    /// Lets a fault do something to the datagrams of these links.
    mutating func disturb(_ disturbed: [DirectedLink], _ conditions: DatagramConditions) {
        for link in disturbed {
            let place = place(link)
            if links[place].disturbances.isEmpty { links[place].touched = 0 }
            links[place].disturbances.append(conditions)
        }
    }

    /// Ends what a fault does to the datagrams of these links; returns to how many something happened.
    mutating func calm(_ disturbed: [DirectedLink], _ conditions: DatagramConditions) -> Int {
        var touched = 0
        for link in disturbed {
            let place = place(link)
            touched += links[place].touched
            if let index = links[place].disturbances.firstIndex(of: conditions) {
                links[place].disturbances.remove(at: index)
            }
        }
        return touched
    }

    /// Cuts links.
    mutating func cut(_ cut: [DirectedLink]) {
        for link in cut { links[place(link)].cuts += 1 }
    }

    /// Mends links.
    ///
    /// - Parameters:
    ///   - healed: The links.
    ///   - resumes: Whether what was held is delivered, or lost as when connections are reset.
    ///   - now: The time.
    /// - Returns: how many messages were held, and those that are to be delivered, in order.
    mutating func heal(
        _ healed: [DirectedLink], resumes: Bool, now: Instant
    ) -> (held: Int, released: [(link: DirectedLink, at: Instant, message: Message)]) {
        var held = 0
        var released: [(DirectedLink, Instant, Message)] = []
        for link in healed {
            let place = place(link)
            links[place].cuts = max(0, links[place].cuts - 1)
            held += links[place].held.count
            // Another fault may still hold what this one lets go.
            if resumes, links[place].cuts > 0 { continue }
            links[place].isWatched = true
            links[place].firstDelivery = nil
            if resumes {
                var arrival = now
                var random = links[place].random.stream(at: now)
                for message in links[place].held {
                    arrival = max(arrival + 1, self.arrival(at: place, now: now, &random))
                    released.append((link, arrival, message))
                }
            }
            links[place].held = []
        }
        return (held, released)
    }
}
