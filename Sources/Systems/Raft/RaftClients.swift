internal import HistoryModel
internal import NIOCore
internal import NIOPosix
internal import NodeRuntime
internal import ObjectBinding
internal import RaftBinding
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// One client per thread, thread t at home at node t mod n.
struct RaftClients: ProcessClients {
    private let object: ObjectType
    private let clients: [RaftClient]
    private let loop: any EventLoop

    init(configuration: RunConfiguration, addresses: [NodeID: SocketAddress]) {
        loop = MultiThreadedEventLoopGroup.singleton.next()
        object = configuration.object
        let loop = loop
        clients = (0..<configuration.concurrency).map { thread in
            let settings = RaftClientConfiguration(thread: thread, of: configuration)
            return RaftClient(configuration: settings, addresses: addresses, loop: loop)
        }
    }

    func submit(
        _ invocation: Invocation, deliver: @escaping @Sendable (Completion) -> Void
    ) {
        guard let operation = FunctionTable.known.operation(invocation, on: object) else {
            return deliver(FunctionTable.known.refusal(of: invocation, on: object, by: "raft"))
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
