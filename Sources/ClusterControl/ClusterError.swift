public import Vocabulary

/// Why the cluster could not do what it was asked for.
public enum ClusterError: Error, Hashable, CustomStringConvertible {
    /// A program was not found in any of these places.
    case programMissing(name: String, lookedAt: [String])
    /// A node's folder or log could not be made.
    case cannotPrepare(NodeLaunch, reason: String)
    /// The kernel refused to start a program.
    case cannotSpawn(command: String, reason: String)
    /// A node ended before it was ready.
    case endedAtStart(NodeLaunch, ExitStatus, logTail: [String])
    /// A node did not say in time that it is ready, and was killed.
    case notReady(NodeLaunch, after: Duration, said: String?, logTail: [String])
    /// A node that lives was to be started.
    case alreadyRunning(NodeID)
    /// A node that does not live was to be killed, paused or resumed.
    case notRunning(NodeID)
    /// A signal was sent but did not have its effect.
    case signalWithoutEffect(NodeID, process: Int32, wanted: String, state: String)
    /// The guardian ended, so that no node may be started any more.
    case guardianEnded(ExitStatus)
    /// The cluster is being taken down.
    case closing

    /// How the process ended that it is about, where that is known.
    public var status: ExitStatus? {
        if case .endedAtStart(_, let status, _) = self { status } else { nil }
    }

    /// What happened, where, and what to do about it.
    public var description: String {
        switch self {
        case .programMissing(let name, let places):
            places.count == 1
                ? "the program \(name) was not found at \(places[0])"
                : "the program \(name) was not found, neither at \(places.first ?? "") nor in the "
                    + "folders of PATH; install it beside the harness (Scripts/install)"
        case .cannotPrepare(let launch, let reason):
            "cannot prepare the folder of \(launch.node), \(launch.directory): \(reason)"
        case .cannotSpawn(let command, let reason):
            "cannot start \(command): \(reason)"
        case .endedAtStart(let launch, let status, let tail):
            "\(launch.node) \(status) before it was ready\n" + Self.evidence(launch, tail)
        case .notReady(let launch, let duration, let said, let tail):
            "\(launch.node) did not print `ready PORT` within \(duration)"
                + (said.map { " but `\($0)`" } ?? "") + " and was killed\n"
                + Self.evidence(launch, tail)
        case .alreadyRunning(let node):
            "\(node) is running already; kill it before it is started again"
        case .notRunning(let node):
            "\(node) is not running; start it first"
        case .signalWithoutEffect(let node, let process, let wanted, let state):
            "\(node) (process \(process)) should be \(wanted) but the kernel says \(state)"
        case .guardianEnded(let status):
            "the guardian of the node processes \(status); without it they could stay behind, "
                + "so no node is started: run again"
        case .closing:
            "the cluster is being taken down"
        }
    }

    private static func evidence(_ launch: NodeLaunch, _ tail: [String]) -> String {
        let log =
            tail.isEmpty
            ? "its log \(launch.logFile) is empty"
            : "the end of its log \(launch.logFile):\n"
                + tail.map { "    " + $0 }.joined(separator: "\n")
        return "command: \(launch.commandLine)\n\(log)"
    }
}
