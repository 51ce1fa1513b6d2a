public import HistoryModel
import NIOCore
import NIOPosix
public import Vocabulary

extension FaultProxy {
    /// Sends a probe across one link to the far process.
    ///
    /// It dials the address that node `link.from` uses and passes the same gate, while the answer
    /// comes back past the gates, so that a link cut in one direction can be told from one that
    /// is cut in both.
    /// - Throws: `FaultProxyError.noSuchLink`.
    /// - Returns: how it ended, after `timeout` at the latest.
    public func probe(_ link: DirectedLink, timeout: Duration) async throws -> ProbeOutcome {
        let port = try port(from: .node(link.from), to: link.to)
        return try await probe(port: port, isProxied: true, timeout: timeout)
    }

    /// Sends a probe to the node itself, past the proxy: whether its process runs.
    ///
    /// - Returns: how it ended, after `timeout` at the latest.
    public func probe(directly node: NodeID, timeout: Duration) async throws -> ProbeOutcome {
        guard let port = board.targets[node] else {
            return .refused(reason: "\(node) has no port")
        }
        return try await probe(port: port, isProxied: false, timeout: timeout)
    }

    /// Probes links that should be cut: seen if none of them lets a probe through.
    ///
    /// - Throws: `FaultProxyError.noSuchLink`.
    public func proveCut(
        _ links: [DirectedLink], timeout: Duration
    ) async throws -> FaultRecord.Proof {
        try await prove(links, timeout: timeout) { $0 == .timedOut }
    }

    /// Probes links that should work: seen if each of them brings an answer.
    ///
    /// - Throws: `FaultProxyError.noSuchLink`.
    public func proveHealed(
        _ links: [DirectedLink], timeout: Duration
    ) async throws -> FaultRecord.Proof {
        try await prove(links, timeout: timeout) { outcome in
            if case .answered = outcome { true } else { false }
        }
    }

    private func prove(
        _ links: [DirectedLink], timeout: Duration,
        isExpected: @Sendable (ProbeOutcome) -> Bool
    ) async throws -> FaultRecord.Proof {
        let outcomes = try await withThrowingTaskGroup(
            of: (DirectedLink, ProbeOutcome).self
        ) { group in
            for link in links {
                group.addTask { (link, try await self.probe(link, timeout: timeout)) }
            }
            var outcomes: [(DirectedLink, ProbeOutcome)] = []
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        let surprises = outcomes.filter { !isExpected($0.1) }.sorted { $0.0 < $1.0 }
        if surprises.isEmpty { return .seen(at: now()) }
        return .missing(
            surprises.map { "probe \($0.0.from)→\($0.0.to) \($0.1)" }.joined(separator: "; "))
    }

    private func probe(
        port: Int, isProxied: Bool, timeout: Duration
    ) async throws -> ProbeOutcome {
        nonce += 1
        let started = now()
        let end = try board.probe(
            port: port, isProxied: isProxied, asking: probes, nonce: nonce,
            timeout: TimeAmount(timeout))
        return switch try await end.get() {
        case .answered: .answered(after: now() - started)
        case .closed(let reason): .refused(reason: reason)
        case .silent: .timedOut
        }
    }
}
