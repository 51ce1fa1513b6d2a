/// The number of a node in its cluster, from 1.
public struct NodeID: Hashable, Comparable, Sendable, Codable {
    /// The number itself; 0 stands for the harness.
    public var rawValue: Int

    /// Names the node with this number.
    public init(_ rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Stands for the harness itself where it notes something about itself among the nodes.
    public static let harness = NodeID(0)

    /// Reads the node back from the bare number that encodes it.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int.self)
    }

    /// Writes the node as a bare number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// Orders nodes by their numbers.
    @inlinable
    public static func < (left: NodeID, right: NodeID) -> Bool { left.rawValue < right.rawValue }
}

extension NodeID: CustomStringConvertible {
    /// The node's name, such as `n3`.
    public var description: String { self == .harness ? "harness" : "n\(rawValue)" }
}
