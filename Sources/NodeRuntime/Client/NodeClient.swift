public import NIOCore
import NIOPosix
public import Vocabulary

/// Drives the core of a client over real connections: the client of one logical process.
///
/// A connection counts as made when the node has answered a ping on it, because a proxy in between
/// accepts for nodes that are dead or stopped. Connections are kept from operation to operation.
public final class NodeClient<Driver: ClientDriver>: Sendable {
    private let loop: any EventLoop
    private let shell: NIOLoopBoundBox<ClientShell<Driver>>

    /// Makes a client that connects when it has something to ask.
    ///
    /// - Parameters:
    ///   - driver: How the client behaves.
    ///   - addresses: Where this client reaches each node; an unknown one counts as unreachable.
    ///   - loop: Where everything of this client happens; clients may share one.
    public init(
        driver: Driver, addresses: [NodeID: SocketAddress],
        loop: any EventLoop
    ) {
        self.loop = loop
        shell = NIOLoopBoundBox.makeBoxSendingValue(
            ClientShell(driver: driver, addresses: addresses, loop: loop),
            eventLoop: loop)
    }

    /// Executes one operation; only one may be under way at a time.
    public func execute(
        _ operation: Driver.Operation, on key: String
    ) -> EventLoopFuture<Driver.Outcome> {
        let promise = loop.makePromise(of: Driver.Outcome.self)
        loop.execute { [shell] in shell.value.invoke(operation, on: key, promise) }
        return promise.futureResult
    }

    /// Closes all connections; an operation that is under way ends as if they were lost.
    public func close() {
        loop.execute { [shell] in shell.value.close() }
    }
}
