public import Vocabulary

/// One life of a node, from the start of its process to its end.
public struct ProcessStart: Hashable, Sendable {
    /// The node.
    public let node: NodeID
    /// Counts the node's lives, from 1.
    public let number: Int
    /// The process.
    public let process: Int32
    /// When the process was spawned.
    public let started: Instant
    /// The port that the node said it listens on; nil before it is ready.
    public internal(set) var port: Int?
    /// When the process ended; nil while it lives.
    public internal(set) var ended: Instant?
    /// How it ended; nil while it lives.
    public internal(set) var status: ExitStatus?
    /// Whether it ended because it was told to.
    public internal(set) var wasToldToEnd = false
}

/// Something that happened to the cluster that nobody asked for.
public enum ClusterIncident: Hashable, Sendable {
    /// A node that was ready ended by itself; with the last lines of its log.
    case nodeEnded(ProcessStart, logTail: [String])
    /// The guardian ended: if the harness is killed now, nodes may stay behind.
    case guardianEnded(ExitStatus)
}
