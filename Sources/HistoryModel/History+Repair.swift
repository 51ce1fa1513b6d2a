extension History {
    /// The history without what can't be part of one, and how many events that took.
    ///
    /// Drops completions of processes that have nothing open, invocations of processes that have,
    /// and completions that name another function, key or an earlier time than their invocation.
    /// - Complexity: O(n).
    public func repaired() -> (history: History, dropped: Int) {
        var kept = EventList()
        kept.reserveCapacity(events.count)
        var open: [ProcessID: Event] = [:]
        for event in events {
            if event.type == .invoke {
                guard open[event.process] == nil else { continue }
                open[event.process] = event
            } else {
                guard let invocation = open[event.process],
                    invocation.function == event.function, invocation.time <= event.time,
                    event.type != .ok || event.key == nil || event.key == invocation.key
                else { continue }
                open[event.process] = nil
            }
            kept.append(event)
        }
        return (History(events: kept), events.count - kept.count)
    }
}
