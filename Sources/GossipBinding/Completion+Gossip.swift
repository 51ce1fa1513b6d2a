public import GossipCore
public import HistoryModel
public import Workloads

extension Completion {
    /// How the client's outcome ends an invocation on such an object.
    ///
    /// A read of a set returns its elements in order, one of a counter the sum; one of a key its value,
    /// or null if the key holds nothing.
    public init(
        _ outcome: GossipClientOutcome, of invocation: Invocation, on object: ObjectType
    ) {
        self.init(thread: invocation.thread, type: .ok, value: invocation.operation.value)
        switch outcome {
        case .ok(let success, let node):
            self.node = node
            switch success {
            case .value(let value, _): self.value = Value(stored: value)
            case .listed(let items): self.value = Value(items, of: object)
            case .stored: break
            }
        case .fail(let failure, let node):
            type = .fail
            self.node = node
            error = failure.description
        case .info(let unknown, let node):
            type = .info
            self.node = node
            error = unknown.description
        }
    }

    /// The end of an invocation that the gossip store has no operation for.
    public init(unknownGossipOperation invocation: Invocation, on object: ObjectType) {
        self.init(
            thread: invocation.thread, type: .fail, value: invocation.operation.value,
            error: "the gossip store has no operation "
                + "\(invocation.operation.function.rawValue) of \(invocation.operation.value) on a \(object)",
            backOff: 100_000_000)
    }
}

extension Value {
    /// What a key holds: a number where it looks like one, so that it compares to what was written.
    fileprivate init(stored text: String?) {
        guard let text else {
            self = .null
            return
        }
        self = Int64(text).map { .integer($0) } ?? .text(text)
    }

    /// The set or the counter that the keys of a list stand for.
    fileprivate init(_ items: [KeyValue], of object: ObjectType) {
        self =
            object == .counter
            ? .integer(items.compactMap { Int64($0.value) }.reduce(0, &+))
            : .list(items.map { Value(stored: $0.value) }.sorted())
    }
}
