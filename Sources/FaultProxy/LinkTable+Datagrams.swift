import HistoryModel
import NIOCore
import NIOPosix
import Vocabulary

extension LinkTable {
    /// Opens the socket for datagrams of one link, at the port at which it listens for connections.
    func openDatagrams(
        from viewer: NodeID, to peer: NodeID, port: Int, bytesMax: Int, random: RandomStream
    ) throws -> EventLoopFuture<any Channel>? {
        let link = DirectedLink(from: viewer, to: peer)
        guard let gate = gates[link],
            let count = traffic[ProxiedLink(from: .node(viewer), to: peer)]
        else { return nil }
        let relay = DatagramRelay(
            to: peer, gate: gate, count: count, board: self, random: random)
        relays[link] = relay
        let bound = NIOLoopBound(relay, eventLoop: loop)
        return DatagramBootstrap(group: loop)
            .channelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: bytesMax)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .bind(host: "127.0.0.1", port: port)
    }

    /// Sends one probe as datagrams across a link; nil if it carries none.
    func probeDatagrams(
        _ link: DirectedLink, asking probes: any ProbeProtocol, nonce: UInt64, timeout: TimeAmount
    ) throws -> EventLoopFuture<ProbeHandler.End>? {
        guard let relay = relays[link],
            let port = ports[ProxiedLink(from: .node(link.from), to: link.to)]
        else { return nil }
        // A promise keeps the first result that it is given; the others are ignored.
        let end = loop.makePromise(of: ProbeHandler.End.self)
        let target = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let probe = NIOLoopBound(
            DatagramProbe(probes: probes, nonce: nonce, target: target, relay: relay, end: end),
            eventLoop: loop)
        let timer = loop.scheduleTask(in: timeout) { end.succeed(.silent) }
        DatagramBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(probe.value)
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .whenFailure { end.succeed(.closed(reason: "\($0)")) }
        end.futureResult.whenComplete { _ in timer.cancel() }
        return end.futureResult
    }
}
