public import Vocabulary

/// The number of a logical process: a client that runs one operation at a time.
///
/// After an unknown outcome the number is retired and the thread goes on under a new one.
public struct ProcessID: Hashable, Comparable, Sendable {
    /// The number itself.
    public var rawValue: Int

    /// Names the process with this number.
    public init(_ rawValue: Int) { self.rawValue = rawValue }

    /// Orders processes by their numbers.
    public static func < (left: ProcessID, right: ProcessID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What happened to an operation.
public enum EventType: String, Hashable, Sendable, CaseIterable {
    /// The operation is about to be sent; recorded before anything leaves the harness.
    case invoke
    /// It took effect.
    case ok
    /// It certainly did not take effect and never will.
    case fail
    /// Nobody knows: it may take effect at any later time, or never.
    case info
}

/// The name of an operation in a history, such as `read`.
public struct Function: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    /// The name as it stands in files.
    public var rawValue: String

    /// Makes the function of this name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes the function of this name.
    public init(stringLiteral value: String) { rawValue = value }

    /// Reads a register; the value is what was found.
    public static let read: Function = "read"
    /// Writes a register.
    public static let write: Function = "write"
    /// Compares and sets; the value is `[expected, new]`.
    public static let cas: Function = "cas"
    /// Removes a key.
    public static let delete: Function = "delete"
    /// Adds an element to a set, or a number to a counter.
    public static let add: Function = "add"
}

/// One line of a history: an operation began or ended.
public struct Event: Hashable, Sendable {
    /// The place in the history, from 0; the order that all checkers go by.
    public var index: Int
    /// When the interpreter saw it; for pictures only, never used to order operations.
    public var time: Instant
    /// Who did it.
    public var process: ProcessID
    /// Whether it began, and else how it ended.
    public var type: EventType
    /// What was done.
    public var function: Function
    /// The key it was done to, where the system has many independent ones.
    public var key: Value?
    /// What is written, `[expected, new]`, or what a read returned (`null` at its invocation).
    public var value: Value
    /// What a failed compare-and-set found in place of the expected value, where that is known.
    public var found: Value?
    /// Why the outcome is `fail` or `info`, such as `timeout`.
    public var error: String?
    /// The node that was asked (at the invocation) or that answered last.
    public var node: NodeID?

    /// Makes an event; see the properties.
    public init(
        index: Int, time: Instant = .zero, process: ProcessID, type: EventType,
        function: Function, key: Value? = nil, value: Value = .null, found: Value? = nil,
        error: String? = nil, node: NodeID? = nil
    ) {
        self.index = index
        self.time = time
        self.process = process
        self.type = type
        self.function = function
        self.key = key
        self.value = value
        self.found = found
        self.error = error
        self.node = node
    }
}
