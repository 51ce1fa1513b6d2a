internal import Subprocess

/// How a process ended.
public enum ExitStatus: Hashable, Sendable {
    /// It ended by itself, with this code.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .signalled(signal)
        }
    }
}

extension ExitStatus {
    /// Whether it was a signal by which people and machines ask programs to end: SIGHUP, SIGINT or SIGTERM.
    ///
    /// The harness ends nodes by SIGKILL, and programs do not send these to themselves.
    public var isRequestFromOutside: Bool {
        switch self {
        case .exited: false
        case .signalled(let signal): [1, 2, 15].contains(signal)
        }
    }
}

extension ExitStatus: CustomStringConvertible {
    /// The status in words, such as `ended by signal 9`.
    public var description: String {
        switch self {
        case .exited(let code): "ended with code \(code)"
        case .signalled(let signal): "ended by signal \(signal)"
        }
    }
}
