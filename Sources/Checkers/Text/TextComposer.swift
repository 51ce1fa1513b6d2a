import HistoryModel

/// Tells whether a text can have been made of what had been put and appended, however often.
struct TextComposer {
    private struct Word {
        var bytes: [UInt8]
        var call: Int
    }

    /// What can stand first, and what can be appended, each with its first call.
    private var starts: [Word] = []
    private var ends: [Word] = []

    /// Takes what was put, appended, and there at first.
    init(_ keyCase: KeyCase) {
        var known: Set<Value> = []
        var appended: Set<Value> = []
        let initial = keyCase.initial ?? ""
        starts.append(Word(bytes: TextModel.text(initial), call: -1))
        known.insert(initial)
        for operation in keyCase.own where operation.outcome != .fail && operation.writes {
            let word = Word(bytes: TextModel.text(operation.input), call: operation.call)
            if operation.function == .append {
                if appended.insert(operation.input).inserted { ends.append(word) }
            } else if known.insert(operation.input).inserted {
                starts.append(word)
            }
        }
    }

    /// How many comparisons it takes, at most, to look at all texts that were got.
    func effort(for keyCase: KeyCase) -> Int {
        keyCase.own.reduce(0) { effort, get in
            guard get.outcome == .ok, !get.writes else { return effort }
            let bytes = TextState(get.output).bytes?.count ?? 0
            return effort + starts.count + bytes * (1 + ends.count)
        }
    }

    /// Whether a text can have been there before a moment.
    ///
    /// - Complexity: O(m · w) comparisons for m bytes and w different words.
    func canMake(_ text: [UInt8], before moment: Int) -> Bool {
        var isReached = [Bool](repeating: false, count: text.count + 1)
        for word in starts where word.call < moment && text.starts(with: word.bytes) {
            isReached[word.bytes.count] = true
        }
        let words = ends.filter { $0.call < moment && !$0.bytes.isEmpty }
        for place in text.indices where isReached[place] {
            for word in words where text[place...].starts(with: word.bytes) {
                isReached[place + word.bytes.count] = true
            }
        }
        return isReached[text.count]
    }
}
