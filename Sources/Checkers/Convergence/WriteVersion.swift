import Vocabulary

/// What orders the writes of a key: the version, then who wrote.
struct WriteVersion: Hashable, Comparable {
    var version: Int
    var writer: NodeID
    /// Which of the writer's lives, where it once lost its store.
    var generation: Int

    static func < (left: WriteVersion, right: WriteVersion) -> Bool {
        (left.version, left.writer, left.generation) < (
            right.version, right.writer, right.generation
        )
    }
}

extension WriteVersion: CustomStringConvertible {
    var description: String { "\(version)@\(writerName)" }

    /// The writer as traces name it.
    var writerName: String { "\(writer)" + (generation == 1 ? "" : "/\(generation)") }
}
