import HistoryModel
import Vocabulary

/// An object for tests, told in the plainest way: what it remembers is one value.
struct TestObject: Sendable {
    /// The name of the model that judges it.
    var model: String
    var initial: Value
    /// Draws what a client asks for; the number is that of operations so far.
    var invoke: @Sendable (inout RandomStream, Int64) -> (Function, Value)
    /// What the object does and says at one moment.
    var answer: @Sendable (inout Value, Event) -> Event
    /// What a faulty object might have said instead.
    var lie: @Sendable (Event, inout RandomStream) -> Event
    /// The states that an operation can lead to; its outcome is not `fail`.
    var step: @Sendable (Value, Operation) -> [Value]

    static func element(_ rng: inout RandomStream) -> Value {
        .integer(.random(in: 0...2, using: &rng))
    }
}

extension Value {
    var elements: [Value] {
        if case .list(let elements) = self { return elements }
        return []
    }

    var number: Int64 {
        if case .integer(let number) = self { return number }
        return 0
    }

    var string: String {
        if case .text(let text) = self { return text }
        return ""
    }
}

extension Operation {
    /// Whether it came out like this; what is not known may have been anything.
    func returned(_ value: Value) -> Bool { outcome == .info || output == value }
}

extension TestObject {
    /// A queue or a stack; in a unique one each value is put once.
    static func queue(unique: Bool, isStack: Bool = false) -> TestObject {
        let put: Function = isStack ? "push" : "enqueue"
        let take: Function = isStack ? "pop" : "dequeue"
        return TestObject(
            model: isStack ? "stack" : "queue", initial: .list([])
        ) { rng, count in
            guard Bool.random(using: &rng) else { return (take, .null) }
            return (put, unique ? .integer(count) : element(&rng))
        } answer: { state, invocation in
            var event = invocation
            if event.function == put {
                state = .list(state.elements + [event.value])
            } else {
                event.value = (isStack ? state.elements.last : state.elements.first) ?? .null
                state = .list(
                    isStack ? state.elements.dropLast() : Array(state.elements.dropFirst()))
            }
            return event
        } lie: { event, rng in
            var event = event
            if event.function == take {
                event.value = .integer(.random(in: 0...4, using: &rng))
                if Int.random(in: 0..<3, using: &rng) == 0 { event.value = .null }
            }
            return event
        } step: { state, operation in
            let held = state.elements
            if operation.function == put { return [.list(held + [operation.input])] }
            let next = isStack ? held.last : held.first
            guard operation.returned(next ?? .null) else { return [] }
            guard next != nil else { return [state] }
            return [.list(isStack ? held.dropLast() : Array(held.dropFirst()))]
        }
    }

    /// A lock as a list: who holds it, or nobody.
    static func lock(owned: Bool) -> TestObject {
        TestObject(model: owned ? "lock" : "mutex", initial: .null) { rng, _ in
            (Bool.random(using: &rng) ? "acquire" : "release", .null)
        } answer: { state, invocation in
            var event = invocation
            let holder: Value = owned ? .integer(Int64(event.process.rawValue)) : true
            if event.function == "acquire", state == .null {
                state = holder
            } else if event.function == "release", state == holder {
                state = .null
            } else {
                event.type = .fail
            }
            return event
        } lie: { event, rng in
            var event = event
            event.type = Int.random(in: 0..<3, using: &rng) == 0 ? .fail : .ok
            return event
        } step: { state, operation in
            let holder: Value = owned ? .integer(Int64(operation.process.rawValue)) : true
            if operation.function == "acquire" { return state == .null ? [holder] : [] }
            return state == holder ? [.null] : []
        }
    }

    /// A set; with results it says of each update whether it made a difference.
    static func set(readWhole: Bool, withResults: Bool = true, growsOnly: Bool = false)
        -> TestObject
    {
        TestObject(model: "set", initial: .list([])) { rng, count in
            switch Int.random(in: 0..<6, using: &rng) {
            case 0, 1: ("add", growsOnly ? .integer(count) : element(&rng))
            case 2...3 where !growsOnly: ("remove", element(&rng))
            default: readWhole ? (.read, .null) : ("contains", element(&rng))
            }
        } answer: { state, invocation in
            var event = invocation
            var held = state.elements
            let isThere = held.contains(event.value)
            if event.function == .read {
                event.value = state
                return event
            }
            let changes = event.function != "contains" && isThere == (event.function == "remove")
            if changes {
                held = isThere ? held.filter { $0 != event.value } : held + [event.value]
            }
            state = .list(held.sorted())
            if event.function == "contains" {
                event.value = .bool(isThere)
            } else if withResults {
                event.value = .bool(changes)
            }
            return event
        } lie: { event, rng in
            var event = event
            switch event.value {
            case .bool(let told): event.value = .bool(!told)
            case .list(let elements):
                var lied = elements.filter { _ in Int.random(in: 0..<4, using: &rng) > 0 }
                if growsOnly, Bool.random(using: &rng) {
                    lied.append(.integer(.random(in: 0...6, using: &rng)))
                }
                event.value = .list(lied.sorted())
            default: break
            }
            return event
        } step: { state, operation in
            let held = state.elements
            if operation.function == .read { return operation.returned(state) ? [state] : [] }
            let isThere = held.contains(operation.input)
            if operation.function == "contains" {
                return operation.returned(.bool(isThere)) ? [state] : []
            }
            let changes = isThere == (operation.function == "remove")
            guard !withResults || operation.returned(.bool(changes)) else { return [] }
            guard changes else { return [state] }
            return [
                .list(
                    isThere
                        ? held.filter { $0 != operation.input }
                        : (held + [operation.input]).sorted())
            ]
        }
    }

    static let text = TestObject(model: "kv", initial: "") { rng, count in
        switch Int.random(in: 0..<6, using: &rng) {
        case 0: ("put", .text(Bool.random(using: &rng) ? "a" : "\(count)"))
        case 1, 2: ("append", .text(Bool.random(using: &rng) ? "a" : "b"))
        default: ("get", .null)
        }
    } answer: { state, invocation in
        var event = invocation
        switch event.function {
        case "put": state = event.value
        case "append": state = .text(state.string + event.value.string)
        default: event.value = state
        }
        return event
    } lie: { event, rng in
        var event = event
        if event.function == "get" {
            event.value = .text(
                ["", "a", "b", "ab", "aa", "ba", "aab"].randomElement(using: &rng) ?? "")
        }
        return event
    } step: { state, operation in
        switch operation.function {
        case "put": [operation.input]
        case "append": [.text(state.string + operation.input.string)]
        default: operation.returned(state) ? [state] : []
        }
    }

    static func list(unique: Bool) -> TestObject {
        TestObject(model: "list-append", initial: .list([])) { rng, count in
            guard Bool.random(using: &rng) else { return (.read, .null) }
            return ("append", unique ? .integer(count) : element(&rng))
        } answer: { state, invocation in
            var event = invocation
            if event.function == .read {
                event.value = state
            } else {
                state = .list(state.elements + [event.value])
            }
            return event
        } lie: { event, rng in
            var event = event
            if event.function == .read {
                var lied = event.value.elements
                switch Int.random(in: 0..<4, using: &rng) {
                case 0: lied.reverse()
                case 1: _ = lied.popLast()
                case 2: lied.append(.integer(.random(in: 0...6, using: &rng)))
                default: lied = Array(lied.dropFirst())
                }
                event.value = .list(lied)
            }
            return event
        } step: { state, operation in
            guard operation.function == .read else {
                return [.list(state.elements + [operation.input])]
            }
            return operation.returned(state) ? [state] : []
        }
    }

    /// A counter; a mixed one is increased by various amounts, and decreased.
    static func counter(mixed: Bool) -> TestObject {
        TestObject(model: "counter", initial: 0) { rng, _ in
            guard Bool.random(using: &rng) else { return (.read, .null) }
            guard mixed else { return ("increment", .null) }
            return ("add", .integer(.random(in: -1...2, using: &rng)))
        } answer: { state, invocation in
            var event = invocation
            switch event.function {
            case .read: event.value = state
            case "add": state = .integer(state.number + event.value.number)
            default: state = .integer(state.number + 1)
            }
            return event
        } lie: { event, rng in
            var event = event
            if event.function == .read {
                event.value = .integer(event.value.number + .random(in: -2...2, using: &rng))
            }
            return event
        } step: { state, operation in
            switch operation.function {
            case .read: operation.returned(state) ? [state] : []
            case "add": [.integer(state.number + operation.input.number)]
            default: [.integer(state.number + 1)]
            }
        }
    }

    /// Two registers that begin with null.
    static let multiRegister = TestObject(model: "multi-register", initial: [.null, .null]) {
        rng, _ in
        let isWrite = Bool.random(using: &rng)
        var parts: [Value] = []
        for register in 0..<2 where parts.isEmpty || Bool.random(using: &rng) {
            let value: Value = isWrite ? element(&rng) : .null
            parts.append([isWrite ? "w" : "r", .integer(Int64(register)), value])
        }
        return ("txn", .list(parts))
    } answer: { state, invocation in
        var event = invocation
        var held = state.elements
        event.value = .list(
            event.value.elements.map { part in
                let place = Int(part.elements[1].number)
                if part.elements[0] == "w" { held[place] = part.elements[2] }
                return [part.elements[0], part.elements[1], held[place]]
            })
        state = .list(held)
        return event
    } lie: { event, rng in
        var event = event
        let parts = event.value.elements
        if let first = parts.first, first.elements[0] == "r" {
            event.value = .list(
                [[first.elements[0], first.elements[1], element(&rng)]] + parts.dropFirst())
        }
        return event
    } step: { state, operation in
        var held = state.elements
        let parts = operation.outcome == .ok ? operation.output : operation.input
        for part in parts.elements {
            let place = Int(part.elements[1].number)
            if part.elements[0] == "w" {
                held[place] = part.elements[2]
            } else if operation.outcome == .ok, held[place] != part.elements[2] {
                return []
            }
        }
        return [.list(held)]
    }
}
