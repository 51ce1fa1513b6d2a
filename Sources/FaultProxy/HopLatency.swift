import NIOPosix
public import Vocabulary

/// What a hop through the proxy costs: round trips of 64 bytes, direct and proxied.
public struct HopLatency: Hashable, Sendable {
    /// The median round trip to a server that echoes.
    public var directMedian: Nanoseconds
    /// The median round trip to the same server through the proxy.
    public var proxiedMedian: Nanoseconds

    /// Makes the figures of a measurement that was made elsewhere.
    public init(directMedian: Nanoseconds, proxiedMedian: Nanoseconds) {
        self.directMedian = directMedian
        self.proxiedMedian = proxiedMedian
    }

    /// What the proxy adds to the median round trip.
    public var added: Nanoseconds { proxiedMedian - directMedian }

    /// Measures both in turn, in one run, so that they can be compared.
    ///
    /// Client and server use blocking sockets on threads of their own; only the proxy between
    /// them runs on an event loop.
    /// - Parameter roundTrips: how many of each kind are measured.
    /// - Throws: `FaultProxyError.measurement` or `.cannotListen`.
    /// - Returns: both medians.
    public static func measure(roundTrips: Int = 20_000) async throws -> HopLatency {
        let (viewer, node) = (NodeID(1), NodeID(2))
        return try await FaultProxy.run(
            nodes: [viewer, node], probes: NoProbes(), now: { .zero }
        ) { proxy in
            let listener = try BlockingSocket.listening()
            let direct = try listener.port()
            await proxy.setTarget(node, port: direct)
            let proxied = try await proxy.port(from: .node(viewer), to: node)

            let found = try await withThreads(2) { threads in
                async let server: Void = threads.runIfActive { try listener.echo(connections: 2) }
                async let client = threads.runIfActive {
                    try medians(ports: [direct, proxied], roundTrips: roundTrips)
                }
                return (try await client, try await server).0
            }
            return HopLatency(directMedian: found[0], proxiedMedian: found[1])
        }
    }

    private static func withThreads<Found>(
        _ count: Int, _ body: (NIOThreadPool) async throws -> Found
    ) async throws -> Found {
        let threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
        let found: Result<Found, any Error>
        do { found = .success(try await body(threads)) } catch { found = .failure(error) }
        try await threads.shutdownGracefully()
        return try found.get()
    }

    /// The median round trip to each port; the ports take turns.
    private static func medians(ports: [Int], roundTrips: Int) throws -> [Nanoseconds] {
        let sockets = try ports.map { try BlockingSocket.dialled($0) }
        defer { for socket in sockets { socket.shut() } }
        let clock = ContinuousClock()
        var message = [UInt8](repeating: 0x5a, count: 64)
        var samples = [[Duration]](repeating: [], count: ports.count)
        for _ in 0..<roundTrips {
            for index in ports.indices {
                samples[index].append(try clock.measure { try sockets[index].roundTrip(&message) })
            }
        }
        return samples.map { durations in
            let (seconds, attoseconds) = durations.sorted()[durations.count / 2].components
            return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        }
    }
}

private struct NoProbes: ProbeProtocol {
    func request(nonce: UInt64) -> [UInt8] { [] }
    func accepts(_ reply: [UInt8], nonce: UInt64) -> Bool { false }
}
