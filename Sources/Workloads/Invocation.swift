public import HistoryModel
public import Vocabulary

/// A client thread of the interpreter, from 0.
///
/// A thread acts for one logical process at a time; after an unknown outcome it goes on as another.
public struct ThreadID: Hashable, Comparable, Sendable {
    /// The number itself, at least 0.
    public var rawValue: Int

    /// Names the thread with this number.
    public init(_ rawValue: Int) { self.rawValue = rawValue }

    /// Orders threads by their numbers.
    @inlinable
    public static func < (left: ThreadID, right: ThreadID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// An operation that a generator asks for.
public struct OperationTemplate: Hashable, Sendable {
    /// What to do.
    public var function: Function
    /// To which key.
    public var key: Value?
    /// With which value; null for a read.
    public var value: Value

    /// Makes a template; see the properties.
    public init(function: Function, key: Value? = nil, value: Value = .null) {
        self.function = function
        self.key = key
        self.value = value
    }
}

/// An operation on its way to a client.
public struct Invocation: Hashable, Sendable {
    /// The thread that runs it.
    public var thread: ThreadID
    /// The process that the thread acts for.
    public var process: ProcessID
    /// What to do.
    public var operation: OperationTemplate
    /// Its place in the history: no other invocation of the run has it.
    public var index: Int

    /// Makes an invocation; see the properties.
    public init(
        thread: ThreadID, process: ProcessID, operation: OperationTemplate, index: Int = 0
    ) {
        self.thread = thread
        self.process = process
        self.operation = operation
        self.index = index
    }
}

/// How an operation ended, as its client tells it.
public struct Completion: Hashable, Sendable {
    /// The thread whose operation it was.
    public var thread: ThreadID
    /// `ok`, `fail` or `info`; never `invoke`.
    public var type: EventType
    /// What a read returned; for anything else the value that was asked for.
    public var value: Value
    /// What a failed compare-and-set found.
    public var found: Value?
    /// Why it failed or is unknown.
    public var error: String?
    /// The node that answered last.
    public var node: NodeID?
    /// How long the thread should rest before its next operation, such as after a refused
    /// connection.
    public var backOff: Nanoseconds

    /// Makes a completion; see the properties.
    public init(
        thread: ThreadID, type: EventType, value: Value, found: Value? = nil,
        error: String? = nil, node: NodeID? = nil, backOff: Nanoseconds = 0
    ) {
        self.thread = thread
        self.type = type
        self.value = value
        self.found = found
        self.error = error
        self.node = node
        self.backOff = backOff
    }
}
