public import Faults
internal import HistoryModel
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Vocabulary
internal import Workloads

/// Linearizable registers in the harness's own process: no nodes, no network, no faults.
///
/// It shows what the harness itself costs, and that a run without any surprise is judged valid.
public struct MemorySystem: SystemUnderTest {
    /// Makes the system.
    public init() {}

    /// `memory`.
    public var name: String { "memory" }
    /// What it is, in a line.
    public var summary: String { "linearizable registers inside the harness; no processes" }
    /// None.
    public var defects: [DefectDescription] { [] }
    /// None.
    public var primitives: Set<FaultAction.Primitive> { [] }

    /// Serves the registers on a thread of their own while `body` runs.
    public func withRunning(
        _ environment: SystemEnvironment,
        _ body: @escaping @Sendable (any RunningSystem) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await body(MemoryRegisters(loop: group.next()))
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }
}

/// The registers; one thread applies the operations one after the other.
private final class MemoryRegisters: RunningSystem {
    private let loop: any EventLoop
    private let registers = Mutex<[Value: Value]>([:])

    init(loop: any EventLoop) { self.loop = loop }

    func submit(
        _ invocations: [Invocation], deliver: @escaping @Sendable (Completion) -> Void
    ) {
        loop.execute {
            for invocation in invocations { deliver(self.perform(invocation)) }
        }
    }

    private func perform(_ invocation: Invocation) -> Completion {
        let operation = invocation.operation
        let key = operation.key ?? .null
        var completion = Completion(
            thread: invocation.thread, type: .ok, value: operation.value, node: NodeID(1))
        registers.withLock { registers in
            switch (operation.function, operation.value) {
            case (.read, _): completion.value = registers[key] ?? .null
            case (.write, let value): registers[key] = value
            case (.cas, .list(let pair)) where pair.count == 2:
                let found = registers[key] ?? .null
                if found == pair[0] {
                    registers[key] = pair[1]
                } else {
                    completion.type = .fail
                    completion.found = found
                    completion.error = "mismatch"
                }
            default:
                completion.type = .fail
                completion.error = "unknown operation \(operation.function.rawValue)"
            }
        }
        return completion
    }

    func apply(_ action: FaultAction) async throws {}
    func heal(_ action: FaultAction) async throws -> Int { 0 }
    func probeApplied(_ action: FaultAction) async -> FaultRecord.Proof { .notTried }
    func probeHealed(_ action: FaultAction) async -> RecoveryProof { RecoveryProof(.notTried) }
    func leader() -> (node: NodeID, term: Int)? { nil }
    func takeTraces() -> [NodeTraceEvent] { [] }
}
