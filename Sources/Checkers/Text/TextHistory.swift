import HistoryModel

/// What was done to a text that is put, appended to and got, read as what was done to a register.
///
/// If what was written tells a text apart into words, then what was got tells behind which text each word
/// was appended: that append has taken one text away and brought another, as a compare-and-set
/// does. Behind a word that nobody ever got, nobody got anything: to append it is to write what
/// is never read. So the texts can be put in order exactly if the register can.
struct TextHistory {
    /// A word, appended once, that was found in two places.
    struct Conflict {
        var append: Int32
        var first: Int32
        var second: Int32
    }

    private(set) var register = RegisterHistory(operations: [], values: [])
    private(set) var conflict: Conflict?
    let words: TextWords
    /// The number of the value that a word makes of a text.
    private var values: [Place: Int32] = [:]
    /// Per word that was got: the text that it was found behind, and the read.
    private var origins: [Int: (text: Int32, read: Int32)] = [:]
    /// The text that was got last, and where its words end, with the values up to there.
    private var last: (bytes: [UInt8], steps: [(end: Int, text: Int32)]) = ([], [])
    /// A word that was found behind two texts, and the reads.
    private var contested: (word: Int, first: Int32, second: Int32)?

    /// What stands before a word that was put.
    private static let nothing: Int32 = -1

    /// Where a word stands: behind which text.
    private struct Place: Hashable {
        var text: Int32
        var word: Int
    }

    /// Nil if it can't be told which word is which, or if there are other operations or values.
    ///
    /// - Complexity: O(m log n) comparisons, where m is how many words all texts got have together.
    init?(_ subhistory: Subhistory) {
        let initial = subhistory.initial.map(TextModel.text) ?? []
        let operations = subhistory.own.filter { $0.outcome != .fail }
        let written = operations.filter { !$0.gets }.map(\.word)
        guard operations.allSatisfy(\.isOnText),
            let words = TextWords(written, initial: initial)
        else { return nil }
        self.words = words
        register.values = [.text(String(decoding: initial, as: UTF8.self))]
        if let root = words.number(of: initial) {
            values[Place(text: Self.nothing, word: root)] = RegisterHistory.initialValue
        }
        let list = subhistory.operations
        let gets = subhistory.members.filter { list[Int($0)].gets && list[Int($0)].outcome == .ok }
        let got = gets.map { value(of: TextModel.text(list[Int($0)].output), gotBy: $0) }
        let found = Dictionary(uniqueKeysWithValues: zip(gets, got))
        for member in subhistory.members where list[Int(member)].outcome != .fail {
            if let value = found[member] {
                add(.read, before: value, after: value, member, list)
            } else if !list[Int(member)].gets {
                addWord(TextModel.text(list[Int(member)].input), member, list)
            }
        }
        register.dropUnobservedUnknowns()
        register.renumberEvents()
    }

    /// The number of a text that was got.
    private mutating func value(of bytes: [UInt8], gotBy read: Int32) -> Int32 {
        // Most begin like the one before.
        let common = zip(bytes, last.bytes).prefix { $0 == $1 }.count
        last.bytes = bytes
        while let step = last.steps.last, step.end > common { last.steps.removeLast() }
        while (last.steps.last?.end ?? 0) < bytes.count {
            let start = last.steps.last?.end ?? 0
            guard let word = words.next(in: bytes[start...]) else { return newValue(bytes[...]) }
            let before = last.steps.last?.text ?? RegisterHistory.initialValue
            let text = value(of: word, behind: before, in: bytes, at: start, gotBy: read)
            last.steps.append((start + words.sorted[word].bytes.count, text))
        }
        return last.steps.last?.text
            ?? (words.startsEmpty ? RegisterHistory.initialValue : newValue([]))
    }

    /// The number of a text up to and with a word that was found in it.
    private mutating func value(
        of number: Int, behind before: Int32, in bytes: [UInt8], at start: Int, gotBy read: Int32
    ) -> Int32 {
        let word = words.sorted[number]
        if let origin = origins[number], origin.text != before {
            contested = contested ?? (number, origin.read, read)
        } else if origins[number] == nil {
            origins[number] = (before, read)
        }
        let place = Place(text: word.isFirst ? Self.nothing : before, word: number)
        return value(place, bytes[..<(start + word.bytes.count)])
    }

    private mutating func value(_ place: Place, _ bytes: ArraySlice<UInt8>) -> Int32 {
        if let value = values[place] { return value }
        let value = newValue(bytes)
        values[place] = value
        return value
    }

    private mutating func newValue(_ bytes: ArraySlice<UInt8>) -> Int32 {
        // A character must not be cut in two: its later bytes are of the form 10xxxxxx.
        let last = bytes.suffix(Self.bytesTold).drop { $0 & 0xc0 == 0x80 }
        let end = String(decoding: last, as: UTF8.self)
        register.values.append(.text(bytes.count > Self.bytesTold ? "…" + end : end))
        return Int32(register.values.count - 1)
    }

    /// What tells texts apart is at their end.
    private static let bytesTold = 40

    /// An append, what it was appended to, and a get that shows it.
    struct Witness {
        var append: Int32
        var text: Value
        var read: Int32
    }

    /// What some appends were appended to, where none of those operations shows it.
    func witnesses(for members: [Int32], of list: OperationList) -> [Witness] {
        let shown = members.filter { list[Int($0)].gets }.flatMap {
            words.all(in: TextModel.text(list[Int($0)].output))
        }
        return members.compactMap { member in
            guard list[Int(member)].function == .append,
                let number = words.number(of: TextModel.text(list[Int(member)].input)),
                let origin = origins[number], !shown.contains(number)
            else { return nil }
            return Witness(
                append: member, text: register.values[Int(origin.text)], read: origin.read)
        }
    }

    private mutating func addWord(_ bytes: [UInt8], _ member: Int32, _ list: OperationList) {
        guard let number = words.number(of: bytes) else { return }
        let origin = words.sorted[number].isFirst ? nil : origins[number]
        let after = value(Place(text: origin?.text ?? Self.nothing, word: number), bytes[...])
        if let origin {
            add(.cas, before: origin.text, after: after, member, list)
        } else {
            add(.write, before: after, after: after, member, list)
        }
        if let contested, contested.word == number {
            conflict = Conflict(append: member, first: contested.first, second: contested.second)
        }
    }

    private mutating func add(
        _ kind: RegisterOperation.Kind, before: Int32, after: Int32, _ member: Int32,
        _ list: OperationList
    ) {
        let packed = list.packed[Int(member)]
        register.operations.append(
            RegisterOperation(
                kind: kind, before: before, after: after, source: member, call: Int(packed.call),
                return: packed.knownReturn))
    }
}

extension Operation {
    /// Whether it asks for a text.
    fileprivate var gets: Bool { function == .get || function == .read }

    /// Whether it puts, appends or gets a text, or nil for the empty one.
    var isOnText: Bool {
        guard writes || gets else { return false }
        let value = writes ? input : outcome == .ok ? output : .null
        return TextState(value).bytes != nil
    }

    /// Whether it puts or appends something.
    var writes: Bool { function == .put || function == .write || function == .append }

    /// What it puts or appends.
    var word: TextWords.Word {
        TextWords.Word(bytes: TextModel.text(input), isFirst: function != .append)
    }
}
