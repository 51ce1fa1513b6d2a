import HistoryModel
import Vocabulary

/// Makes small histories of one register, many of them wrong.
struct RandomHistory {
    var rng: RandomStream
    /// Whether every write brings a value of its own.
    var uniqueValues: Bool

    /// Events of `count` operations by a few processes.
    mutating func events(count: Int) -> [Event] {
        let processes = Int.random(in: 1...4, using: &rng)
        var open: [Event?] = [Event?](repeating: nil, count: processes)
        var numbers = Array(0..<processes)
        var events: [Event] = []
        var left = count
        var written: [Int64] = []
        while left > 0 || open.contains(where: { $0 != nil }) {
            let thread = Int.random(in: 0..<processes, using: &rng)
            if let invocation = open[thread] {
                open[thread] = nil
                guard let completion = complete(invocation, index: events.count, written) else {
                    numbers[thread] += processes
                    continue
                }
                if completion.type == .info { numbers[thread] += processes }
                events.append(completion)
            } else if left > 0 {
                left -= 1
                let event = invoke(
                    process: numbers[thread], index: events.count, written: &written)
                events.append(event)
                open[thread] = event
            }
        }
        return events
    }

    private mutating func observed(_ written: [Int64]) -> Value {
        let choice = Int.random(in: 0...written.count, using: &rng)
        if Int.random(in: 0..<40, using: &rng) == 0 { return 99 }
        return choice == 0 ? .null : .integer(written[choice - 1])
    }

    private mutating func fresh(_ written: inout [Int64]) -> Value {
        let value = uniqueValues ? Int64(written.count + 1) : .random(in: 1...3, using: &rng)
        written.append(value)
        return .integer(value)
    }

    private mutating func invoke(process: Int, index: Int, written: inout [Int64]) -> Event {
        var event = Event(
            index: index * 3, process: ProcessID(process), type: .invoke, function: .read)
        switch Int.random(in: 0..<10, using: &rng) {
        case 0..<4: break
        case 4..<7:
            event.function = .write
            event.value = fresh(&written)
        default:
            event.function = .cas
            let expected = observed(written)
            event.value = .list([expected, fresh(&written)])
        }
        return event
    }

    private mutating func complete(
        _ invocation: Event, index: Int, _ written: [Int64]
    ) -> Event? {
        var event = invocation
        event.index = index * 3
        switch Int.random(in: 0..<20, using: &rng) {
        case 0: return nil
        case 1...3: event.type = .info
        case 4...5:
            event.type = .fail
            if invocation.function == .cas, Bool.random(using: &rng) {
                event.found = observed(written)
            }
        default:
            event.type = .ok
            if invocation.function == .read { event.value = observed(written) }
        }
        return event
    }
}
