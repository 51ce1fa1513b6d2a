public import Vocabulary

/// How to start one node.
public struct NodeLaunch: Hashable, Sendable {
    /// Which node it is.
    public var node: NodeID
    /// The absolute path of its program.
    public var executable: String
    /// The arguments of the program.
    public var arguments: [String]
    /// Variables that are set in addition to those of the harness.
    public var environment: [String: String]
    /// The node's own folder, an absolute path: its working directory, and where its log is.
    ///
    /// It is made when the node is started.
    public var directory: String

    /// Describes how to start a node; see the properties.
    public init(
        node: NodeID, executable: String, arguments: [String],
        environment: [String: String] = [:], directory: String
    ) {
        self.node = node
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }

    /// Where the node's standard error goes; a restarted node continues it.
    public var logFile: String { directory + "/log" }

    /// The command as it could be typed into a shell.
    public var commandLine: String {
        ([executable] + arguments).map(Self.quoted).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_=.,:/+@%".contains($0) }
        if isPlain && !word.isEmpty { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
