public import GossipCore
internal import HistoryModel
public import Workloads

/// What an invocation of a workload asks of the gossip store.
///
/// Keys and values are those of the workload as text. A set has a key for each element, and a counter
/// one for each addition, named after the invocation: so no write ever competes with another one, and
/// none of two concurrent additions is lost.
public struct GossipCommand: Hashable, Sendable {
    /// The key, or for a list what the keys begin with.
    public var key: String
    /// What to do.
    public var operation: GossipOperation

    /// What an element's key begins with; the element as text follows.
    static let elementPrefix = "e"
    /// What an addition's key begins with; the place of its invocation in the history follows.
    static let additionPrefix = "a"

    /// Translates an invocation of a workload of this kind; nil if the store has no such operation.
    public init?(_ invocation: Invocation, kind: WorkloadKind) {
        let template = invocation.operation
        let value = template.value
        switch (kind, template.function) {
        case (.broadcast, .read), (.gSet, .read):
            self.init(key: Self.elementPrefix, .list)
        case (.broadcast, .add), (.gSet, .add):
            guard case .integer(let element) = value else { return nil }
            self.init(key: "\(Self.elementPrefix)\(element)", .put("\(element)"))
        case (.pnCounter, .read):
            self.init(key: Self.additionPrefix, .list)
        case (.pnCounter, .add):
            guard case .integer(let number) = value else { return nil }
            self.init(key: "\(Self.additionPrefix)\(invocation.index)", .put("\(number)"))
        case (.gossipKV, .read): self.init(key: template.storeKey, .get)
        case (.gossipKV, .write):
            guard value != .null else { return nil }
            self.init(key: template.storeKey, .put(value.storeText))
        case (.gossipKV, .delete): self.init(key: template.storeKey, .delete)
        default: return nil
        }
    }

    private init(key: String, _ operation: GossipOperation) {
        self.key = key
        self.operation = operation
    }
}

extension OperationTemplate {
    fileprivate var storeKey: String { key?.storeText ?? "" }
}

extension Value {
    /// The value as it stands in the store.
    fileprivate var storeText: String {
        if case .text(let text) = self { text } else { description }
    }
}
