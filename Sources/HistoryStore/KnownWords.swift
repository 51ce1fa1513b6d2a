internal import Foundation

/// What short words mean that come again and again, such as the names of functions.
struct KnownWords<Meaning> {
    private var known: [(bytes: [UInt8], meaning: Meaning)] = []

    /// The meaning of a word; found out if the word is new.
    /// - Complexity: O(k) in the number of words known, which is at most 16.
    mutating func meaning<Failure: Error>(
        of word: UnsafeBufferPointer<UInt8>, or find: (String) throws(Failure) -> Meaning
    ) throws(Failure) -> Meaning {
        for (bytes, meaning) in known where bytes.count == word.count {
            guard let start = word.baseAddress else { return meaning }
            if memcmp(bytes, start, word.count) == 0 { return meaning }
        }
        let meaning = try find(String(decoding: word, as: UTF8.self))
        if known.count < 16 { known.append((Array(word), meaning)) }
        return meaning
    }
}
