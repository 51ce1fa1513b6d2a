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

    init(_ rules: CompletionRules, isLenient: Bool, expecting count: Int) {
        self.rules = rules
        self.isLenient = isLenient
        open = OpenOperations(expecting: count)
        withoutValue = rules.functions.map { _ in 0 }
        isSupplied = rules.functions.map { _ in false }
    }

    /// The functions of which some operations have values that nobody knows.
    var valueless: [Function] {
        rules.functions.indices.filter { withoutValue[$0] > 0 && isSupplied[$0] }
            .map { rules.functions[$0] }
    }

    /// Takes the next event; what does not pair is left for others to report.
    mutating func step(_ events: inout [Event], _ place: Int) throws(HistoryError) {
        let process = events[place].process.rawValue
        let number = rules.place(of: events[place].function)
        guard events[place].type != .invoke else {
            if open.begin(process, as: Int32(place)), let number, events[place].value == .null {
                withoutValue[number] += 1
            }
            return
        }
        guard let invocation = open.end(process).map(Int.init), let number,
            events[invocation].function == events[place].function
        else { return }
        if events[place].type != .info, events[invocation].value == .null {
            withoutValue[number] -= 1
        }
        guard events[place].type == .ok else { return }
        try settle(&events, invocation, place, number)
    }

    private mutating func settle(
        _ events: inout [Event], _ invocation: Int, _ place: Int, _ number: Int
    ) throws(HistoryError) {
        if events[invocation].key == nil, events[invocation].value == .null,
            let key = events[place].key
        {
            events[invocation].key = key
            isSupplied[number] = true
        }
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
        case .contradiction:
            guard isLenient else {
                throw .valueChanged(
                    index: events[place].index, function: events[place].function,
                    invoked: events[invocation].value, completed: events[place].value)
            }
            contradicted += 1
            events[place].type = .info
            events[place].error = "named \(events[place].value)"
        }
    }
}
