import HistoryModel
import Vocabulary

/// Makes small histories of an object: what a real one did, with some answers falsified.
struct RandomObjectHistory {
    let object: TestObject
    var rng: RandomStream
    /// How many answers in a thousand are made up.
    var liesPerMille = 120
    /// How many outcomes in a thousand stay unknown.
    var unknownPerMille = 120
    /// How many operations in a thousand are said to have failed; of those a tenth did not.
    var failuresPerMille = 0

    private struct Client {
        var process: Int
        var invocation: Event?
        var answer: Event?
    }

    init(_ object: TestObject, rng: RandomStream) {
        self.object = object
        self.rng = rng
    }

    /// The operations, `count` of them, by a few clients.
    mutating func operations(count: Int) throws -> OperationList {
        try OperationList(History(events: events(count: count)))
    }

    mutating func events(count: Int, clients clientCount: Int? = nil) -> [Event] {
        var events: [Event] = []
        var state = object.initial
        let clientCount = clientCount ?? Int.random(in: 1...4, using: &rng)
        var clients = (0..<clientCount).map { Client(process: $0) }
        var nextProcess = clientCount
        var called = 0
        while called < count || clients.contains(where: { $0.invocation != nil }) {
            let index = Int.random(in: 0..<clientCount, using: &rng)
            if clients[index].invocation == nil {
                guard called < count else { continue }
                let (function, value) = object.invoke(&rng, Int64(called))
                called += 1
                let event = Event(
                    index: events.count, process: ProcessID(clients[index].process),
                    type: .invoke, function: function, value: value)
                events.append(event)
                clients[index].invocation = event
            } else if clients[index].answer == nil, var event = clients[index].invocation {
                event.type = .ok
                if chance(failuresPerMille) {
                    if chance(100) { _ = object.answer(&state, event) }
                    event.type = .fail
                    clients[index].answer = event
                    continue
                }
                event = object.answer(&state, event)
                if chance(liesPerMille) { event = object.lie(event, &rng) }
                clients[index].answer = event
            } else {
                if chance(unknownPerMille) {
                    clients[index].process = nextProcess
                    nextProcess += 1
                } else if var event = clients[index].answer {
                    event.index = events.count
                    events.append(event)
                }
                clients[index].invocation = nil
                clients[index].answer = nil
            }
        }
        return events
    }

    private mutating func chance(_ perMille: Int) -> Bool {
        Int.random(in: 0..<1000, using: &rng) < perMille
    }
}
