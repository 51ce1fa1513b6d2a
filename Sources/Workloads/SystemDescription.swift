public import Checkers
public import Faults
public import HistoryModel
public import Vocabulary

/// A known bug that can be switched on in a system, to see that the harness finds it.
public struct DefectDescription: Hashable, Sendable {
    /// The name of the switch.
    public var name: String
    /// What is wrong when it is on.
    public var summary: String

    /// Describes a defect.
    public init(name: String, summary: String) {
        self.name = name
        self.summary = summary
    }
}

/// What is to be known of a system before it is started: which workloads and faults it can have.
public struct SystemDescription: Sendable {
    /// Its name on the command line.
    public var name: String
    /// One line for a list.
    public var summary: String
    /// The functions that its clients have, by the type of object.
    public var functions: [ObjectType: [Function]]
    /// The known bugs that it can be given.
    public var defects: [DefectDescription] = []
    /// What can be done to it; faults that consist of anything else are refused.
    public var primitives: Set<FaultAction.Primitive> = []
    /// Whether one of its nodes leads, so that faults can be meant for the leader.
    public var hasLeader = false
    /// What it promises of itself, whatever clients are promised.
    public var checkers: [any RunChecker] = []
    /// Draws its own settings for one of many simulated scenarios; draws nothing if it has none.
    public var drawSettings:
        @Sendable (inout RunConfiguration, FixedSettings, inout RandomStream) -> Void = { _, _, _ in
        }

    /// Describes a system that nothing can be done to; see the properties.
    public init(name: String, summary: String, functions: [ObjectType: [Function]]) {
        self.name = name
        self.summary = summary
        self.functions = functions
    }

    /// Why a workload can't run on it; nil if it can.
    public func refusal(of workload: Workload) -> String? {
        let known = functions[workload.object] ?? []
        guard !workload.functions.allSatisfy(known.contains) else { return nil }
        let needed = Self.list(workload.functions, of: workload.object)
        let has = functions.sorted { $0.key.name < $1.key.name }
            .map { Self.list($0.value, of: $0.key) }
        return "\(workload.name) needs \(needed); the clients of \(name) have "
            + has.joined(separator: "; ")
    }

    private static func list(_ functions: [Function], of object: ObjectType) -> String {
        functions.map(\.rawValue).joined(separator: ", ") + " of a \(object)"
    }
}

/// What is kept as it is given when a scenario is drawn.
public struct FixedSettings: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: Int

    /// Makes the set of these bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The number of nodes.
    public static let nodes = FixedSettings(rawValue: 1)
    /// The number of client threads.
    public static let concurrency = FixedSettings(rawValue: 2)
    /// The rate of operations.
    public static let rate = FixedSettings(rawValue: 4)
    /// The kinds of faults.
    public static let faults = FixedSettings(rawValue: 8)
}
