internal import HistoryModel
internal import Vocabulary

/// A kind of fault that the harness can inject.
///
/// A kind says which nodes it chooses and which primitive actions it consists of; it knows neither real
/// processes nor the simulated world, which carry out primitives only.
public struct FaultKind: Sendable {
    /// Its name in files, on the command line and in reports, such as `partition-halves`.
    public let name: String
    /// What it acts on.
    public let family: FaultFamily
    /// One line for a list of faults.
    public let summary: String
    /// The smallest cluster in which it does anything.
    public let nodesMin: Int
    /// Whether it is meant for the leader of the moment.
    public let aimsAtLeader: Bool
    /// The primitive actions that it consists of, and so what a system must be able to stand.
    public let needs: Set<FaultAction.Primitive>
    /// How hard it is to understand, among the kinds of its family: shrinking tries smaller ones first.
    let complexity: Int
    /// Names the targets of a fault of this kind.
    let resolve: @Sendable (_ fault: PlannedFault, _ leader: NodeID?) -> ResolvedFault

    /// Declares a kind; see the properties.
    ///
    /// - Parameter resolve: Chooses the targets and says what is done to them. It is given the leader of the
    ///   moment, nil if there is none; everything that chance decides stands in the planned fault.
    init(
        _ name: String, of family: FaultFamily, _ summary: String, nodesMin: Int,
        aimsAtLeader: Bool = false, needs: Set<FaultAction.Primitive>, complexity: Int,
        resolve: @escaping @Sendable (PlannedFault, _ leader: NodeID?) -> ResolvedFault
    ) {
        self.name = name
        self.family = family
        self.summary = summary
        self.nodesMin = nodesMin
        self.aimsAtLeader = aimsAtLeader
        self.needs = needs
        self.complexity = complexity
        self.resolve = resolve
    }

    /// All kinds, family by family.
    public static let all: [FaultKind] = FaultGroup.all.flatMap(\.kinds)

    /// The kinds that any store can be expected to stand: no node loses its disk, and connections, unlike
    /// datagrams, neither lose nor repeat anything.
    public static let ordinary = all.filter(\.family.isOrdinary)

    /// The kind of this name, if there is one.
    public static func named(_ name: String) -> FaultKind? { all.first { $0.name == name } }

    /// Kinds of the same family that are easier to understand, the easiest first.
    public var simplifications: [FaultKind] {
        family.kinds.filter { $0.complexity < complexity }.sorted { $0.complexity < $1.complexity }
    }
}

extension FaultKind: Hashable {
    /// Kinds are told apart by their names.
    public static func == (left: FaultKind, right: FaultKind) -> Bool { left.name == right.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
