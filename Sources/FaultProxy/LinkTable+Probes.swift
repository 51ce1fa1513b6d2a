import NIOCore
import NIOPosix

extension LinkTable {
    /// Sends one probe to a port of this machine; `isProxied` says whether it is one of ours.
    func probe(
        port: Int, isProxied: Bool, asking probes: any ProbeProtocol, nonce: UInt64,
        timeout: TimeAmount
    ) throws -> EventLoopFuture<ProbeHandler.End> {
        // A promise keeps the first result that it is given; the others are ignored.
        let end = loop.makePromise(of: ProbeHandler.End.self)
        let handler = ProbeHandler(probes: probes, nonce: nonce, end: end) { localPort in
            if isProxied { self.probes[localPort] = .awaited }
        }
        let timer = loop.scheduleTask(in: timeout) { end.succeed(.silent) }
        let bound = NIOLoopBound(handler, eventLoop: loop)
        ClientBootstrap(group: loop)
            .bind(to: try SocketAddress(ipAddress: "127.0.0.1", port: 0))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenFailure { end.succeed(.closed(reason: "\($0)")) }
        end.futureResult.assumeIsolated().whenComplete { _ in
            timer.cancel()
            handler.close()
            if let localPort = handler.localPort { self.endProbe(from: localPort) }
        }
        return end.futureResult
    }

    /// Breaks a probe off, so that nothing of it is delivered when the link is healed.
    private func endProbe(from localPort: Int) {
        if case .accepted(let relay)? = probes.removeValue(forKey: localPort) { relay.abort() }
    }
}
