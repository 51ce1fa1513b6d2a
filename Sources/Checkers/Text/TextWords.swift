import HistoryModel

/// What is written into a text, put or appended: words that tell what a text was made of.
///
/// No word comes twice and none is the beginning of another, so a text is made of words in one way
/// at most.
struct TextWords {
    struct Word {
        var bytes: [UInt8]
        /// Whether it can only stand first: what was put, and what is there at the start.
        var isFirst: Bool
    }

    /// In the order of their bytes.
    let sorted: [Word]
    /// Whether a text may begin with a word that was appended.
    let startsEmpty: Bool

    /// Nil if texts could be made of the words in several ways.
    ///
    /// - Complexity: O(n log n) comparisons.
    init?(_ written: [Word], initial: [UInt8]) {
        startsEmpty = initial.isEmpty
        var words = written
        if !startsEmpty { words.append(Word(bytes: initial, isFirst: true)) }
        words.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        // A word that is the beginning of any is the beginning of the next.
        let isAmbiguous = zip(words, words.dropFirst()).contains {
            $1.bytes.starts(with: $0.bytes)
        }
        guard words.first?.bytes.isEmpty != true, !isAmbiguous else { return nil }
        sorted = words
    }

    /// The word of these bytes, by its number.
    func number(of bytes: [UInt8]) -> Int? { first(in: bytes[...]) }

    /// The word that stands where the rest of a text begins; nil if nobody can have made it.
    ///
    /// - Complexity: O(log n) comparisons.
    func next(in rest: ArraySlice<UInt8>) -> Int? {
        guard let next = first(in: rest) else { return nil }
        let mayStandHere =
            rest.startIndex == 0 ? sorted[next].isFirst || startsEmpty : !sorted[next].isFirst
        return mayStandHere ? next : nil
    }

    /// The words that a text is made of, as far as anybody can have made it.
    func all(in text: [UInt8]) -> [Int] {
        var numbers: [Int] = []
        var rest = text[...]
        while let number = next(in: rest) {
            numbers.append(number)
            rest = rest.dropFirst(sorted[number].bytes.count)
        }
        return numbers
    }

    /// The word that something begins with, whether or not it can stand there.
    func first(in bytes: ArraySlice<UInt8>) -> Int? {
        let behind = sorted.firstPlace { bytes.lexicographicallyPrecedes($0.bytes) }
        return behind > 0 && bytes.starts(with: sorted[behind - 1].bytes) ? behind - 1 : nil
    }
}
