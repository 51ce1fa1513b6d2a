public import NIOCore
import NIOPosix
import NodeWire
public import RaftCore
public import Vocabulary

/// Drives a `RaftClientCore` over real connections: the client of one logical process.
///
/// A connection counts as made when the node has answered a ping on it, because a proxy in between
/// accepts for nodes that are dead or stopped. Connections are kept from operation to operation.
public final class RaftClient: Sendable {
    private let loop: any EventLoop
    private let shell: NIOLoopBoundBox<ClientShell>

    /// Makes a client that connects when it has something to ask.
    ///
    /// - Parameters:
    ///   - configuration: How the client behaves.
    ///   - addresses: Where this client reaches each node; an unknown one counts as unreachable.
    ///   - loop: Where everything of this client happens; clients may share one.
    public init(
        configuration: RaftClientConfiguration, addresses: [NodeID: SocketAddress],
        loop: any EventLoop
    ) {
        self.loop = loop
        shell = NIOLoopBoundBox.makeBoxSendingValue(
            ClientShell(configuration: configuration, addresses: addresses, loop: loop),
            eventLoop: loop)
    }

    /// Executes one operation; only one may be under way at a time.
    public func execute(
        _ operation: KeyValueOperation, on key: String
    ) -> EventLoopFuture<RaftClientOutcome> {
        let promise = loop.makePromise(of: RaftClientOutcome.self)
        loop.execute { [shell] in shell.value.invoke(operation, on: key, promise) }
        return promise.futureResult
    }

    /// Closes all connections; an operation that is under way ends as if they were lost.
    public func close() {
        loop.execute { [shell] in shell.value.close() }
    }
}
