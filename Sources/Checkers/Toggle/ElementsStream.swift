import HistoryModel

/// Judges the elements of a set, each for itself, event by event.
///
/// Remembers the elements that are in the set, and those that something is under way for.
struct ElementsStream: Sendable {
    /// An operation that is under way.
    struct Call: Sendable {
        var element: ValueCode
        var verb: RegisterVerb
        var toggle: ToggleStream.Call
    }

    /// Per element: 0 if it is in the set and nothing is under way, else one more than its place.
    private var places = NumberTable<ValueCode>()
    private var toggles: [ToggleStream] = []
    private var free: [Int32] = []
    private let verbs = RegisterReading.element.verbs

    init(_ initial: [ValueCode]) {
        for element in initial where places.number(of: element) == nil {
            places.insert(element, 0)
        }
    }

    var remembered: Int { places.count }

    func addCodes(to codes: inout [ValueCode]) { codes += places.allKeys }

    /// An operation begins; nil if it is none of an element.
    mutating func begin(_ function: Function, _ element: ValueCode, at time: Int) -> Call? {
        guard let verb = verbs[function] else { return nil }
        let place = place(of: element)
        let target = verb == .contains ? nil : verb == .add
        let toggle = toggles[place].begin(bringing: target, at: time)
        return Call(element: element, verb: verb, toggle: toggle)
    }

    /// An operation has happened, and returned a truth value or something else.
    ///
    /// - Returns: The end that the stream comes to by that.
    mutating func succeed(_ call: Call, answer: Bool?, at time: Int) -> StreamEnd? {
        let deed: ToggleStream.Deed
        switch (call.verb, answer) {
        case (.contains, let answer?): deed = .found(answer)
        case (.contains, nil): return .undecided
        case (_, true?): deed = .toggled(to: call.verb == .add)
        case (_, false?): deed = .found(call.verb == .add)
        case (_, nil): deed = .left(call.verb == .add)
        }
        let place = place(of: call.element)
        let isPossible = toggles[place].succeed(call.toggle, as: deed, at: time)
        return isPossible ? release(call.element) : toggles[place].failure
    }

    /// An operation has certainly not happened.
    ///
    /// - Returns: The end that the stream comes to by that.
    mutating func fail(_ call: Call) -> StreamEnd? {
        let place = place(of: call.element)
        return toggles[place].fail(call.toggle) ? release(call.element) : toggles[place].failure
    }

    /// Nobody will ever know whether an operation happened.
    mutating func lose(_ call: Call) {
        toggles[place(of: call.element)].lose(call.toggle)
        _ = release(call.element)
    }

    /// Where the element is followed.
    private mutating func place(of element: ValueCode) -> Int {
        let record = places.number(of: element)
        if let record, record > 0 { return Int(record) - 1 }
        let place = free.popLast() ?? Int32(toggles.count)
        let toggle = ToggleStream(record != nil)
        if Int(place) == toggles.count {
            toggles.append(toggle)
        } else {
            toggles[Int(place)] = toggle
        }
        places.remove(element)
        places.insert(element, place + 1)
        return Int(place)
    }

    /// Remembers no more of the element than its state, if nothing is under way and that is certain.
    private mutating func release(_ element: ValueCode) -> StreamEnd? {
        guard let record = places.number(of: element), record > 0,
            toggles[Int(record) - 1].isQuiet, !toggles[Int(record) - 1].hasGuessed
        else { return nil }
        free.append(record - 1)
        places.remove(element)
        if toggles[Int(record) - 1].state { places.insert(element, 0) }
        return nil
    }
}

extension ToggleStream {
    /// What it comes to if no order was found.
    fileprivate var failure: StreamEnd { hasGuessed ? .undecided : .violation }
}
