import HistoryModel

/// Why a stream is at its end.
enum StreamEnd: Hashable, Sendable {
    /// The operations can't be put in order.
    case violation
    /// It takes more than this stream to decide.
    case undecided
}

/// Judges one object, operation by operation as they begin and end.
///
/// Time is the place among the events; it rises from call to call. What has come to an end is not
/// asked for more.
protocol ObjectStream: Sendable {
    /// An operation that is under way, for whoever ends it.
    associatedtype Call: Sendable

    /// Why nothing more can be said; nil while all is well.
    var end: StreamEnd? { get }
    /// How many values or operations are remembered.
    var remembered: Int { get }

    /// An operation begins.
    ///
    /// - Returns: What to end it by; nil for one that proves nothing.
    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call?
    /// An operation has happened, and came out like this.
    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int)
    /// An operation has certainly not happened; it may say what it found instead.
    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int)
    /// Nobody will ever know whether an operation happened.
    mutating func lose(_ call: Call, at time: Int)

    /// Gives up on a history that is not one of this object.
    mutating func leave()

    /// Adds the codes of all values that are remembered.
    func addCodes(to codes: inout [ValueCode])
    /// Adds the codes of values that an operation under way may ask for.
    static func addCodes(of call: Call, to codes: inout [ValueCode])
}

extension ObjectStream {
    func addCodes(to codes: inout [ValueCode]) {}
    static func addCodes(of call: Call, to codes: inout [ValueCode]) {}
}
