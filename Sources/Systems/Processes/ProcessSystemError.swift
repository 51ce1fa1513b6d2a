public import Vocabulary

/// Why a system of processes could not be tested.
public enum ProcessSystemError: Error, Hashable, CustomStringConvertible {
    /// What clients need was not there in time.
    case notServing(awaited: String, seconds: Int, directory: String)
    /// A node ended before clients could begin; with the end of its log.
    case endedAtStart(NodeID, String)
    /// A node ended because the disk is full.
    case diskFull(NodeID, directory: String)
    /// The machine allows too few open files for so many nodes.
    case tooFewDescriptors(String)
    /// A file that the nodes need could not be written.
    case cannotWrite(path: String, reason: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .notServing(let awaited, let seconds, let directory):
            "there was not \(awaited) within \(seconds) s of the start; see the logs in "
                + "\(directory), and whether the machine is too busy for the nodes' timeouts"
        case .endedAtStart(let node, let story):
            "\(node) ended before clients could begin: \(story)"
        case .diskFull(let node, let directory):
            "\(node) ended because the disk of \(directory) is full; free some space or choose "
                + "another folder with --reports"
        case .tooFewDescriptors(let text): text
        case .cannotWrite(let path, let reason):
            "could not write \(path): \(reason); free some space or choose another folder with "
                + "--reports"
        }
    }
}
