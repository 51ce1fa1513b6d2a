import HistoryModel
import Vocabulary

/// Makes small histories of one register: what a real one did, with some answers falsified.
struct RandomHistory {
    var rng: RandomStream
    /// Whether every write brings a value of its own.
    var uniqueValues: Bool
    /// How many answers in a thousand are made up.
    var liesPerMille = 250
    /// How many reads in a thousand return one of the last few values, whether there or not.
    var nearMissesPerMille = 0

    private struct Client {
        var process: Int
        var invocation: Event?
        var answer: Event?
    }

    private var register: Value = .null
    private var written: [Int64] = []
    private var events: [Event] = []
    private var nextProcess = 0
    private var valueCount: Int64 = 3
    private var readsInTen = 4

    init(rng: RandomStream, uniqueValues: Bool) {
        self.rng = rng
        self.uniqueValues = uniqueValues
    }

    /// Events of `count` operations by a few clients.
    mutating func events(count: Int) -> [Event] {
        events = []
        written = []
        register = .null
        valueCount = .random(in: 1...3, using: &rng)
        readsInTen = .random(in: 1...5, using: &rng)
        let clientCount = Int.random(in: 1...5, using: &rng)
        var clients = (0..<clientCount).map { Client(process: $0) }
        nextProcess = clientCount
        var left = count
        while left > 0 || clients.contains(where: { $0.invocation != nil }) {
            let index = Int.random(in: 0..<clientCount, using: &rng)
            if clients[index].invocation == nil {
                guard left > 0 else { continue }
                left -= 1
                clients[index].invocation = invoke(process: clients[index].process)
            } else if clients[index].answer == nil {
                clients[index].answer = clients[index].invocation.map { answer($0) }
            } else {
                finish(&clients[index])
            }
        }
        return events
    }

    private mutating func invoke(process: Int) -> Event {
        var event = Event(
            index: events.count * 3, process: ProcessID(process), type: .invoke, function: .read)
        switch Int.random(in: 0..<10, using: &rng) {
        case 0..<readsInTen: break
        case readsInTen..<7:
            event.function = .write
            event.value = fresh()
        default:
            event.function = .cas
            let expected = Bool.random(using: &rng) ? register : anything()
            event.value = .list([expected, fresh()])
        }
        events.append(event)
        return event
    }

    private mutating func fresh() -> Value {
        let value =
            uniqueValues ? Int64(written.count + 1) : .random(in: 1...valueCount, using: &rng)
        written.append(value)
        return .integer(value)
    }

    private mutating func anything() -> Value {
        if Int.random(in: 0..<40, using: &rng) == 0 { return 99 }
        let choice = Int.random(in: 0...written.count, using: &rng)
        return choice == 0 ? .null : .integer(written[choice - 1])
    }

    private mutating func recent() -> Value {
        written.suffix(5).randomElement(using: &rng).map { .integer($0) } ?? .null
    }

    /// What the register does and says at one moment between call and return.
    private mutating func answer(_ invocation: Event) -> Event {
        var event = invocation
        event.type = .ok
        let lies = Int.random(in: 0..<1000, using: &rng) < liesPerMille
        switch (invocation.function, invocation.value) {
        case (.read, _):
            let misses =
                nearMissesPerMille > 0 && Int.random(in: 0..<1000, using: &rng) < nearMissesPerMille
            event.value = lies ? anything() : misses ? recent() : register
        case (.cas, .list(let pair)):
            if pair[0] == register {
                register = pair[1]
            } else if !lies {
                event.type = .fail
                event.found = Bool.random(using: &rng) ? register : nil
            }
        default:
            register = invocation.value
            if lies { event.type = .fail }
        }
        return event
    }

    private mutating func finish(_ client: inout Client) {
        var event = client.answer
        let isUnknown = Int.random(in: 0..<6, using: &rng) == 0
        if isUnknown {
            client.process = nextProcess
            nextProcess += 1
            event = Bool.random(using: &rng) ? client.invocation : nil
            event?.type = .info
        }
        if var event {
            event.index = events.count * 3
            events.append(event)
        }
        client.invocation = nil
        client.answer = nil
    }
}
