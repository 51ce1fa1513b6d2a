/// Brings completions and invocations of a history into agreement, event by event.
struct CompletionPairing {
    private let rules: CompletionRules
    private let isLenient: Bool
    private var open: OpenOperations
    private(set) var contradicted = 0
    /// Per function: how many invocations without a value have not succeeded or failed.
    private var withoutValue: [Int]
    /// Per function: whether an invocation got its value from its completion.
    private var isSupplied: [Bool]
    /// Per function: whether an invocation got its key from its completion.
    private var isKeySupplied: [Bool]
    /// Per function: whether a completion contradicted its invocation.
    private var isContradicted: [Bool]
    /// The place of the rule for each function of the history, looked up once; -1 if there is none.
    private var rulePlaces: [Int] = []

    init(_ rules: CompletionRules, isLenient: Bool, expecting count: Int) {
        self.rules = rules
        self.isLenient = isLenient
        open = OpenOperations(expecting: count)
        withoutValue = rules.functions.map { _ in 0 }
        isSupplied = rules.functions.map { _ in false }
        isKeySupplied = isSupplied
        isContradicted = isSupplied
    }

    /// The functions of which some operations have values that nobody knows.
    var valueless: [Function] {
        rules.functions.indices.filter { number in
            let mayChange = !Self.observers.contains(rules.functions[number])
            let isLacking = isSupplied[number] || isKeySupplied[number] && mayChange
            return isContradicted[number] || withoutValue[number] > 0 && isLacking
        }.map { rules.functions[$0] }
    }

    /// What changes nothing, so that one of unknown outcome explains nothing, whatever its key.
    private static let observers: Set<Function> = [.read, "get", "contains", "generate"]

    /// Takes the next event; what does not pair is left for others to report.
    mutating func step(_ events: inout EventList, _ place: Int) throws(HistoryError) {
        let process = events.process(at: place)
        let function = events.functionNumber(at: place)
        let number = rule(of: function, events)
        let type = events.type(at: place)
        guard type != .invoke else {
            if open.begin(process, as: Int32(place)), number >= 0, events.hasNoValue(at: place) {
                withoutValue[number] += 1
            }
            return
        }
        guard let invocation = open.end(process).map(Int.init), number >= 0,
            events.functionNumber(at: invocation) == function
        else { return }
        if type != .info, events.hasNoValue(at: invocation) { withoutValue[number] -= 1 }
        guard type == .ok else { return }
        try settle(&events, invocation, place, number)
    }

    /// The place of the rule for a function of the history, or -1.
    private mutating func rule(of function: Int, _ events: EventList) -> Int {
        while rulePlaces.count <= function {
            rulePlaces.append(rules.place(of: events.functions[rulePlaces.count]) ?? -1)
        }
        return rulePlaces[function]
    }

    private mutating func settle(
        _ events: inout EventList, _ invocation: Int, _ place: Int, _ number: Int
    ) throws(HistoryError) {
        if events.hasNoKey(at: invocation), events.hasNoValue(at: invocation),
            !events.hasNoKey(at: place)
        {
            events[invocation].key = events[place].key
            isKeySupplied[number] = true
        }
        // Nearly all completions repeat the value, or answer whatever they like.
        if rules.rules[number].isSettledByRepetition, events.haveSameValue(invocation, place) {
            return
        }
        if rules.rules[number] == .answer { return }
        let conclusion = rules.rules[number].conclusion(
            invoked: events[invocation].value, completed: events[place].value)
        switch conclusion {
        case .agreement: break
        case .supplied(let value):
            events[invocation].value = value
            isSupplied[number] = true
        case .answered(let value): events[place].value = value
        case .failed:
            events[place].type = .fail
            events[place].value = events[invocation].value
            events[place].error = events[place].error ?? "answered false"
        case .undecided:
            events[place].type = .info
            events[place].error = events[place].error ?? "answered what was asked for"
        case .contradiction:
            guard isLenient else {
                throw .valueChanged(
                    index: events[place].index, function: events[place].function,
                    invoked: events[invocation].value, completed: events[place].value)
            }
            contradicted += 1
            isContradicted[number] = true
            events[place].type = .info
            events[place].error = "named \(events[place].value)"
        }
    }
}
