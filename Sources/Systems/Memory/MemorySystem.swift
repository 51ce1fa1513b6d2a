internal import Faults
internal import HistoryModel
internal import NIOCore
internal import NIOPosix
internal import ObjectBinding
internal import Objects
internal import Synchronization
internal import SystemCatalogue
internal import Vocabulary
public import Workloads

/// Linearizable objects in the harness's own process: no nodes, no network, no faults.
///
/// It shows what the harness itself costs, and that a run without any surprise is judged valid.
public struct MemorySystem: SystemUnderTest {
    /// Makes the system.
    public init() {}

    /// What is to be known of it.
    public var description: SystemDescription { .memory }

    /// Serves the objects on a thread of their own while `body` runs.
    public func withRunning(
        _ environment: SystemEnvironment,
        _ body: @escaping @Sendable (any RunningSystem) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await body(MemoryObjects(environment.configuration.object, loop: group.next()))
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }
}

/// The objects; one thread applies the operations one after the other.
private final class MemoryObjects: RunningSystem {
    private let object: ObjectType
    private let loop: any EventLoop
    private let store = Mutex(ObjectStore())

    init(_ object: ObjectType, loop: any EventLoop) {
        self.object = object
        self.loop = loop
    }

    func submit(
        _ invocations: [Invocation], deliver: @escaping @Sendable (Completion) -> Void
    ) {
        loop.execute {
            for invocation in invocations { deliver(self.perform(invocation)) }
        }
    }

    private func perform(_ invocation: Invocation) -> Completion {
        guard let operation = FunctionTable.known.operation(invocation, on: object) else {
            return FunctionTable.known.refusal(of: invocation, on: object, by: "memory")
        }
        let result = store.withLock { $0.execute(operation, on: invocation.operation.storeKey) }
        return Completion(result, of: invocation, by: NodeID(1))
    }

    func apply(_ action: FaultAction) async throws {}
    func heal(_ action: FaultAction) async throws -> Int { 0 }
    func probeApplied(_ action: FaultAction) async -> FaultRecord.Proof { .notTried }
    func probeHealed(_ action: FaultAction) async -> RecoveryProof { RecoveryProof(.notTried) }
    func leader() -> (node: NodeID, term: Int)? { nil }
    func takeTraces() -> [NodeTraceEvent] { [] }
}
