extension Value {
    /// The parts of a transaction on registers as a person writes them, `[r x 1] [w y 2]`; nil if it
    /// is none.
    public var transaction: String? {
        guard case .list(let list) = self, !list.isEmpty else { return nil }
        var parts: [String] = []
        for case .list(let triple) in list {
            guard triple.count == 3, case .text(let verb) = triple[0] else { return nil }
            let word = verb.hasPrefix(":") ? verb.dropFirst() : verb[...]
            parts.append("[\(word) \(triple[1]) \(triple[2])]")
        }
        return parts.count == list.count ? parts.joined(separator: " ") : nil
    }
}
