/// How a search ended.
enum SearchOutcome: Hashable, Sendable {
    /// The operations can be put in order.
    case linearizable
    /// They can't: nothing allows this operation to return what it did.
    case impossible(operation: Int)
    /// The configurations take more memory than allowed.
    case outOfMemory

    /// Whether they can't be put in order.
    var isImpossible: Bool {
        if case .impossible = self { true } else { false }
    }
}
