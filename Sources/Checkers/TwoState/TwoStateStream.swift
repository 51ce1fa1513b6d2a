/// Judges a register with two states that is mostly toggled: a lock, or an element of a set whose
/// updates tell whether they made a difference.
///
/// Operations take effect as late as possible: when they return, or when one that returns needs
/// the other state first. Which of those under way was the one in between shows only later.
struct TwoStateStream: Sendable {
    /// An operation that is under way.
    struct Call: Sendable {
        /// The state that it may bring; nil if it only reads.
        var target: Bool?
        var time: Int
        fileprivate var number = -1
    }

    /// What an operation turned out to be.
    enum Action: Sendable {
        /// It found the other state and left this one.
        case toggled(to: Bool)
        /// It found this state and left it.
        case found(Bool)
        /// It left this state, whatever it found.
        case left(Bool)
    }

    private(set) var state: Bool
    /// Whether an operation was taken to have changed nothing that may as well have: then it is no
    /// proof if no order is found.
    private(set) var hasGuessed = false
    /// What is under way that may bring false, and true.
    private var bringingFalse = DeferredLinearizationPoints()
    private var bringingTrue = DeferredLinearizationPoints()
    /// When it was last false, and true, before it changed.
    private var lastFalse = Int.min
    private var lastTrue = Int.min
    /// How many operations that only read are under way.
    private var readers = 0

    init(_ state: Bool) { self.state = state }

    /// Whether nothing is under way, and nothing of unknown outcome can change it.
    var isQuiet: Bool { readers == 0 && bringingFalse.isEmpty && bringingTrue.isEmpty }

    /// How many operations are remembered.
    var remembered: Int { bringingFalse.count + bringingTrue.count }

    /// An operation begins that may bring a state, or only reads.
    mutating func begin(bringing target: Bool?, at time: Int) -> Call {
        var call = Call(target: target, time: time)
        switch target {
        case true?: call.number = bringingTrue.begin(at: time)
        case false?: call.number = bringingFalse.begin(at: time)
        case nil: readers += 1
        }
        return call
    }

    /// An operation has happened.
    ///
    /// - Returns: Whether that can be.
    mutating func succeed(_ call: Call, as action: Action, at time: Int) -> Bool {
        switch action {
        case .found(let wanted):
            return fail(call) && (wasSeen(wanted, since: call) || flip(at: time))
        case .toggled(let target):
            if hadToHappen(call) { return true }
            guard state != target || flip(at: time) else { return false }
        case .left(let target):
            let hadToHappen = hadToHappen(call)
            // Another one that is under way may have been the one that made the difference.
            if remembered > 0 { hasGuessed = true }
            if hadToHappen { return true }
            if wasSeen(target, since: call) {
                if state != target { hasGuessed = true }
                return true
            }
        }
        change(at: time)
        return true
    }

    /// An operation has certainly not changed anything.
    ///
    /// - Returns: Whether that can be.
    mutating func fail(_ call: Call) -> Bool {
        switch call.target {
        case true?: return bringingTrue.withdraw(call.number, calledAt: call.time)
        case false?: return bringingFalse.withdraw(call.number, calledAt: call.time)
        case nil:
            readers -= 1
            return true
        }
    }

    /// Nobody will ever know whether an operation happened.
    mutating func lose(_ call: Call) {
        switch call.target {
        case true?: bringingTrue.lose(call.number)
        case false?: bringingFalse.lose(call.number)
        case nil: readers -= 1
        }
    }

    private mutating func hadToHappen(_ call: Call) -> Bool {
        call.target == true
            ? bringingTrue.succeed(call.number, calledAt: call.time)
            : bringingFalse.succeed(call.number, calledAt: call.time)
    }

    private func wasSeen(_ wanted: Bool, since call: Call) -> Bool {
        state == wanted || (wanted ? lastTrue : lastFalse) > call.time
    }

    /// Lets something that is under way take effect, if that can be.
    private mutating func flip(at time: Int) -> Bool {
        let isPossible = state ? bringingFalse.require(at: time) : bringingTrue.require(at: time)
        change(at: time)
        return isPossible
    }

    private mutating func change(at time: Int) {
        if state { lastTrue = time } else { lastFalse = time }
        state.toggle()
    }
}
