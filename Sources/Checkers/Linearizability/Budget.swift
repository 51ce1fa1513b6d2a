/// How much a checker may spend before it has to say that it does not know.
///
/// Counted in steps and bytes rather than in seconds, so that a verdict does not depend on the
/// machine it was reached on.
public struct Budget: Hashable, Sendable {
    /// Units of work for one key; a step of the search handles one configuration.
    public var steps: Int
    /// Bytes that the search of one key may hold at a time.
    public var bytes: Int

    /// Allows this much for each key.
    public init(steps: Int, bytes: Int) {
        self.steps = steps
        self.bytes = bytes
    }

    /// Some tens of seconds on one core, and half a gigabyte.
    public static let standard = Budget(steps: 100_000_000, bytes: 512 << 20)

    /// What the verdict on a simulated run may cost: a second or two.
    ///
    /// Always the same, since equal runs must come to equal verdicts.
    public static let simulated = Budget(steps: 5_000_000, bytes: 64 << 20)
}

extension Budget {
    /// Why a search that ran out of memory ended.
    var outOfMemory: String {
        let amount = bytes < 1 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
        return "its configurations took more than \(amount)"
    }
    /// Why a search that ran out of steps ended.
    var outOfSteps: String { "the search took more than \(steps) steps" }
}
