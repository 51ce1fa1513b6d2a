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

    /// Sends a probe across one link as datagrams; nil if the link carries none.
    ///
    /// It is repeated until `timeout`, since single datagrams may be lost; the gates are passed as by
    /// `probe(_:timeout:)`.
    public func probeDatagrams(
        _ link: DirectedLink, timeout: Duration
    ) async throws -> ProbeOutcome? {
        nonce += 1
        let started = now()
        guard
            let end = try board.probeDatagrams(
                link, asking: probes, nonce: nonce, timeout: TimeAmount(timeout))
        else { return nil }
        return outcome(of: try await end.get(), since: started)
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

    /// Probes links that should be cut: seen if none of them lets a probe through, neither over a
    /// connection nor as a datagram.
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
        typealias Found = (link: DirectedLink, way: String, outcome: ProbeOutcome)
        let found = try await withThrowingTaskGroup(of: Found?.self) { group in
            for link in links {
                group.addTask { (link, "probe", try await self.probe(link, timeout: timeout)) }
                group.addTask {
                    try await self.probeDatagrams(link, timeout: timeout)
                        .map { (link, "datagram probe", $0) }
                }
            }
            var found: [Found] = []
            for try await outcome in group { if let outcome { found.append(outcome) } }
            return found
        }
        let surprises = found.filter { !isExpected($0.outcome) }
            .sorted { ($0.link, $0.way) < ($1.link, $1.way) }
        if surprises.isEmpty { return .seen(at: now()) }
        return .missing(
            surprises.map { "\($0.way) \($0.link.from)→\($0.link.to) \($0.outcome)" }
                .joined(separator: "; "))
    }

    private func probe(
        port: Int, isProxied: Bool, timeout: Duration
    ) async throws -> ProbeOutcome {
        nonce += 1
        let started = now()
        let end = try board.probe(
            port: port, isProxied: isProxied, asking: probes, nonce: nonce,
            timeout: TimeAmount(timeout))
        return outcome(of: try await end.get(), since: started)
    }

    private func outcome(of end: ProbeHandler.End, since started: Instant) -> ProbeOutcome {
        switch end {
        case .answered: .answered(after: now() - started)
        case .closed(let reason): .refused(reason: reason)
        case .silent: .timedOut
        }
    }
}
