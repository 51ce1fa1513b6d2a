public import GossipCore
public import HistoryModel
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

    /// Translates an invocation of a workload on such an object; nil if the store has no such operation.
    public init?(_ invocation: Invocation, on object: ObjectType) {
        let template = invocation.operation
        let value = template.value
        switch (object, template.function) {
        case (.set, .read): self.init(key: Self.elementPrefix + template.keyPrefix, .list)
        case (.set, .add):
            guard case .integer(let element) = value else { return nil }
            let prefix = Self.elementPrefix + template.keyPrefix
            self.init(key: "\(prefix)\(element)", .put("\(element)"))
        case (.counter, .read): self.init(key: Self.additionPrefix + template.keyPrefix, .list)
        case (.counter, .add):
            guard case .integer(let number) = value else { return nil }
            let prefix = Self.additionPrefix + template.keyPrefix
            self.init(key: "\(prefix)\(invocation.index)", .put("\(number)"))
        case (.keyValue, .read): self.init(key: template.storeKey, .get)
        case (.keyValue, .write):
            guard value != .null else { return nil }
            self.init(key: template.storeKey, .put(value.storeText))
        case (.keyValue, .delete): self.init(key: template.storeKey, .delete)
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

    /// What tells the elements of one set from those of another.
    fileprivate var keyPrefix: String { key.map { "\($0.storeText):" } ?? "" }
}

extension Value {
    /// The value as it stands in the store.
    fileprivate var storeText: String {
        if case .text(let text) = self { text } else { description }
    }
}
