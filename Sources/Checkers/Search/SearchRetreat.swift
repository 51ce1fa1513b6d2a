/// How far a search has come.
protocol TimelinePosition: Sendable {
    /// The number of the next event.
    var event: Int { get }
}

/// Where a search that left configurations out goes back to when none of the others survives.
///
/// First only a little, with a few more configurations; then, as long as it gets no further than
/// before, ever further back and with ever more. In the end it stands where it first left some out,
/// which is the only place from where failing proves anything.
struct SearchRetreat<Position: TimelinePosition>: Sendable {
    /// The state before the first event at which configurations were left out.
    private var exact: Position?
    /// States since then, which lack configurations; the fewer the older they are.
    private var trail: [Position] = []
    /// How often no configuration survived since the search got further than before.
    private var failures = 0
    /// The furthest event at which none survived.
    private(set) var furthest = 0
    /// From which event on the next state belongs on the trail.
    private var nextOnTrail = Int.max

    /// The events between two states of the trail.
    private let spacing = 16
    /// The most states on the trail.
    private let trailMax = 32

    /// All states that it may go back to.
    var positions: [Position] { [exact].compactMap { $0 } + trail }

    /// Some configurations are left out from here on.
    mutating func leaveOut(at position: Position) {
        guard nextOnTrail == .max else { return }
        exact = position
        nextOnTrail = position.event + spacing
    }

    /// Whether a state at this event would be good to have; asked often, so that states, which
    /// are many arrays, are handed over rarely.
    func isDue(at event: Int) -> Bool { event >= nextOnTrail }

    /// Keeps a state that survived.
    mutating func keep(_ position: Position) {
        if trail.count == trailMax {
            let old = trail.prefix(trailMax / 2).enumerated().filter { $0.offset & 1 == 1 }
            trail.replaceSubrange(0..<(trailMax / 2), with: old.map(\.element))
        }
        trail.append(position)
        nextOnTrail = position.event + spacing
    }

    /// Takes note that something survived up to an event.
    ///
    /// - Returns: Whether the search is past all where it failed, so that few will do.
    mutating func pass(_ event: Int) -> Bool {
        guard event > furthest else { return false }
        failures = 0
        return true
    }

    /// Gives up on a state of which nothing survives.
    ///
    /// - Returns: Where to go on from, and how many times as many configurations to keep there; nil if
    ///   nothing was left out on the way.
    mutating func goBack(from event: Int) -> (start: Position, factor: Int)? {
        guard let exact else { return nil }
        furthest = max(furthest, event)
        failures += 1
        let level = min(failures, 20)
        let distance = spacing << level
        while let last = trail.last, last.event > furthest - distance { trail.removeLast() }
        let factor = 1 << (2 * level)
        if let start = trail.last {
            nextOnTrail = start.event + spacing
            return (start, factor)
        }
        self.exact = nil
        nextOnTrail = .max
        return (exact, factor)
    }
}
