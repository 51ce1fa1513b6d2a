extension Value {
    /// The parts of a transaction on registers as a person writes them, `[r x 1] [w y 2]`; nil if it
    /// is none.
    public var transaction: String? {
        guard case .list(let list) = self, !list.isEmpty else { return nil }
        var parts: [String] = []
        for case .list(let triple) in list {
            guard triple.count == 3, let word = triple[0].name else { return nil }
            parts.append("[\(word) \(triple[1]) \(triple[2])]")
        }
        return parts.count == list.count ? parts.joined(separator: " ") : nil
    }
}

extension Value {
    /// The name that a keyword or a text is, `r` for `:r` and `"r"`: what verbs of operations and
    /// nodes are called by.
    public var name: Substring? {
        switch self {
        case .text(let text): text.hasPrefix(":") ? text.dropFirst() : text[...]
        case .form(let form):
            form.hasPrefix(":")
                ? form.dropFirst() : form.utf8.first?.isLetter ?? false ? form[...] : nil
        default: nil
        }
    }
}
