import HistoryModel

/// Judges a lock that anybody may release, event by event.
struct MutexStream: ObjectStream {
    private(set) var end: StreamEnd?
    private var lock = TwoStateStream(false)
    private let verbs: [Function: RegisterVerb]

    init(_ reading: RegisterReading, initial: Value?) {
        verbs = reading.verbs
        if let initial, initial != reading.initial { end = .undecided }
    }

    var remembered: Int { lock.remembered }

    mutating func leave() { end = end ?? .undecided }

    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> TwoStateStream.Call? {
        guard let verb = verbs[function] else {
            leave()
            return nil
        }
        return lock.begin(bringing: verb == .acquire, at: time)
    }

    mutating func succeed(
        _ call: TwoStateStream.Call, _ output: Value, _ pool: inout ValuePool, at time: Int
    ) {
        let isPossible = lock.succeed(call, as: .toggled(to: call.target == true), at: time)
        if !isPossible { end = .violation }
    }

    mutating func fail(
        _ call: TwoStateStream.Call, found: Value?, _ pool: inout ValuePool, at time: Int
    ) {
        if !lock.fail(call) { end = .violation }
    }

    mutating func lose(_ call: TwoStateStream.Call, at time: Int) { lock.lose(call) }
}
