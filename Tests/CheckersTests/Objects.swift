import HistoryModel
import Vocabulary

@testable import Checkers

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
    /// A register with three values.
    static let register = TestObject(model: "cas-register", initial: .null) { rng, _ in
        switch Int.random(in: 0..<3, using: &rng) {
        case 0: (.read, .null)
        case 1: (.write, element(&rng))
        default: (.cas, [element(&rng), element(&rng)])
        }
    } answer: { state, invocation in
        var event = invocation
        switch event.function {
        case .read: event.value = state
        case .write: state = event.value
        default:
            if event.value.elements[0] == state {
                state = event.value.elements[1]
            } else {
                event.type = .fail
            }
        }
        return event
    } lie: { event, rng in
        var event = event
        if event.function == .read { event.value = element(&rng) }
        return event
    } step: { state, operation in
        switch operation.function {
        case .read: operation.returned(state) ? [state] : []
        case .write: [operation.input]
        default: operation.input.elements[0] == state ? [operation.input.elements[1]] : []
        }
    }

    /// A queue or a stack; in a unique one each value is put once.
    ///
    /// One that does not tell that it is empty fails instead.
    static func queue(unique: Bool, isStack: Bool = false, tellsEmpty: Bool = true) -> TestObject {
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
                if event.value == .null, !tellsEmpty { event.type = .fail }
                state = .list(
                    isStack ? state.elements.dropLast() : Array(state.elements.dropFirst()))
            }
            return event
        } lie: { event, rng in
            var event = event
            if event.function == take {
                event.value = .integer(.random(in: 0...4, using: &rng))
                let isEmpty = Int.random(in: 0..<3, using: &rng) == 0
                if tellsEmpty, isEmpty { event.value = .null }
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

    /// A priority queue as an ordered list; in a unique one each value is put once.
    static func priorityQueue(unique: Bool) -> TestObject {
        TestObject(model: "priority-queue", initial: .list([])) { rng, count in
            guard Bool.random(using: &rng) else { return ("poll", .null) }
            // Each a different value, but not in the order of time.
            return ("insert", unique ? .integer((count * 7 + 3) % 11) : element(&rng))
        } answer: { state, invocation in
            var event = invocation
            if event.function == "insert" {
                state = .list((state.elements + [event.value]).sorted())
            } else {
                event.value = state.elements.first ?? .null
                state = .list(Array(state.elements.dropFirst()))
            }
            return event
        } lie: { event, rng in
            var event = event
            if event.function == "poll" {
                event.value = .integer(.random(in: 0...10, using: &rng))
                if Int.random(in: 0..<3, using: &rng) == 0 { event.value = .null }
            }
            return event
        } step: { state, operation in
            let held = state.elements
            if operation.function == "insert" {
                return [.list((held + [operation.input]).sorted())]
            }
            guard operation.returned(held.first ?? .null) else { return [] }
            return [.list(Array(held.dropFirst()))]
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

    /// A lock with tokens that rise as a list: the last token, and who holds the lock, if anybody.
    static let fencedLock = TestObject(model: "fenced-lock", initial: [-9]) { rng, _ in
        (Bool.random(using: &rng) ? "acquire" : "release", .null)
    } answer: { state, invocation in
        var event = invocation
        let holder = Value.integer(Int64(event.process.rawValue))
        if event.function == "acquire", state.elements.count == 1 {
            event.value = .integer(max(3, state.elements[0].number + 1))
            state = [event.value, holder]
        } else if event.function == "release", state.elements.last == holder,
            state.elements.count == 2
        {
            state = [state.elements[0]]
        } else {
            event.type = .fail
        }
        return event
    } lie: { event, rng in
        var event = event
        if event.function == "acquire", Bool.random(using: &rng) {
            event.value = .integer(event.value.number + .random(in: -2...2, using: &rng))
        } else {
            event.type = Int.random(in: 0..<3, using: &rng) == 0 ? .fail : .ok
            if event.value == .null, event.function == "acquire" { event.value = 1 }
        }
        return event
    } step: { state, operation in
        let holder = Value.integer(Int64(operation.process.rawValue))
        guard operation.function == "acquire" else {
            return state.elements.count == 2 && state.elements[1] == holder
                ? [[state.elements[0]]] : []
        }
        guard state.elements.count == 1 else { return [] }
        guard operation.outcome == .ok else {
            return (0...3).map { [.integer(state.elements[0].number + $0 * 2 + 1), holder] }
        }
        return operation.output.number > state.elements[0].number
            ? [[operation.output, holder]] : []
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

    /// A text of words that are each written once, and of which none begins with another.
    static let textOfUniqueWords: TestObject = {
        var object = text
        object.invoke = { rng, count in
            switch Int.random(in: 0..<6, using: &rng) {
            case 0: ("put", .text("\(count);"))
            case 1, 2: ("append", .text("\(count);"))
            default: ("get", .null)
            }
        }
        object.lie = { event, rng in
            guard event.function == "get" else { return event }
            var event = event
            var words = event.value.string.split(separator: ";").map { "\($0);" }
            switch Int.random(in: 0..<5, using: &rng) {
            case 0: words.reverse()
            case 1: _ = words.popLast()
            case 2: words.append("\(Int.random(in: 0...6, using: &rng));")
            case 3: words.append("?")
            default: words = Array(words.dropFirst())
            }
            event.value = .text(words.joined())
            return event
        }
        return object
    }()

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
