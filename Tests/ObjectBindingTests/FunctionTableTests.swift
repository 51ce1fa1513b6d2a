import Checkers
import HistoryModel
import ObjectBinding
import Objects
import Testing
import Workloads

@Suite struct `The functions of objects` {
    /// Records what the store answers, one operation after the other.
    struct Recorder {
        let object: ObjectType
        var store = ObjectStore()
        var history = History()

        init(_ object: ObjectType) { self.object = object }

        @discardableResult
        mutating func run(
            _ function: Function, _ value: Value = .null, process: Int = 0, key: Value? = nil
        ) -> Completion {
            let invocation = Invocation(
                thread: ThreadID(process), process: ProcessID(process),
                operation: OperationTemplate(function: function, key: key, value: value))
            let completion: Completion
            if let operation = FunctionTable.known.operation(invocation, on: object) {
                let key = invocation.operation.storeKey
                completion = Completion(
                    store.execute(operation, on: key), of: invocation, by: nil)
            } else {
                completion = FunctionTable.known.refusal(of: invocation, on: object, by: "test")
            }
            note(.invoke, invocation, value)
            note(completion.type, invocation, completion.value, completion)
            return completion
        }

        private mutating func note(
            _ type: EventType, _ invocation: Invocation, _ value: Value,
            _ completion: Completion? = nil
        ) {
            history.events.append(
                Event(
                    index: history.events.count, process: invocation.process, type: type,
                    function: invocation.operation.function, key: invocation.operation.key,
                    value: value, found: completion?.found, error: completion?.error))
        }

        func verdict(_ model: ObjectModel) throws -> Verdict {
            try LinearizabilityChecker(model: model).check(history).verdict
        }
    }

    @Test func `registers answer in the checker's words`() throws {
        var recorder = Recorder(.register)
        #expect(recorder.run(.read).value == .null)
        #expect(recorder.run(.cas, [.null, 1]).type == .ok)
        let mismatch = recorder.run(.cas, [3, 4])
        #expect(mismatch.type == .fail && mismatch.found == 1 && mismatch.error == "mismatch")
        #expect(recorder.run(.write, 5).value == 5)
        #expect(recorder.run(.read).value == 5)
        #expect(try recorder.verdict(.casRegister) == .valid)
    }

    @Test func `queues answer in the checker's words`() throws {
        var recorder = Recorder(.queue)
        #expect(recorder.run("dequeue").value == .null)
        #expect(recorder.run("enqueue", 7).value == 7)
        #expect(recorder.run("dequeue").value == 7)
        #expect(try recorder.verdict(.queue) == .valid)
    }

    @Test func `sets answer in the checker's words`() throws {
        var recorder = Recorder(.set)
        recorder.run(.add, 7)
        recorder.run(.add, 3)
        #expect(recorder.run(.read).value == [3, 7])
        #expect(try recorder.verdict(.set) == .valid)
        let full = try #require(HistoryCheckers.named("set-full"))
        #expect(try full.check(recorder.history).verdict == .valid)
    }

    @Test func `locks belong to processes and answer in the checker's words`() throws {
        var recorder = Recorder(.lock)
        #expect(recorder.run("acquire", process: 1).value == 1)
        let held = recorder.run("acquire", process: 2)
        #expect(held.type == .fail && held.error == "held")
        let notHeld = recorder.run("release", process: 2)
        #expect(notHeld.type == .fail && notHeld.error == "not-held")
        #expect(recorder.run("release", process: 1).type == .ok)
        #expect(recorder.run("acquire", process: 2).value == 2)
        #expect(try recorder.verdict(.fencedLock) == .valid)
        #expect(try recorder.verdict(.lock) == .valid)
    }

    @Test func `counters answer in the checker's words`() throws {
        var recorder = Recorder(.counter)
        #expect(recorder.run(.add, 4).value == 4)
        #expect(recorder.run(.add, -1).value == -1)
        #expect(recorder.run(.read).value == 3)
        #expect(try recorder.verdict(.counter) == .valid)
    }

    @Test func `lists answer in the checker's words`() throws {
        var recorder = Recorder(.list)
        recorder.run("append", 7, key: 1)
        recorder.run("append", 3, key: 1)
        recorder.run("append", 5, key: 2)
        #expect(recorder.run(.read, key: 1).value == [7, 3])
        #expect(try recorder.verdict(.listAppend) == .valid)
    }

    @Test func `ids answer in the checker's words`() throws {
        var recorder = Recorder(.ids)
        #expect([recorder.run("generate"), recorder.run("generate")].map(\.value) == [1, 2])
        let unique = try #require(HistoryCheckers.named("unique-ids"))
        #expect(try unique.check(recorder.history).verdict == .valid)
    }

    static let senseless: [(ObjectType, Function, Value)] = [
        (.queue, .read, .null), (.register, .write, "text"), (.register, .cas, [1, 2, 3]),
        (.register, .cas, [1, .null]), (.set, .add, .null), ("stack", "push", 1),
    ]

    @Test(arguments: senseless)
    func `what a store cannot do is refused for certain, and named`(
        object: ObjectType, function: Function, value: Value
    ) {
        var recorder = Recorder(object)
        let refusal = recorder.run(function, value)
        #expect(refusal.type == .fail)
        #expect(refusal.error?.contains("\(function.rawValue) of \(value) on a \(object)") == true)
    }

    @Test func `a table says which functions each object has`() {
        #expect(FunctionTable.known.functions[.register] == [.read, .write, .cas])
        #expect(FunctionTable.known.functions[.lock] == ["acquire", "release"])
        #expect(FunctionTable.known.functions["stack"] == nil)
    }

    @Test func `a table takes functions of objects that are new`() {
        let table = FunctionTable([
            BoundFunction("bag", "put") { _ in .addElement(1) },
            BoundFunction("bag", "put") { _ in .addElement(2) },
        ])
        let put = Invocation(
            thread: ThreadID(0), process: ProcessID(0),
            operation: OperationTemplate(function: "put"))
        #expect(table.operation(put, on: "bag") == .addElement(2))
        #expect(table.functions["bag"] == ["put"])
    }
}
