internal import HistoryModel
internal import NIOCore
internal import NIOPosix
internal import NodeRuntime
internal import RaftBinding
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// One client per thread, thread t at home at node t mod n.
struct RaftClients: ProcessClients {
    private let clients: [RaftClient]
    private let loop: any EventLoop

    init(configuration: RunConfiguration, addresses: [NodeID: SocketAddress]) {
        loop = MultiThreadedEventLoopGroup.singleton.next()
        let nodes = configuration.nodeIDs
        let loop = loop
        clients = (0..<configuration.concurrency).map { thread in
            var settings = RaftClientConfiguration(home: nodes[thread % nodes.count])
            settings.operationTimeout = configuration.operationTimeout
            return RaftClient(configuration: settings, addresses: addresses, loop: loop)
        }
    }

    func submit(
        _ invocation: Invocation, deliver: @escaping @Sendable (Completion) -> Void
    ) {
        guard let operation = KeyValueOperation(invocation.operation) else {
            return deliver(Completion(unknownOperation: invocation))
        }
        let key = invocation.operation.storeKey
        clients[invocation.thread.rawValue].execute(operation, on: key).whenSuccess { outcome in
            deliver(Completion(outcome, of: invocation))
        }
    }

    func close() {
        for client in clients { client.close() }
    }
}
