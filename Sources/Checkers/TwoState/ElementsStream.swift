import HistoryModel

/// Judges the elements of a set, each for itself, event by event.
///
/// Remembers the elements that are in the set, and those that something is under way for.
struct ElementsStream: Sendable {
    /// An operation that is under way.
    struct Call: Sendable {
        var element: ValueCode
        var verb: RegisterVerb
        var twoState: TwoStateStream.Call
    }

    /// Per element: 0 if it is in the set and nothing is under way, else one more than its place.
    private var places = NumberTable<ValueCode>()
    private var twoStates: [TwoStateStream] = []
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
        let twoState = twoStates[place].begin(bringing: target, at: time)
        return Call(element: element, verb: verb, twoState: twoState)
    }

    /// An operation has happened, and returned a truth value or something else.
    ///
    /// - Returns: The end that the stream comes to by that.
    mutating func succeed(_ call: Call, answer: Bool?, at time: Int) -> StreamEnd? {
        let action: TwoStateStream.Action
        switch (call.verb, answer) {
        case (.contains, let answer?): action = .found(answer)
        case (.contains, nil): return .undecided
        case (_, true?): action = .toggled(to: call.verb == .add)
        case (_, false?): action = .found(call.verb == .add)
        case (_, nil): action = .left(call.verb == .add)
        }
        let place = place(of: call.element)
        let isPossible = twoStates[place].succeed(call.twoState, as: action, at: time)
        return isPossible ? release(call.element) : twoStates[place].failure
    }

    /// An operation has certainly not happened.
    ///
    /// - Returns: The end that the stream comes to by that.
    mutating func fail(_ call: Call) -> StreamEnd? {
        let place = place(of: call.element)
        return twoStates[place].fail(call.twoState)
            ? release(call.element) : twoStates[place].failure
    }

    /// Nobody will ever know whether an operation happened.
    mutating func lose(_ call: Call) {
        twoStates[place(of: call.element)].lose(call.twoState)
        _ = release(call.element)
    }

    /// Where the element is followed.
    private mutating func place(of element: ValueCode) -> Int {
        let record = places.number(of: element)
        if let record, record > 0 { return Int(record) - 1 }
        let place = free.popLast() ?? Int32(twoStates.count)
        let twoState = TwoStateStream(record != nil)
        if Int(place) == twoStates.count {
            twoStates.append(twoState)
        } else {
            twoStates[Int(place)] = twoState
        }
        places.remove(element)
        places.insert(element, place + 1)
        return Int(place)
    }

    /// Remembers no more of the element than its state, if nothing is under way and that is certain.
    private mutating func release(_ element: ValueCode) -> StreamEnd? {
        guard let record = places.number(of: element), record > 0,
            twoStates[Int(record) - 1].isQuiet, !twoStates[Int(record) - 1].hasGuessed
        else { return nil }
        free.append(record - 1)
        places.remove(element)
        if twoStates[Int(record) - 1].state { places.insert(element, 0) }
        return nil
    }
}

extension TwoStateStream {
    /// What it comes to if no order was found.
    fileprivate var failure: StreamEnd { hasGuessed ? .undecided : .violation }
}
