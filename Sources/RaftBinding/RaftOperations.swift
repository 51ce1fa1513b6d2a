internal import HistoryModel
public import RaftCore
internal import Vocabulary
public import Workloads

// What workloads ask for and hear, in the words of the Raft store's client.

extension KeyValueOperation {
    /// What an invocation asks of the store; nil if the store knows no such operation.
    public init?(_ template: OperationTemplate) {
        switch (template.function, template.value) {
        case (.read, _): self = .read
        case (.write, .integer(let value)): self = .write(value)
        case (.cas, .list(let pair)) where pair.count == 2:
            switch (pair[0], pair[1]) {
            case (.integer(let expected), .integer(let new)):
                self = .compareAndSet(expected: expected, new: new)
            case (.null, .integer(let new)): self = .compareAndSet(expected: nil, new: new)
            default: return nil
            }
        default: return nil
        }
    }
}

extension OperationTemplate {
    /// The key as the store knows it.
    public var storeKey: String { key?.description ?? "" }
}

extension Completion {
    /// How the client's outcome ends an invocation.
    public init(_ outcome: RaftClientOutcome, of invocation: Invocation) {
        self.init(thread: invocation.thread, type: .ok, value: invocation.operation.value)
        switch outcome {
        case .ok(let success, let node):
            self.node = node
            if case .read(let value) = success { self.value = Value(register: value) }
        case .fail(let failure, let node):
            type = .fail
            self.node = node
            error = failure.description
            if case .mismatch(let found) = failure { self.found = Value(register: found) }
        case .info(let unknown, let node):
            type = .info
            self.node = node
            error = unknown.description
        }
    }

    /// The end of an invocation that the store has no operation for.
    public init(unknownOperation invocation: Invocation) {
        self.init(
            thread: invocation.thread, type: .fail, value: invocation.operation.value,
            error: "the raft store has no operation \(invocation.operation.function.rawValue) of "
                + "\(invocation.operation.value)", backOff: 100_000_000)
    }
}

extension Value {
    /// What a register holds; null if it was never written.
    fileprivate init(register value: Int64?) {
        self = value.map { .integer($0) } ?? .null
    }
}
