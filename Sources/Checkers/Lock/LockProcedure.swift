import HistoryModel

/// Decides about a lock that only its holder may release: by the stream, or by search where a
/// process goes on after an operation of unknown outcome.
struct LockProcedure: DecisionProcedure {
    let method = KeyResult.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let subhistory: Subhistory
    private let isFenced: Bool
    private var replay = ObjectReplay()
    private(set) var violationKind: String?

    init(_ subhistory: Subhistory, isFenced: Bool) {
        self.subhistory = subhistory
        self.isFenced = isFenced
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> DecisionFinding? {
        if subhistory.method == .search, !isFenced { return .passedOn(search) }
        let stream = LockStream(isFenced: isFenced, initial: subhistory.initial)
        replay = ObjectReplay(stream, subhistory.members, of: subhistory.operations)
        switch replay.end {
        case nil: return .valid
        case .undecided: return isFenced ? .undecided(reason) : .passedOn(search)
        case .violation: break
        }
        let trail = LockTrail(subhistory.members, of: subhistory.operations)
        guard let violation = trail.violation(at: replay.time, isFenced: isFenced) else {
            return .contradicted
        }
        violationKind = violation.kind
        return .invalid(trail.finding(for: violation).counterexample(of: subhistory))
    }

    private var search: RegisterProcedure { RegisterProcedure(subhistory, reading: .lock) }

    /// Why a lock with tokens can't be judged, which no search can either.
    private var reason: String {
        let list = subhistory.operations
        let strange = subhistory.members.first {
            let place = Int($0)
            let function = list.function(at: place)
            guard list.packed[place].outcome != .fail,
                let verb = RegisterReading.lock.verbs[function]
            else { return list.packed[place].outcome != .fail }
            guard verb == .acquire, list.packed[place].outcome == .ok else { return false }
            if case .integer = list[place].output { return false }
            return true
        }
        guard let strange else {
            return
                "a process went on after an operation of unknown outcome, or the lock was not free "
                + "at first"
        }
        return list[Int(strange)].isUnknownSender(
            to: "lock with fencing tokens",
            thatKnows: "acquire, which returns a rising number, and release")
    }
}
