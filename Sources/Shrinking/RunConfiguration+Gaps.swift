internal import Faults
internal import Vocabulary
internal import Workloads

/// A time in which nothing begins or ends.
struct Gap: Hashable, Sendable {
    var start: Nanoseconds
    var end: Nanoseconds

    var length: Nanoseconds { end - start }
}

extension RunConfiguration {
    /// The times between the starts and ends of faults, operations and the load, in order.
    var gaps: [Gap] {
        var points: [Nanoseconds] = [0, timeLimit]
        for fault in scheduledFaults {
            points.append(fault.start.nanoseconds)
            points.append(fault.start.nanoseconds + fault.duration)
        }
        points += (operations ?? []).map(\.start.nanoseconds)
        points.sort()
        return zip(points, points.dropFirst()).filter { $0 < $1 }.map { Gap(start: $0, end: $1) }
    }

    /// Ends the load at `end`, without what would begin after it; unless that is too soon for anything.
    mutating func end(at end: Nanoseconds) {
        guard end >= Scenario.shortGap else { return }
        timeLimit = end
        operations = operations?.filter { $0.start.nanoseconds < end }
        setFaults(
            scheduledFaults.filter { $0.start.nanoseconds < end }.map { fault in
                var fault = fault
                fault.duration = min(fault.duration, end - fault.start.nanoseconds)
                return fault
            })
    }

    /// Begins with what would have happened from `begin` on; unless nothing of the load is left then.
    mutating func begin(at begin: Nanoseconds) {
        guard timeLimit - begin >= Scenario.shortGap, begin > 0 else { return }
        timeLimit -= begin
        operations = operations?.filter { $0.start.nanoseconds >= begin }.map { scripted in
            var scripted = scripted
            scripted.start = scripted.start + -begin
            return scripted
        }
        setFaults(
            scheduledFaults.filter { $0.start.nanoseconds >= begin }.map { fault in
                var fault = fault
                fault.start = fault.start + -begin
                return fault
            })
    }

    /// Shortens the gap of this number to what `length` makes of its length.
    mutating func cutGap(_ index: Int, to length: (Nanoseconds) -> Nanoseconds) {
        let gaps = gaps
        guard gaps.indices.contains(index) else { return }
        cut(gaps[index], to: length(gaps[index].length))
    }

    /// Shortens a gap to `length`, if it is longer; all that comes after it happens earlier.
    mutating func cut(_ gap: Gap, to length: Nanoseconds) {
        guard gap.length > length else { return }
        let moved = gap.length - length
        func shifted(_ time: Nanoseconds) -> Nanoseconds { time >= gap.end ? time - moved : time }
        setFaults(
            scheduledFaults.map { fault in
                var fault = fault
                let end = shifted(fault.start.nanoseconds + fault.duration)
                fault.start = Instant(nanoseconds: shifted(fault.start.nanoseconds))
                fault.duration = end - fault.start.nanoseconds
                return fault
            })
        operations = operations?.map { scripted in
            var scripted = scripted
            scripted.start = Instant(nanoseconds: shifted(scripted.start.nanoseconds))
            return scripted
        }
        timeLimit = shifted(timeLimit)
    }
}
