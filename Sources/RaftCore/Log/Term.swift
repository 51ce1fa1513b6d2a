/// The number of an election: rises with every one, and has at most one leader.
///
/// Source: Raft (Ongaro & Ousterhout 2014), §5.1.
public struct Term: Hashable, Comparable, Sendable {
    /// The number itself; 0 before the first election.
    public var rawValue: Int

    /// Makes the term with this number.
    public init(_ rawValue: Int) { self.rawValue = rawValue }

    /// The term before the first election.
    public static let zero = Term(0)

    /// The term that follows.
    public var next: Term { Term(rawValue + 1) }

    /// Orders terms by their numbers.
    public static func < (left: Term, right: Term) -> Bool { left.rawValue < right.rawValue }
}

/// The place of an entry in the log, from 1.
public struct LogIndex: Hashable, Comparable, Sendable {
    /// The number itself; 0 stands before the first entry.
    public var rawValue: Int

    /// Makes the index with this number.
    public init(_ rawValue: Int) { self.rawValue = rawValue }

    /// The place before the first entry.
    public static let zero = LogIndex(0)

    /// The place that follows.
    public var next: LogIndex { LogIndex(rawValue + 1) }
    /// The place before.
    public var previous: LogIndex { LogIndex(rawValue - 1) }

    /// Orders places from the log's beginning to its end.
    public static func < (left: LogIndex, right: LogIndex) -> Bool {
        left.rawValue < right.rawValue
    }
    /// The place `count` entries further on.
    public static func + (index: LogIndex, count: Int) -> LogIndex {
        LogIndex(index.rawValue + count)
    }
    /// How many entries lie from `right` to `left`.
    public static func - (left: LogIndex, right: LogIndex) -> Int {
        left.rawValue - right.rawValue
    }
}
