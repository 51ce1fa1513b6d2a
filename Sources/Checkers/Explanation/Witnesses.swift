import HistoryModel

/// The operations of a counterexample under the names that its text refers to.
struct Witnesses {
    let history: RegisterHistory
    /// Everyone who takes part, in the order of the calls.
    private let participants: Participants
    /// Where the operations of the history stand among them.
    private let places: [Int]
    /// What else bears on the value that was observed.
    let background: Background
    /// Whether the values say if an element is in a set.
    let isElement: Bool

    init(
        _ history: RegisterHistory, of list: OperationList, noun: String, background: Background
    ) {
        self.history = history
        isElement = noun == RegisterReading.element.noun
        self.background = background
        let originals = history.operations.map { list[Int($0.source)] }
        let everyone = (originals + background.operations).sorted { $0.call < $1.call }
        participants = Participants(everyone)
        places = originals.map { original in
            everyone.firstIndex { $0.call == original.call } ?? 0
        }
    }

    var all: [Counterexample.Participant] { participants.all }

    func label(_ index: Int) -> String { participants.label(places[index]) }

    /// The name of an operation of the background.
    func name(of operation: Operation) -> String {
        participants.name(participants.originals.firstIndex { $0.call == operation.call } ?? 0)
    }

    /// What it means that an operation failed.
    func refusal(of operation: Operation) -> String {
        "\(name(of: operation)) was reported as failed (event "
            + "\(operation.return ?? operation.call)), which means that it never takes effect."
    }

    func value(_ number: Int32) -> String {
        let value = history.values[Int(number)]
        guard isElement, case .bool(let isThere) = value else { return value.description }
        return isThere ? "present" : "absent"
    }

    /// What nobody did who should have brought a value: `write 7` or, if it is long ago, `wrote 7`.
    func bringing(_ number: Int32, past: Bool = false) -> String {
        let value = history.values[Int(number)]
        guard isElement, case .bool(let isThere) = value else {
            return (past ? "wrote " : "write ") + value.description
        }
        return (isThere ? "add" : "remove") + (past ? (isThere ? "ed it" : "d it") : " it")
    }

    /// What was asked and answered: `A (write 7)`.
    func name(_ index: Int) -> String { participants.name(places[index]) }

    /// What an operation found or did, after its label: `read 7`.
    func pastAction(_ index: Int) -> String { participants.originals[places[index]].pastAction }

    func call(_ index: Int) -> Int { participants.call(places[index]) }

    /// Where it returned, for one that has a return that counts.
    func `return`(_ index: Int) -> Int { participants.return(places[index]) }

    /// Several labels: `A, B and C`.
    func list(_ indices: some Sequence<Int>) -> String {
        Self.list(Set(indices).sorted().map { label($0) })
    }

    /// Several words: `5, 7 and 9`.
    static func list(_ words: [String], or conjunction: String = "and") -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// How often: `once`, `twice`, `3 times`.
    static func times(_ count: Int) -> String {
        count == 1 ? "once" : count == 2 ? "twice" : "\(count) times"
    }

    /// Whether it is not known how the operation ended.
    func isIndeterminate(_ index: Int) -> Bool {
        participants.originals[places[index]].outcome == .info
    }

    /// What has to be said of operations that had not returned when another did.
    func notices(ofPending pending: [Int], until last: Int) -> [String] {
        participants.notices(ofPending: pending.map { places[$0] }, until: places[last])
    }

    /// Why one operation comes before another in real time.
    func returnedBefore(_ earlier: Int, _ later: Int) -> String {
        participants.returnedBefore(places[earlier], places[later])
    }

    func precedence(
        _ earlier: Int, _ later: Int, because: String
    ) -> Counterexample.Precedence {
        participants.precedence(places[earlier], places[later], because: because)
    }

    func realTime(_ earlier: Int, _ later: Int) -> Counterexample.Precedence {
        participants.realTime(places[earlier], places[later])
    }
}

extension Counterexample.Precedence {
    /// The precedence as a sentence.
    var sentence: String { "\(before) must come before \(after) because \(because)." }
}

extension Operation {
    /// What was done, as a person writes it.
    var action: String {
        switch (function, input) {
        case (.read, _): return outcome == .ok ? "read → \(output.abridged)" : "read"
        case (.cas, .list(let pair)) where pair.count == 2:
            let action = "cas \(pair[0]) → \(pair[1])"
            return outcome == .fail ? found.map { "\(action), found \($0)" } ?? action : action
        case (.write, _): return "write \(input)"
        default:
            return Action(function, input, output: outcome == .ok ? output : nil).description
        }
    }

    /// What was done, in the past tense.
    fileprivate var pastAction: String {
        switch (function, input) {
        case (.read, _): return "read \(output.abridged)"
        case (.get, _): return "got \(output.abridged)"
        case (.put, _): return "put \(input)"
        case (.append, _): return "appended \(input)"
        case (.cas, .list(let pair)) where pair.count == 2:
            if outcome == .fail, let found { return "found \(found)" }
            return "replaced \(pair[0]) by \(pair[1])"
        case (.write, _): return "wrote \(input)"
        case (.add, _) where outcome == .ok && output.truth(about: input) == false:
            return "found \(input) present"
        case ("remove", _) where outcome == .ok && output.truth(about: input) == false:
            return "found \(input) absent"
        case ("contains", _) where outcome == .ok && output != .null:
            return "found \(input) \(output == true ? "present" : "absent")"
        default: return "completed \(action)"
        }
    }
}
