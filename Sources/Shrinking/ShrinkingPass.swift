/// What one pass over a scenario tries to make smaller.
public enum ShrinkingPass: String, Hashable, Sendable, CaseIterable {
    /// End the load earlier: what comes later has no effect on what came before.
    case end
    /// Leave out what happened first.
    case beginning
    /// Leave out faults.
    case faults
    /// Leave out all operations of some keys.
    case keys
    /// Leave out operations.
    case operations
    /// Fewer nodes.
    case nodes
    /// Fewer client threads.
    case threads
    /// Less time in which nothing begins or ends.
    case time
    /// Simpler faults.
    case details = "details of faults"
    /// A world with fewer surprises.
    case world = "simulated world"
}
