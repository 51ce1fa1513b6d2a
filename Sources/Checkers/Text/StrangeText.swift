import HistoryModel

/// Tells why nobody can have made a text that was got.
struct StrangeText {
    private let read: Int32
    /// As much of the text as somebody can have made.
    private let made: Value
    private let isAtStart: Bool
    /// Who wrote the word that can't stand where it does; nil if there is no such word.
    private var writer: (member: Int32, hasPut: Bool)?
    /// What the key holds at first.
    private let initial: Value

    init(_ read: Int32, _ words: TextWords, _ subhistory: Subhistory) {
        let list = subhistory.operations
        let text = TextModel.text(list[Int(read)].output)
        let count = words.all(in: text).reduce(0) { $0 + words.sorted[$1].bytes.count }
        self.read = read
        made = .text(String(decoding: text[..<count], as: UTF8.self))
        isAtStart = count == 0
        initial = subhistory.initial ?? ""
        guard let word = words.first(in: text[count...]) else { return }
        let bytes = words.sorted[word].bytes
        let member = subhistory.members.first {
            let operation = list[Int($0)]
            return operation.outcome != .fail && operation.writes && operation.word.bytes == bytes
        }
        writer = member.map { ($0, list[Int($0)].function != .append) }
    }

    /// The operations that prove it, and the story.
    var finding: MonitorFinding {
        MonitorFinding(members: [read] + (writer.map { [$0.member] } ?? [])) {
            participants, place in
            let reader = place(read)
            let (what, because) = told(by: writer.map { participants.name(place($0.member)) })
            return Explanation(
                summary: "\(participants.name(reader)) found \(what).",
                steps: [
                    "\(participants.label(reader)) was under way from event \(participants.call(reader)) to event "
                        + "\(participants.return(reader)).", because,
                ])
        }
    }

    /// What was found, and why it can't have been there.
    private func told(by writer: String?) -> (what: String, because: String) {
        guard let writer, let hasPut = self.writer?.hasPut else {
            let what =
                isAtStart
                ? "something at the start that nobody had put or appended"
                : "something behind \(made.abridged) that nobody had put or appended there"
            return (
                what, "No put and no append of what it found succeeded or has an unknown outcome."
            )
        }
        return hasPut
            ? (
                "what \(writer) put behind \(made.abridged)",
                "What is put takes the place of all that was there, so nothing stands before it."
            )
            : (
                "nothing before what \(writer) appended",
                "The key held \(initial.abridged) at first, and never less than that or what was put."
            )
    }
}
