/// Words of at most eight letters and what they mean, looked up without making texts of them.
struct WordTable<Meaning: Sendable>: Sendable {
    private var entries: [(word: UInt64, meaning: Meaning)] = []

    /// Makes a table; the frequent words first.
    init(_ meanings: [(String, Meaning)]) {
        for (name, meaning) in meanings { add(Array(name.utf8), meaning) }
    }

    /// Adds a word, unless it is too long or there are many already.
    mutating func add(_ letters: [UInt8], _ meaning: Meaning) {
        guard entries.count < 16, let word = Self.word(letters, letters.indices) else { return }
        entries.append((word, meaning))
    }

    /// What the letters at these places mean; nil if they are no word of the table.
    func meaning(of letters: [UInt8], _ range: Range<Int>) -> Meaning? {
        guard let word = Self.word(letters, range) else { return nil }
        for entry in entries where entry.word == word { return entry.meaning }
        return nil
    }

    /// The letters as one number; nil for none, too many, or a first one that is zero.
    @inline(__always)
    private static func word(_ letters: [UInt8], _ range: Range<Int>) -> UInt64? {
        guard 1...8 ~= range.count, letters[range.lowerBound] != 0 else { return nil }
        guard range.lowerBound + 8 > letters.count else {
            let word = letters.withUnsafeBytes {
                $0.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self)
            }
            return word.bigEndian >> UInt64(64 - 8 * range.count)
        }
        return range.reduce(0) { $0 << 8 | UInt64(letters[$1]) }
    }
}

/// What files say about an event.
enum EventField: UInt8, Sendable {
    case process
    case type
    case function
    case value
    case found
    case key
    case error
    case time
    case index
    case node

    /// The fields by their names.
    static let names = WordTable<EventField>([
        ("process", .process), ("type", .type), ("f", .function), ("value", .value),
        ("time", .time), ("index", .index), ("key", .key), ("error", .error), ("node", .node),
        ("found", .found),
    ])
}

extension EventType {
    /// The types by their names.
    static let names = WordTable<EventType>(EventType.allCases.map { ($0.rawValue, $0) })
}

/// The functions met so far, so that not every event makes a text of its own.
struct FunctionNames: Sendable {
    private var known = WordTable<Function>([])

    /// The function whose name stands at these places.
    mutating func function(_ letters: [UInt8], _ range: Range<Int>) -> Function {
        if let function = known.meaning(of: letters, range) { return function }
        let name = Array(letters[range])
        let function = Function(rawValue: String(decoding: name, as: UTF8.self))
        known.add(name, function)
        return function
    }
}
