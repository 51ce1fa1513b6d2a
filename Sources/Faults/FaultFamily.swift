internal import Vocabulary

/// What several kinds of faults have in common: what they act on, and what their effect is counted in.
public struct FaultFamily: Sendable {
    /// Its name, which stands for all of its kinds in files and on the command line.
    public let name: String
    /// What its kinds do, in a line.
    public let summary: String
    /// What the number of a fault's effect counts, such as `bytes held`.
    public let unit: String
    /// Whether any store can be expected to stand its kinds: then a run has them if nothing is said.
    public let isOrdinary: Bool
    /// Draws how strong a fault of a schedule is; draws nothing for most families.
    let drawStrength: @Sendable (inout PlannedFault, inout RandomStream) -> Void

    init(
        _ name: String, summary: String, unit: String, isOrdinary: Bool,
        drawStrength: @escaping @Sendable (inout PlannedFault, inout RandomStream) -> Void = {
            _, _ in
        }
    ) {
        self.name = name
        self.summary = summary
        self.unit = unit
        self.isOrdinary = isOrdinary
        self.drawStrength = drawStrength
    }

    /// All families, in the order in which they are listed.
    public static let all: [FaultFamily] = FaultGroup.all.map(\.family)

    /// The family of this name, if there is one.
    public static func named(_ name: String) -> FaultFamily? { all.first { $0.name == name } }

    /// The kinds of this family, the most common first.
    public var kinds: [FaultKind] { FaultKind.all.filter { $0.family == self } }
}

extension FaultFamily: Hashable {
    /// Families are told apart by their names.
    public static func == (left: FaultFamily, right: FaultFamily) -> Bool {
        left.name == right.name
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// An entry of the catalogue of faults: a family with its kinds.
///
/// To add a family, add a file to `FaultGroupCatalogue`; to add a kind, add it to the file of its family.
struct FaultGroup: Sendable {
    /// Where it stands among all: the smallest first, then by name. Schedules are drawn in this order.
    let rank: Int
    let family: FaultFamily
    let kinds: [FaultKind]

    static let all = entries.sorted { ($0.rank, $0.family.name) < ($1.rank, $1.family.name) }
}
