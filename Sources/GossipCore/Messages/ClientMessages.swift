/// The number by which a request's response is recognised; unique per connection or shell.
public struct RequestID: Hashable, Sendable {
    /// The number itself.
    public var rawValue: UInt64

    /// Makes the request number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// What a client asks of a node.
public enum ClientRequest: Hashable, Sendable {
    /// The value of a key.
    case get(key: String)
    /// All keys that begin with a prefix, with their values.
    case list(prefix: String)
    /// A new value; its version will lie above `seen`, the greatest that the client has met.
    case put(key: String, value: String, seen: Version)
    /// The end of a key; as for `put`.
    case delete(key: String, seen: Version)
}

/// A key with its value.
public struct KeyValue: Hashable, Sendable {
    /// The key.
    public var key: String
    /// What it holds.
    public var value: String

    /// Makes a pair.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// What a node answers.
public enum ClientResponse: Hashable, Sendable {
    /// What the key holds at this node: nil if nothing, with the stamp of the write if there was one.
    case value(String?, Stamp?)
    /// What the node holds of the keys asked for, in the order of the keys; no tombstones.
    case listed([KeyValue])
    /// The write is durable at this node.
    case stored(Stamp)
    /// The node has done nothing and will not.
    case refused(Refusal)
}

/// Why a node will not do what it was asked for, or takes nothing from a peer.
public enum Refusal: String, Error, Hashable, Sendable, CustomStringConvertible {
    /// Keys have at least one byte, no white space, and a greatest length.
    case badKey = "bad-key"
    /// The value is longer than the node's limit.
    case valueTooLarge = "value-too-large"
    /// The version lies beyond the bound that all nodes know.
    case versionBeyondBound = "version-beyond-bound"
    /// The node came back with nothing and has not heard from a member yet: it would give out versions
    /// below those of deletions that all others have forgotten.
    case joining = "joining"
    /// A message did not decode.
    case undecodable = "undecodable"
    /// A message was meant for an earlier life of the node, before it lost its store.
    case outdated = "outdated"
    /// A message came from a node that is no member.
    case unknownSender = "stranger"

    /// The reason as histories and traces record it.
    public var description: String { rawValue }
}
