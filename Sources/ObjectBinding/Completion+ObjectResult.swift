internal import HistoryModel
public import Objects
public import Vocabulary
public import Workloads

extension OperationTemplate {
    /// The key as the store knows it.
    public var storeKey: String { key?.description ?? "" }
}

extension Completion {
    /// How the store's answer ends an invocation: a change repeats the value that was asked for, and
    /// what answers with something has that as its value.
    public init(_ result: ObjectResult, of invocation: Invocation, by node: NodeID?) {
        self.init(
            thread: invocation.thread, type: .ok, value: invocation.operation.value, node: node)
        switch result {
        case .done: break
        case .value(let found): value = Value(found)
        case .elements(let elements): value = .list(elements.map { .integer($0) })
        case .refused(let refusal):
            type = .fail
            error = refusal.description
            if case .mismatch(let found) = refusal { self.found = Value(found) }
        }
    }
}

extension Value {
    /// A number, or null where there is none.
    fileprivate init(_ number: Int64?) {
        self = number.map { .integer($0) } ?? .null
    }
}
