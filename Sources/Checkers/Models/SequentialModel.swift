public import HistoryModel

/// What an object does when operations come one at a time: the promise that a history is held to.
///
/// A model is a few lines. This one is a counter that is increased blindly and read:
///
/// ```swift
/// struct Counter: SequentialModel {
///     let initial = 0
///     let noun = "counter"
///     let functions: [Function] = ["increment", .read]
///
///     func onlyReads(_ action: Action) -> Bool { action.function == .read }
///
///     func step(_ count: Int, _ action: Action) -> [Int] {
///         guard action.function == .read else { return [count + 1] }
///         return action.output == .integer(Int64(count)) ? [count] : []
///     }
/// }
///
/// let checker = LinearizabilityChecker(model: ObjectModel(Counter(), named: "counter"))
/// ```
///
/// Operations that failed are never shown to a model: they did not happen.
public protocol SequentialModel: Sendable {
    /// All that the object remembers.
    associatedtype State: Hashable, Sendable

    /// What the object is called in explanations, such as `queue`.
    var noun: String { get }

    /// The names of the operations that it knows.
    var functions: [Function] { get }

    /// The state before the first operation.
    var initial: State { get }

    /// Whether the action is one of this object, with values of the right shape.
    func knows(_ action: Action) -> Bool

    /// Whether the action leaves every state as it is.
    ///
    /// Such actions are put in order as soon as they fit, which saves most of the work.
    func onlyReads(_ action: Action) -> Bool

    /// Returns the states that the action can lead to from `state`.
    ///
    /// - Returns: None if the action could not have come out like this there, several if the
    ///   object may choose. An action whose output is not known may have had any.
    func step(_ state: State, _ action: Action) -> [State]

    /// The state as a person writes it.
    func describe(_ state: State) -> String

    /// The bytes that a state takes in memory, about; what a search may hold is counted by them.
    func bytes(of state: State) -> Int
}

extension SequentialModel {
    /// Takes an action of a known function to be one of this object.
    public func knows(_ action: Action) -> Bool { functions.contains(action.function) }

    /// Takes no action for a mere read.
    public func onlyReads(_ action: Action) -> Bool { false }

    /// The state as Swift prints it.
    public func describe(_ state: State) -> String { "\(state)" }

    /// As many as for a state without references.
    public func bytes(of state: State) -> Int { MemoryLayout<State>.stride }
}

extension SequentialModel where State: Collection {
    /// As many as the elements take in an array.
    public func bytes(of state: State) -> Int { state.bytesAsArray }
}

extension Collection {
    /// The bytes of as many elements in an array, with its own head and what is allocated beyond them.
    var bytesAsArray: Int { 48 + count * MemoryLayout<Element>.stride }
}
