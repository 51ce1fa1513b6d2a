internal import HistoryModel
internal import Vocabulary

/// What clients did to an object that keeps its promise, but for one read, made from a seed.
struct CheckLoad {
    enum Object {
        /// Registers with read, write and compare-and-set; without a number of values each write
        /// brings a value of its own.
        case registers(values: Int64?)
        case queue
        /// A set of a thousand elements whose updates tell whether they made a difference.
        case set
    }

    var object: Object
    var operations: Int
    var clients: Int
    var keys = 1
    /// How many of a thousand outcomes stay unknown.
    var unknownPerMille = 0
    /// Whether one late read returns a value that was written early only.
    var hasStaleRead = false

    private struct Client {
        var process: Int
        var invocation: Event?
        var completion: Event?
    }

    /// The state of one key.
    private struct State {
        var register = Value.null
        var queue: [Int64] = []
        var head = 0
        var elements = [Bool](repeating: false, count: 1_000)
    }

    /// The events, the same for the same seed.
    func events(seed: UInt64) -> [Event] {
        var events: [Event] = []
        events.reserveCapacity(2 * operations)
        generate(seed: seed) { events.append($0) }
        return events
    }

    /// The same, packed from the start.
    func packed(seed: UInt64) throws -> OperationList {
        var builder = OperationListBuilder(expecting: operations)
        try generate(seed: seed) { event in
            if event.type == .invoke {
                try builder.invoke(
                    process: event.process.rawValue, event.function, key: event.key,
                    value: event.value)
            } else {
                try builder.complete(
                    process: event.process.rawValue, event.type, value: event.value,
                    found: event.found)
            }
        }
        return builder.finish()
    }

    /// Hands over event after event.
    func generate<Failure: Error>(
        seed: UInt64, _ record: (Event) throws(Failure) -> Void
    ) throws(Failure) {
        var rng = Seed(seed).stream("load")
        var states = [State](repeating: State(), count: keys)
        var clients = (0..<clients).map { Client(process: $0) }
        var count = 0
        var called = 0
        var isLieTold = !hasStaleRead
        while called < operations || clients.contains(where: { $0.invocation != nil }) {
            let index = Int.random(in: 0..<clients.count, using: &rng)
            if clients[index].invocation == nil {
                guard called < operations else { continue }
                called += 1
                let key = Int.random(in: 0..<keys, using: &rng)
                var event = Event(
                    index: count, process: ProcessID(clients[index].process),
                    type: .invoke, function: .read,
                    key: keys > 1 ? .integer(Int64(key)) : nil)
                choose(&event, states[key], number: called, &rng)
                clients[index].invocation = event
                try record(event)
                count += 1
            } else if clients[index].completion == nil, let invocation = clients[index].invocation {
                var key = 0
                if case .integer(let number) = invocation.key { key = Int(number) }
                var completion = answer(invocation, &states[key])
                if !isLieTold, called > operations * 9 / 10, completion.function == .read {
                    completion.value = Self.early
                    isLieTold = true
                } else if Int.random(in: 0..<1000, using: &rng) < unknownPerMille {
                    completion.type = .info
                }
                clients[index].completion = completion
            } else if var completion = clients[index].completion {
                if completion.type == .info { clients[index].process += self.clients }
                completion.index = count
                try record(completion)
                count += 1
                clients[index].invocation = nil
                clients[index].completion = nil
            }
        }
    }

    /// A value that is written in the first tenth only.
    private static let early: Value = -1

    private func choose(
        _ event: inout Event, _ state: State, number: Int, _ rng: inout RandomStream
    ) {
        switch object {
        case .registers(let values):
            func value() -> Value {
                guard let values else { return .integer(Int64(number)) }
                return .integer(.random(in: 0..<values, using: &rng))
            }
            let kind = Int.random(in: 0..<3, using: &rng)
            if hasStaleRead, number == operations / 20 {
                event.function = .write
                event.value = Self.early
            } else if kind == 1 {
                event.function = .write
                event.value = value()
            } else if kind == 2 {
                event.function = .cas
                event.value = [values == nil ? state.register : value(), value()]
            }
        case .queue:
            event.function = Bool.random(using: &rng) ? "enqueue" : "dequeue"
            if event.function == "enqueue" { event.value = .integer(Int64(number)) }
        case .set:
            event.function = ["add", "remove", "contains"].randomElement(using: &rng) ?? "add"
            event.value = .integer(.random(in: 0..<1_000, using: &rng))
        }
    }

    /// What the object does and says at one moment.
    private func answer(_ invocation: Event, _ state: inout State) -> Event {
        var event = invocation
        event.type = .ok
        switch (invocation.function, invocation.value) {
        case (.read, _): event.value = state.register
        case (.write, _): state.register = event.value
        case (.cas, .list(let pair)):
            if pair[0] == state.register { state.register = pair[1] } else { event.type = .fail }
        case ("enqueue", .integer(let number)): state.queue.append(number)
        case ("dequeue", _):
            if state.head < state.queue.count {
                event.value = .integer(state.queue[state.head])
                state.head += 1
            }
        case (let function, .integer(let element)):
            let wasThere = state.elements[Int(element)]
            if function == "contains" {
                event.value = .bool(wasThere)
            } else {
                state.elements[Int(element)] = function == "add"
                event.value = .bool(wasThere == (function == "remove"))
            }
        default: break
        }
        return event
    }
}
