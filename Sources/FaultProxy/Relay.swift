import NIOCore
import NIOPosix

/// One proxied connection: the accepted socket, the dialled one, and a flow for each direction.
final class Relay {
    /// The end that was accepted.
    let near: RelayEnd
    private let far: RelayEnd

    init(forward: Flow, backward: Flow) {
        near = RelayEnd(readsFor: forward, writesFor: backward, isReady: true)
        far = RelayEnd(readsFor: backward, writesFor: forward, isReady: false)
    }

    /// Dials the peer; bytes begin to flow when it has answered.
    func dial(port: Int, on loop: any EventLoop) {
        let relay = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(relay.value.far)
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .assumeIsolated()
            .whenComplete { result in relay.value.dialled(result) }
    }

    /// Breaks both sides off.
    func abort() {
        near.abort()
        far.abort()
    }

    private func dialled(_ result: Result<any Channel, any Error>) {
        switch result {
        case .success(let channel) where channel.localAddress == channel.remoteAddress:
            // A dead port among the ephemeral ones may be picked as the caller's own: the kernel
            // then connects the socket to itself.
            far.abort()
        case .success:
            far.connected()
        case .failure:
            far.end()
        }
        near.read()
    }
}
