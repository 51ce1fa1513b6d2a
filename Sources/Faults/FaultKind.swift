/// A kind of fault that the harness can inject.
public enum FaultKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Two groups that can't talk to each other: a minority and a majority.
    case partitionHalves = "partition-halves"
    /// One node cut off from all others.
    case partitionOne = "partition-one"
    /// The leader of the moment cut off from all others.
    case partitionLeader = "partition-leader"
    /// Every node sees a majority, and no two see the same one.
    case partitionMajoritiesRing = "partition-majorities-ring"
    /// Two groups that only one node can talk to both of.
    case partitionBridge = "partition-bridge"
    /// One node that is heard but hears nobody, or hears but isn't heard.
    case partitionOneWay = "partition-one-way"
    /// One node killed (a power loss) and started again.
    case killOne = "kill-one"
    /// The largest minority killed and started again.
    case killMinority = "kill-minority"
    /// The smallest majority killed and started again.
    case killMajority = "kill-majority"
    /// All nodes killed and started again.
    case killAll = "kill-all"
    /// The leader of the moment killed and started again.
    case killLeader = "kill-leader"
    /// One node stopped for a while, its connections left open.
    case pauseOne = "pause-one"
    /// The leader of the moment stopped for a while, its connections left open.
    case pauseLeader = "pause-leader"
    /// One node that says good-bye, loses its store, and joins again with nothing.
    case leaveOne = "leave-one"
    /// One node killed; its disk is lost, and it comes back with nothing.
    case wipeOne = "wipe-one"
    /// Datagrams of half of the nodes are lost.
    case datagramsLost = "datagrams-lost"
    /// Datagrams of half of the nodes arrive twice.
    case datagramsDoubled = "datagrams-doubled"
    /// Datagrams of half of the nodes are late, and overtaken by others.
    case datagramsLate = "datagrams-late"
    /// Datagrams of half of the nodes are lost, doubled or late.
    case datagramsMixed = "datagrams-mixed"

    /// The kinds that any store can be expected to stand: no node loses its disk, and connections, unlike
    /// datagrams, neither lose nor repeat anything.
    public static let ordinary = allCases.filter {
        $0.family != .churn && $0.family != .datagrams
    }
}

/// What a kind of fault acts on.
public enum FaultFamily: String, Hashable, Sendable, Codable, CaseIterable {
    /// Links between nodes are cut.
    case partition
    /// Processes are killed and started again.
    case kill
    /// Processes are stopped and continued.
    case pause
    /// Nodes go and come back empty.
    case churn
    /// Single datagrams on their way are lost, doubled and delayed.
    case datagrams

    /// The kinds of this family, in the order of their declaration.
    public var kinds: [FaultKind] { FaultKind.allCases.filter { $0.family == self } }
}

extension FaultKind {
    /// What the fault acts on.
    public var family: FaultFamily {
        switch self {
        case .partitionHalves, .partitionOne, .partitionLeader, .partitionMajoritiesRing,
            .partitionBridge, .partitionOneWay:
            .partition
        case .killOne, .killMinority, .killMajority, .killAll, .killLeader: .kill
        case .pauseOne, .pauseLeader: .pause
        case .leaveOne, .wipeOne: .churn
        case .datagramsLost, .datagramsDoubled, .datagramsLate, .datagramsMixed: .datagrams
        }
    }

    /// What the number of a fault's effect counts.
    public var touchedUnit: String {
        switch family {
        case .partition: "bytes held"
        case .kill: "processes killed"
        case .pause: "processes stopped"
        case .churn: "stores lost"
        case .datagrams: "datagrams touched"
        }
    }

    /// Whether the fault is meant for the leader of the moment.
    public var aimsAtLeader: Bool {
        switch self {
        case .partitionLeader, .killLeader, .pauseLeader: true
        default: false
        }
    }

    /// The smallest cluster in which this fault does anything.
    public var nodesMin: Int {
        switch self {
        case .killOne, .killAll, .killLeader, .pauseOne, .pauseLeader, .wipeOne: 1
        case .partitionHalves, .partitionOne, .partitionLeader, .partitionOneWay, .killMajority,
            .leaveOne, .datagramsLost, .datagramsDoubled, .datagramsLate, .datagramsMixed:
            2
        case .partitionBridge, .killMinority: 3
        case .partitionMajoritiesRing: 4
        }
    }

    /// One line for a list of faults.
    public var summary: String {
        switch self {
        case .partitionHalves: "a minority and a majority that can't talk to each other"
        case .partitionOne: "one node cut off from all others"
        case .partitionLeader: "the leader cut off from all others"
        case .partitionMajoritiesRing: "each node sees a majority, no two the same one"
        case .partitionBridge: "two halves that one node alone can talk to"
        case .partitionOneWay: "one node that hears nobody, or that nobody hears"
        case .killOne: "one node killed and restarted; unsynced data is lost"
        case .killMinority: "the largest minority killed and restarted"
        case .killMajority: "the smallest majority killed and restarted"
        case .killAll: "all nodes killed and restarted"
        case .killLeader: "the leader killed and restarted"
        case .pauseOne: "one node stopped (SIGSTOP) and continued"
        case .pauseLeader: "the leader stopped (SIGSTOP) and continued"
        case .leaveOne: "one node says good-bye, and later joins again with nothing"
        case .wipeOne: "one node killed; it comes back with an empty disk"
        case .datagramsLost: "datagrams from and to half of the nodes are lost"
        case .datagramsDoubled: "datagrams from and to half of the nodes arrive twice"
        case .datagramsLate: "datagrams from and to half of the nodes are late and overtaken"
        case .datagramsMixed: "datagrams from and to half of the nodes are lost, doubled or late"
        }
    }
}
