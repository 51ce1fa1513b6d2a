public import Faults

/// Names of faults as they are given in files and on the command line.
public enum FaultNames {
    /// All names that mean something: families, kinds, `all` and `none`.
    public static var known: [String] {
        ["all", "none"] + FaultFamily.all.map(\.name) + FaultKind.all.map(\.name)
    }

    /// The kinds that a list of names stands for, each once, in the order of declaration.
    ///
    /// - Throws: ``FaultNamesError`` for a name that means nothing, and for `none` beside others.
    public static func kinds(_ names: [String]) throws(FaultNamesError) -> [FaultKind] {
        var kinds: Set<FaultKind> = []
        if names.contains("none"), let other = names.first(where: { $0 != "none" }) {
            throw .noneBeside(other)
        }
        for name in names {
            if let kind = FaultKind.named(name) {
                kinds.insert(kind)
            } else if let family = FaultFamily.named(name) {
                kinds.formUnion(family.kinds)
            } else if name == "all" {
                kinds.formUnion(FaultKind.all)
            } else if name != "none" {
                throw .unknown(UnknownName(what: "fault", name: name, known: known))
            }
        }
        return FaultKind.all.filter(kinds.contains)
    }

    /// The shortest list of names that stands for these kinds.
    public static func names(_ kinds: [FaultKind]) -> [String] {
        if kinds.isEmpty { return ["none"] }
        return FaultFamily.all.flatMap { family in
            let chosen = family.kinds.filter(kinds.contains)
            return chosen == family.kinds ? [family.name] : chosen.map(\.name)
        }
    }
}

/// A list of faults that makes no sense.
public enum FaultNamesError: Error, Hashable, CustomStringConvertible {
    /// One of the names means nothing.
    case unknown(UnknownName)
    /// No faults at all, and this one, too.
    case noneBeside(String)

    /// What is wrong with the list.
    public var description: String {
        switch self {
        case .unknown(let name): name.description
        case .noneBeside(let name): "\"none\" and \"\(name)\" contradict each other; give one"
        }
    }
}

/// A name that means nothing here.
public struct UnknownName: Error, Hashable, CustomStringConvertible {
    /// What it should have been the name of.
    public var what: String
    /// The name.
    public var name: String
    /// The names that exist.
    public var known: [String]

    /// Makes the error; see the properties.
    public init(what: String, name: String, known: [String]) {
        self.what = what
        self.name = name
        self.known = known
    }

    /// The name, and the nearest that exists.
    public var description: String { NearestName.unknown(what, name, known: known) }
}
