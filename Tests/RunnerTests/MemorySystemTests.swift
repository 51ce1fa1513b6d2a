import HistoryModel
import Systems
import Testing
import Vocabulary
import Workloads

@Suite struct `The system in memory` {
    /// What the system answers to operations on one key, one after the other.
    private func answers(
        _ kind: Workload, _ operations: [(Function, Value)]
    ) async throws -> [Completion] {
        var configuration = RunConfiguration(workload: "test")
        configuration.system = "memory"
        configuration.kind = kind
        let (completions, told) = AsyncStream<Completion>.makeStream()
        let environment = SystemEnvironment(
            configuration: configuration, directory: "", clock: RunClock())
        try await MemorySystem().withRunning(environment) { system in
            let invocations = operations.enumerated().map { index, operation in
                Invocation(
                    thread: ThreadID(0), process: ProcessID(3),
                    operation: OperationTemplate(
                        function: operation.0, key: "x", value: operation.1), index: index)
            }
            system.submit(invocations) { told.yield($0) }
        }
        told.finish()
        return await completions.reduce(into: []) { $0.append($1) }
    }

    @Test func `serves the object of the run`() async throws {
        let ofQueue = try await answers(.queue, [("enqueue", 4), ("dequeue", .null)])
        #expect(ofQueue.map(\.value) == [4, 4] && ofQueue.allSatisfy { $0.type == .ok })
        let ofSet = try await answers(.set, [(.add, 4), (.add, 2), (.read, .null)])
        #expect(ofSet.map(\.value) == [4, 2, [2, 4]])
        let ofCounter = try await answers(.counter, [(.add, 4), (.add, 2), (.read, .null)])
        #expect(ofCounter.map(\.value) == [4, 2, 6])
        let ofLock = try await answers(.lock, [("acquire", .null), ("acquire", .null)])
        #expect(ofLock.map(\.error) == [nil, "held"] && ofLock[0].value == 1)
    }

    @Test func `refuses for certain what the object cannot do`() async throws {
        let refused = try await answers(.register, [("enqueue", 4), (.write, "text")])
        #expect(refused.map(\.type) == [.fail, .fail])
        #expect(refused[0].error?.contains("enqueue of 4 on a register") == true)
    }
}
