/// Mutations of unknown outcome that do the same: which of them happened makes no difference, only
/// how many did.
struct UnknownClass: Hashable, Sendable {
    var kind: RegisterOperation.Kind
    /// The number of the value that a compare-and-set expects; behind all values for a write.
    var before: Int32
    /// The number of the value that is there afterwards.
    var after: Int32
}
