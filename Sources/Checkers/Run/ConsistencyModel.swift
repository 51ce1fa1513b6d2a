public import HistoryModel
public import Vocabulary

/// What a run is judged by: what its system promises, and what the run had to exercise.
public struct ConsistencyModel: Hashable, Sendable {
    /// What a system promises its clients.
    public enum Guarantee: Hashable, Sendable {
        /// Every operation takes effect at one moment.
        case linearizability
        /// All nodes agree in the end.
        case convergence(ConvergenceBound)
    }

    /// What the system promises.
    public var guarantee: Guarantee
    /// The functions that the run's load consists of: each that was called under load must have succeeded
    /// at least once there, or the run is no evidence.
    public var functionsNeeded: [Function]
    /// How long the load was to last; nil if that is not known.
    public var loadLength: Nanoseconds?

    /// Makes a promise; see the properties.
    public init(
        _ guarantee: Guarantee, functionsNeeded: [Function], loadLength: Nanoseconds? = nil
    ) {
        self.guarantee = guarantee
        self.functionsNeeded = functionsNeeded
        self.loadLength = loadLength
    }

    /// Linearizability of what was read and written.
    public static let linearizability = ConsistencyModel(
        .linearizability, functionsNeeded: [.read, .write])
}

/// The promise to agree in the end, and when that is.
public struct ConvergenceBound: Hashable, Sendable {
    /// What the clients take the store for.
    public enum Object: Hashable, Sendable {
        /// Keys with values.
        case keyValue
        /// A set that elements are added to.
        case set
        /// A counter that numbers are added to.
        case counter
    }

    /// What the clients take the store for.
    public var object: Object
    /// How long a round takes.
    public var round: Nanoseconds
    /// In how many rounds all must agree; nil for 3·log2 n.
    public var roundsMax: Int?
    /// How many messages a node may send in a second when nothing is new; nil for any number.
    public var idleMessagesMax: Double?

    /// Makes a promise; see the properties.
    public init(
        object: Object, round: Nanoseconds, roundsMax: Int? = nil, idleMessagesMax: Double? = nil
    ) {
        self.object = object
        self.round = round
        self.roundsMax = roundsMax
        self.idleMessagesMax = idleMessagesMax
    }

    var checker: ConvergenceChecker {
        var checker = ConvergenceChecker(round: round, roundsMax: roundsMax)
        checker.idleMessagesMax = idleMessagesMax
        return checker
    }
}

extension ConvergenceBound.Object {
    /// What the object itself came to in the end; nil if there is nothing more to say, or if a node lost
    /// its store, and with it perhaps what only that node had.
    func result(for record: RunRecord) throws(HistoryError) -> CheckerResult? {
        if record.faults.contains(where: \.takesStores) { return nil }
        return switch self {
        case .keyValue: nil
        case .set: try SetFullChecker(hasLastReads: !record.isCutShort).check(record.history)
        case .counter: try CounterSumChecker().check(record)
        }
    }
}

extension CheckerResult {
    /// The verdict on a store that noted no write.
    static var nothingWritten: CheckerResult {
        CheckerResult(
            checker: ConvergenceChecker.name, verdict: .unknown,
            reasons: ["No node noted a write: nothing had to converge."])
    }
}
