internal import HistoryModel
internal import Yams

extension Value {
    /// Reads a value as YAML means it: what stands in quotes is a text, whatever it looks like.
    ///
    /// Nil for a mapping, which is no value.
    init?(_ node: Node) {
        if let sequence = node.sequence {
            var values: [Value] = []
            for element in sequence {
                guard let value = Value(element) else { return nil }
                values.append(value)
            }
            self = .list(values)
            return
        }
        guard let scalar = node.scalar else { return nil }
        let text = scalar.string
        if scalar.style != .plain {
            self = .text(text)
        } else if text.isEmpty || text == "~" || text == "null" {
            self = .null
        } else if let truth = Bool(text) {
            self = .bool(truth)
        } else {
            self = Int64(text).map(Value.integer) ?? .text(text)
        }
    }
}
