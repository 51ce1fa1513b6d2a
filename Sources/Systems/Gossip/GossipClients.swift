internal import GossipBinding
internal import GossipCore
internal import HistoryModel
internal import NIOCore
internal import NIOPosix
internal import NodeRuntime
internal import Vocabulary
internal import Workloads

/// One client per thread, each bound to one node.
struct GossipClients: ProcessClients {
    private let clients: [GossipClient]
    private let object: ObjectType

    init(configuration: RunConfiguration, addresses: [NodeID: SocketAddress]) {
        object = configuration.object
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        clients = (0..<configuration.concurrency).map { thread in
            GossipClient(
                configuration: GossipClientConfiguration(
                    configuration, thread: ThreadID(thread)),
                addresses: addresses, loop: loop)
        }
    }

    func submit(
        _ invocation: Invocation, deliver: @escaping @Sendable (Completion) -> Void
    ) {
        let object = object
        guard let command = GossipCommand(invocation, on: object) else {
            return deliver(Completion(unknownGossipOperation: invocation, on: object))
        }
        clients[invocation.thread.rawValue].execute(command.operation, on: command.key)
            .whenSuccess { outcome in
                deliver(Completion(outcome, of: invocation, on: object))
            }
    }

    func close() {
        for client in clients { client.close() }
    }
}
