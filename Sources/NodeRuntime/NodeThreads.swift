import Logging
import NIOCore
import NIOPosix
import NodeWire
import Vocabulary

/// Nobody can reach the node where it was told to listen.
public struct CannotListen: Error, CustomStringConvertible {
    /// Where, why, and what to do about it.
    public let description: String

    init(host: String, port: Int, because error: any Error) {
        description = """
            could not listen on \(host):\(port): \(error); \
            \(port == 0 ? "is \(host) an address of this machine?" : "choose another port, or port 0 for a free one")
            """
    }
}

/// What every node runs on: one thread for its event loop, and one for its disk.
struct NodeThreads: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let disk = NIOThreadPool(numberOfThreads: 1)

    init() { disk.start() }

    var loop: any EventLoop { group.next() }

    /// Ends both threads; what was not synced is lost.
    func stop() throws {
        try group.syncShutdownGracefully()
        try disk.syncShutdownGracefully()
    }

    /// Listens for connections and hands their frames to the node; blocks until it does.
    ///
    /// - Throws: `CannotListen`.
    func listen<Node: FrameReceiver>(
        _ host: String, _ port: Int, id: NodeID, node: NIOLoopBound<Node>, logger: Logger
    ) throws -> any Channel {
        try ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        FrameHandler<Node.Frame>.codec(for: id)
                            + [ServerConnection(node: node.value, logger: logger)])
                }
            }
            .bind(host: host, port: port)
            .flatMapErrorThrowing { throw CannotListen(host: host, port: port, because: $0) }
            .wait()
    }
}
