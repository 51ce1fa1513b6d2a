import HistoryModel
import Vocabulary

/// What the pictures' horizontal axis counts: time in small ticks, or events in their order.
struct TimeAxis {
    /// Nanoseconds in a tick; 0 where the axis counts events.
    let tick: Nanoseconds
    let start: Instant
    let end: Instant
    private let eventsMax: Int

    /// Chooses the axis of a run.
    init(_ figures: RunFigures) {
        start = figures.start
        end = figures.end
        // Whole microseconds are exact enough for seconds; a short run may be all nanoseconds.
        let span = end - start
        tick = !figures.isTimed ? 0 : span > 1_000_000_000 ? 1000 : 1
        eventsMax = figures.record.history.events.last?.index ?? 0
    }

    /// Where the axis ends, in ticks.
    var length: Int { tick == 0 ? eventsMax + 1 : ticks(end) }

    /// The ticks from the start of the axis to a moment.
    func ticks(_ instant: Instant) -> Int {
        tick == 0 ? 0 : Int((instant - start) / tick)
    }

    /// Where an operation begins.
    func call(of operation: Operation) -> Int {
        tick == 0 ? operation.call : ticks(operation.callTime)
    }

    /// Where an operation ends, if it does.
    func `return`(of operation: Operation) -> Int? {
        tick == 0 ? operation.return : operation.returnTime.map(ticks)
    }

    /// Where a counterexample's participants lie, with some air around them.
    func window(of counterexample: Counterexample) -> ClosedRange<Int>? {
        let participants = counterexample.participants
        let calls = participants.map { tick == 0 ? $0.call : ticks($0.callTime) }
        let returns = participants.compactMap { participant in
            tick == 0 ? participant.return : participant.returnTime.map(ticks)
        }
        guard let first = calls.min(), let last = (calls + returns).max() else { return nil }
        let air = max((last - first) / 8, tick == 0 ? 2 : 20)
        return max(0, first - air)...min(max(length, last), last + air)
    }
}
