public import HistoryModel

/// Why the proxy could not do what it was asked for.
public enum FaultProxyError: Error, Hashable, CustomStringConvertible {
    /// No listener could be opened for a link.
    case cannotListen(ProxiedLink, reason: String)
    /// The proxy was not told of a link like this when it started.
    case noSuchLink(ProxiedLink)
    /// The proxy has no gate for this pair of nodes.
    case noSuchGate(DirectedLink)
    /// No datagrams pass between this pair of nodes.
    case noDatagrams(DirectedLink)
    /// The limit of open files could not be read or raised.
    case descriptorLimit(reason: String)
    /// The measurement of a hop could not talk to its own echo server.
    case measurement(step: String, reason: String)

    /// What happened, where, and what to do about it.
    public var description: String {
        switch self {
        case .cannotListen(let link, let reason):
            "cannot listen on 127.0.0.1 for the link \(link): \(reason); "
                + "free some ports or raise the limit of open files (ulimit -n)"
        case .noSuchLink(let link):
            "the proxy has no link \(link); name both nodes when it is started"
        case .noSuchGate(let link):
            "the proxy has no gate \(link.from)→\(link.to); it can only cut links between "
                + "two different nodes that were named when it was started"
        case .noDatagrams(let link):
            "no datagrams pass from \(link.from) to \(link.to), so none can be lost or delayed; "
                + "choose faults of another family"
        case .descriptorLimit(let reason):
            "cannot raise the limit of open files: \(reason); set it by hand with ulimit -n"
        case .measurement(let step, let reason):
            "measuring a hop failed at \(step): \(reason)"
        }
    }
}
