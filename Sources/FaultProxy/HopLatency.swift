import HistoryModel
import NIOPosix
import Vocabulary

/// What a hop through the proxy costs: round trips of 64 bytes, direct and proxied.
public struct HopLatency: Hashable, Sendable {
    /// The median round trip to a server that echoes, in nanoseconds.
    public var directMedian: Nanoseconds
    /// The median round trip to the same server through the proxy, in nanoseconds.
    public var proxiedMedian: Nanoseconds

    /// What the proxy adds to the median round trip, in nanoseconds.
    public var added: Nanoseconds { proxiedMedian - directMedian }

    /// Measures both in turn, in one run, so that they can be compared.
    ///
    /// Client and server use blocking sockets on threads of their own; only the proxy in between
    /// runs on an event loop. Takes a few seconds and the machine's full attention.
    /// - Parameter roundTrips: how many of each kind are measured.
    /// - Throws: `FaultProxyError.measurement` or `.cannotListen`.
    public static func measure(roundTrips: Int = 20_000) async throws -> HopLatency {
        let (from, to) = (NodeID(1), NodeID(2))
        let listener = try BlockingSocket.listening()
        let threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
        return try await FaultProxy.run(
            nodes: [from, to], probes: NoProbes(), now: { .zero }
        ) { proxy in
            await proxy.setTarget(to, port: try listener.port())
            let proxied = try await proxy.port(from: .node(from), to: to)
            let direct = try listener.port()
            async let server: Void = threads.runIfActive {
                try listener.echo(connections: 2)
            }
            let medians = try await threads.runIfActive {
                let sockets = (try BlockingSocket.dialled(direct), try BlockingSocket.dialled(proxied))
                defer {
                    sockets.0.close()
                    sockets.1.close()
                }
                return try alternatingMedians(sockets.0, sockets.1, roundTrips: roundTrips)
            }
            try await server
            try await threads.shutdownGracefully()
            return HopLatency(directMedian: medians.0, proxiedMedian: medians.1)
        }
    }
}

private struct NoProbes: ProbeProtocol {
    func request(nonce: UInt64) -> [UInt8] { [] }
    func accepts(_ reply: [UInt8], nonce: UInt64) -> Bool { false }
}
