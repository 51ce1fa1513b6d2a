internal import HistoryModel
internal import NIOCore
internal import NIOPosix
internal import NodeRuntime
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// One client per thread, thread t at home at node t mod n.
struct RaftClients: Sendable {
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
        guard let operation = Self.operation(invocation.operation) else {
            let name = invocation.operation.function.rawValue
            deliver(
                Completion(
                    thread: invocation.thread, type: .fail, value: invocation.operation.value,
                    error: "the raft store has no operation \(name) of "
                        + "\(invocation.operation.value)", backOff: 100_000_000))
            return
        }
        let key = invocation.operation.key?.description ?? ""
        clients[invocation.thread.rawValue].execute(operation, on: key).whenSuccess { outcome in
            deliver(Self.completion(outcome, of: invocation))
        }
    }

    func close() {
        for client in clients { client.close() }
    }

    private static func operation(_ template: OperationTemplate) -> KeyValueOperation? {
        switch (template.function, template.value) {
        case (.read, _): .read
        case (.write, .integer(let value)): .write(value)
        case (.cas, .list(let pair)) where pair.count == 2:
            switch (pair[0], pair[1]) {
            case (.integer(let expected), .integer(let new)):
                .compareAndSet(expected: expected, new: new)
            case (.null, .integer(let new)): .compareAndSet(expected: nil, new: new)
            default: nil
            }
        default: nil
        }
    }

    private static func completion(
        _ outcome: RaftClientOutcome, of invocation: Invocation
    ) -> Completion {
        var completion = Completion(
            thread: invocation.thread, type: .ok, value: invocation.operation.value)
        switch outcome {
        case .ok(let success, let node):
            completion.node = node
            if case .read(let value) = success { completion.value = Value(value) }
        case .fail(let failure, let node):
            completion.type = .fail
            completion.node = node
            completion.error = failure.description
            if case .mismatch(let found) = failure { completion.found = Value(found) }
        case .info(let unknown, let node):
            completion.type = .info
            completion.node = node
            completion.error = unknown.description
        }
        return completion
    }
}

extension Value {
    /// What a register holds; nil if it was never written.
    fileprivate init(_ value: Int64?) {
        self = value.map { .integer($0) } ?? .null
    }
}
