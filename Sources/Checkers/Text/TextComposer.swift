import HistoryModel

/// Tells whether a text can have been made of what had been put and appended, however often.
struct TextComposer {
    /// A beginning of words.
    private struct Node {
        /// When the first operation was called that brings what ends here; `Int.max` if none does.
        var call = Int.max
    }

    private struct Step: Hashable {
        var node: Int32
        var byte: UInt8
    }

    /// The beginnings of all words.
    ///
    /// The first two are empty: of what can stand first, and of what can be appended.
    private var nodes = [Node(), Node()]
    private var next: [Step: Int32] = [:]
    /// How many more bytes may be compared.
    private var effort: Int

    /// Takes what was put, appended, and there at first, and how many bytes may be compared with it.
    init(_ subhistory: Subhistory, effort: Int) {
        self.effort = effort
        insert(TextModel.text(subhistory.initial ?? ""), at: 0, call: -1)
        for operation in subhistory.own where operation.outcome != .fail && operation.writes {
            insert(
                TextModel.text(operation.input), at: operation.function == .append ? 1 : 0,
                call: operation.call)
        }
    }

    private mutating func insert(_ word: [UInt8], at root: Int32, call: Int) {
        var node = root
        for byte in word {
            let step = Step(node: node, byte: byte)
            if let known = next[step] {
                node = known
            } else {
                nodes.append(Node())
                node = Int32(nodes.count - 1)
                next[step] = node
            }
        }
        nodes[Int(node)].call = min(nodes[Int(node)].call, call)
    }

    /// Whether a text can have been there before a moment; nil if finding out takes more comparisons
    /// than are left.
    ///
    /// - Complexity: O(m · l) comparisons for m bytes and words of at most l bytes, however many.
    mutating func canMake(_ text: [UInt8], before moment: Int) -> Bool? {
        var isReached = [Bool](repeating: false, count: text.count + 1)
        guard reach(&isReached, in: text, from: 0, by: 0, before: moment) else { return nil }
        for place in text.indices where isReached[place] {
            guard reach(&isReached, in: text, from: place, by: 1, before: moment) else {
                return nil
            }
        }
        return isReached[text.count]
    }

    /// Marks where words end that stand at a place; false if that takes more comparisons than are left.
    private mutating func reach(
        _ isReached: inout [Bool], in text: [UInt8], from start: Int, by root: Int32,
        before moment: Int
    ) -> Bool {
        var node = root
        var place = start
        while true {
            if nodes[Int(node)].call < moment { isReached[place] = true }
            guard effort > 0 else { return false }
            effort -= 1
            guard place < text.count, let deeper = next[Step(node: node, byte: text[place])] else {
                return true
            }
            node = deeper
            place += 1
        }
    }
}
