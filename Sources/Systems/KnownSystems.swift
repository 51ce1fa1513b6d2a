/// The systems that the harness can start.
public enum KnownSystems {
    /// All of them, the default first.
    public static let all: [any SystemUnderTest] = [
        RaftSystem(), GossipSystem(), MemorySystem(),
    ]
}
