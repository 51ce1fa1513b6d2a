/// When a queue may have been empty.
///
/// A value is certainly there from the return of its enqueue to the call of its dequeue; if nobody
/// is known to have taken it, a dequeue of unknown outcome may have, from its call on. So a queue
/// may have been empty at a moment if no more values are there than dequeues of unknown outcome
/// were called before, and all those values are never taken by another dequeue.
///
/// Goes over the events as far as all dequeues that were called before have ended.
struct QueueEmptiness: Sendable {
    /// What happened at an event.
    private enum Kind: Sendable {
        /// A dequeue was called that has not ended, or that took nothing.
        case open, nothing
        /// A dequeue of unknown outcome was called.
        case unknown
        /// An enqueue returned, of a value whose dequeue was called at a later time, if at all.
        case enqueued(until: Int)
        /// The dequeue was called of a value whose enqueue had returned.
        case dequeued(since: Int)
        /// A dequeue returned that was called at a time and found the queue empty.
        case empty(from: Int)
    }

    private struct Entry: Sendable {
        var time: Int
        var kind: Kind
    }

    /// The events that were not gone over yet.
    private var entries: [Entry] = []
    private var first = 0
    private var base = 0
    /// How many values are there, whoever takes them, and how many dequeues of unknown outcome were
    /// called.
    private var there = 0
    private var unknown = 0
    /// The last event that was gone over.
    private var last = Int.min
    /// From which event to which the queue may have been empty right behind each; nothing was
    /// enqueued between those of one span.
    private var spans: [(from: Int, to: Int)] = []
    private var spansMax = 64
    /// The latest event behind which the queue must have been empty: no value that was there is
    /// taken later by a known dequeue.
    private var latestEmpty = Int.min

    private mutating func append(_ kind: Kind, at time: Int) -> Int {
        entries.append(Entry(time: time, kind: kind))
        return base + entries.count - 1
    }

    /// Notes an event; the number is for who completes what is known of it.
    mutating func dequeueBegins(at time: Int) -> Int { append(.open, at: time) }

    /// Notes an event; the number is for who completes what is known of it.
    mutating func enqueued(at time: Int) -> Int { append(.enqueued(until: .max), at: time) }

    /// A dequeue has ended that took nothing.
    mutating func tookNothing(_ place: Int) { entries[place - base].kind = .nothing }

    /// Nobody will know what a dequeue took.
    mutating func lost(_ place: Int) { entries[place - base].kind = .unknown }

    /// A dequeue has found the queue empty.
    mutating func foundEmpty(by place: Int, from call: Int, at time: Int) {
        entries[place - base].kind = .nothing
        _ = append(.empty(from: call), at: time)
    }

    /// A dequeue has taken a value, whose enqueue may have returned.
    mutating func took(
        _ place: Int, calledAt call: Int, enqueuedAt arrival: Int, _ arrivalPlace: Int
    ) {
        entries[place - base].kind = arrival < call ? .dequeued(since: arrival) : .nothing
        if arrivalPlace >= base + first {
            entries[arrivalPlace - base].kind = .enqueued(until: call)
        }
    }

    /// Goes over the events before a time, at which the earliest dequeue was called that has not
    /// ended.
    ///
    /// - Returns: Whether the queue can have been empty whenever it was found so.
    mutating func advance(before time: Int) -> Bool {
        while first < entries.count, entries[first].time < time {
            let entry = entries[first]
            first += 1
            guard take(entry) else { return false }
        }
        if spans.count >= spansMax { forgetSpans() }
        if first == entries.count {
            base += first
            entries.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 64, first * 2 > entries.count {
            entries.removeSubrange(0..<first)
            base += first
            first = 0
        }
        return true
    }

    /// Forgets when the queue may have been empty before all that can still ask for it.
    private mutating func forgetSpans() {
        var earliest = last
        for case .empty(let call) in entries[first...].lazy.map(\.kind) {
            earliest = min(earliest, call)
        }
        spans.removeAll { $0.to < earliest }
        spansMax = max(64, 2 * spans.count)
    }

    private mutating func take(_ entry: Entry) -> Bool {
        var hasArrived = false
        switch entry.kind {
        case .open, .nothing: break
        case .unknown: unknown += 1
        case .enqueued(let end) where end > entry.time:
            there += 1
            hasArrived = true
        case .enqueued: break
        case .dequeued(let arrival):
            guard arrival > latestEmpty else { return false }
            there -= 1
            while let span = spans.last, span.to >= arrival { spans.removeLast() }
        case .empty(let call):
            // The earliest such moment asks for the least.
            let place = spans.lastIndex { $0.to < call }.map { $0 + 1 } ?? 0
            guard place < spans.count else { return false }
            latestEmpty = max(latestEmpty, max(spans[place].from, call))
        }
        if there <= unknown {
            if !hasArrived, let span = spans.last, span.to == last {
                spans[spans.count - 1].to = entry.time
            } else {
                spans.append((entry.time, entry.time))
            }
        }
        last = entry.time
        return true
    }
}
