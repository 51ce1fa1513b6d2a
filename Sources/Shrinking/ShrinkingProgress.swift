public import Vocabulary

/// How far the shrinking of a scenario has come.
public struct ShrinkingProgress: Hashable, Sendable {
    /// How many candidates were tried.
    public var tried = 0
    /// How many of them failed, so that each replaced the scenario before it.
    public var accepted = 0
    /// What is being made smaller at present.
    public var pass: ShrinkingPass
    /// The faults of the smallest scenario.
    public var faults: Int
    /// Its scripted operations; nil if they are drawn from the seed.
    public var operations: Int?
    /// Its nodes.
    public var nodes: Int
    /// Its client threads.
    public var threads: Int
    /// How long its load lasts.
    public var length: Nanoseconds
}
