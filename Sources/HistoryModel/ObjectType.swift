/// What the clients of a run take the keys of a store for.
///
/// Function names repeat, such as `add` of a set and `add` of a counter, so a function alone does
/// not say what is asked of a store. The list is open: a name makes a type.
///
///     let stack: ObjectType = "stack"
public struct ObjectType: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name as it stands in files and messages.
    public var name: String

    /// Makes the type of this name.
    public init(_ name: String) { self.name = name }
    /// Makes the type of this name.
    public init(stringLiteral value: String) { name = value }

    /// One value: read, write, compare-and-set.
    public static let register: ObjectType = "register"
    /// One value that can be deleted: read, write, delete.
    public static let keyValue: ObjectType = "key-value"
    /// First in, first out: enqueue, dequeue.
    public static let queue: ObjectType = "queue"
    /// Elements, each once: add, read.
    public static let set: ObjectType = "set"
    /// A lock whose acquisitions return rising fencing tokens: acquire, release.
    public static let lock: ObjectType = "lock"
    /// A number: add, read.
    public static let counter: ObjectType = "counter"
    /// Elements in the order in which they were appended: append, read.
    public static let list: ObjectType = "list"
    /// A source of numbers that never repeat: generate.
    public static let ids: ObjectType = "unique-ids"
}

extension ObjectType: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
