import HistoryModel

/// Judges a lock that only the process may release that holds it, event by event; with fencing,
/// each acquisition returns a token larger than all before.
///
/// A process does one thing at a time. So between two acquisitions the first one's holder has
/// begun to release the lock after it had acquired it, and acquisitions return in the order in
/// which they took effect.
///
/// A process that goes on after an operation of unknown outcome leaves the stream undecided.
struct LockStream: ObjectStream {
    /// An operation that is under way.
    struct Call: Sendable {
        var process: Int
        var isAcquisition: Bool
    }

    private(set) var end: StreamEnd?
    private let verbs: [Function: RegisterVerb]
    private let isFenced: Bool
    private var holder: Int?
    /// Whether the holder has begun to release the lock.
    private var isReleasing = false
    private var lastToken = Int64.min
    /// Processes that release the lock, which has been acquired by others since.
    private var released: Set<Int> = []
    /// Processes with an operation of unknown outcome.
    private var retired: Set<Int> = []

    init(isFenced: Bool, initial: Value?) {
        self.isFenced = isFenced
        verbs = RegisterReading.lock.verbs
        if let initial, initial != RegisterReading.lock.initial { end = .undecided }
    }

    var remembered: Int { released.count + retired.count }

    mutating func leave() { end = end ?? .undecided }

    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call? {
        guard let verb = verbs[function], !retired.contains(process) else {
            leave()
            return nil
        }
        if verb == .release, holder == process { isReleasing = true }
        return Call(process: process, isAcquisition: verb == .acquire)
    }

    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int
    ) {
        guard call.isAcquisition else {
            if released.remove(call.process) != nil { return }
            if holder == call.process { holder = nil } else { end = .violation }
            return
        }
        if let holder {
            guard isReleasing else {
                end = .violation
                return
            }
            released.insert(holder)
        }
        holder = call.process
        isReleasing = false
        if isFenced { note(output) }
    }

    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int) {
        guard !call.isAcquisition else { return }
        if released.contains(call.process) { end = .violation }
        if holder == call.process { isReleasing = false }
    }

    mutating func lose(_ call: Call, at time: Int) {
        retired.insert(call.process)
        // Nobody will ask again whether the release had to happen.
        released.remove(call.process)
    }

    private mutating func note(_ token: Value) {
        guard case .integer(let number) = token else {
            leave()
            return
        }
        if number <= lastToken { end = .violation }
        lastToken = number
    }
}
