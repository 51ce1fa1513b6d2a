import HistoryModel
import Testing

@testable import Checkers

/// What it costs to look for a proof that needs no search.
@Suite struct ProofEffortTests {
    private func subhistory(_ operations: [(Function, Value)]) throws -> Subhistory {
        var events: [Event] = []
        for (function, value) in operations {
            for type in [EventType.invoke, .ok] {
                let isAsked = function == .read || function == .get
                events.append(
                    Event(
                        index: events.count, process: ProcessID(0), type: type,
                        function: function, value: isAsked && type == .invoke ? .null : value))
            }
        }
        let list = try OperationList(History(events: events))
        return Subhistory(
            key: nil, name: "it", members: Array(0..<Int32(operations.count)), operations: list,
            budget: Budget(steps: 1_000, bytes: 1 << 20))
    }

    /// Elements that come and go, each read while it is there.
    private func comings(_ count: Int) -> [(Function, Value)] {
        (0..<count).flatMap { number -> [(Function, Value)] in
            let element = Value.integer(Int64(number))
            return [("add", element), (.read, .list([element])), ("remove", element)]
        }
    }

    @Test func `a read is not held against every element that ever was there`() throws {
        let sound = try #require(WholeReadCount(subhistory(comings(12_000)), .set))
        let duration = ContinuousClock().measure { #expect(sound.finding() == nil) }
        // It takes a tenth of a second; to look at all elements for each read takes half a minute.
        #expect(duration < .seconds(5))
    }

    @Test func `an element that nobody takes out is missed among those that come and go`() throws {
        let kept: [(Function, Value)] = [("add", -1), ("add", -2)]
        let broken = try #require(WholeReadCount(subhistory(kept + comings(3)), .set)?.finding())
        #expect(broken.kind == "lost-value")
        let whole = kept + [(.read, .list([-2, -1])), ("add", 7), ("remove", 7)]
        #expect(try #require(WholeReadCount(subhistory(whole), .set)).finding() == nil)
        let lost = whole + [(.read, .list([-2]))]
        #expect(try WholeReadCount(subhistory(lost), .set)?.finding()?.kind == "lost-value")
    }

    @Test func `of two reads it is told what one found and the other did not`() throws {
        let script = """
            0 :invoke :add 1
            0 :info :add 1
            1 :invoke :read nil
            1 :ok :read [1]
            1 :invoke :read nil
            1 :ok :read []
            """
        let result = try LinearizabilityChecker(model: .set).check(History(script: script))
        #expect(
            result.counterexample?.summary
                == "B found 1 and C did not, although B (read → [1]) had returned before C was called."
        )
    }

    @Test func `many long words cost a text no more than one`() throws {
        let length = 400
        func word(_ length: Int) -> Value { .text(String(repeating: "a", count: length)) }
        let words = (0..<20).map { (Function.append, word(length / 2 - $0)) }
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        let subhistory = try subhistory([(.append, "a")] + words + [(.get, word(length))])
        let bound = length * (length / 2 + 1)
        var composer = TextComposer(subhistory, effort: bound)
        #expect(composer.canMake(text, before: .max) == true)
        var strange = text
        strange[length - 1] = UInt8(ascii: "b")
        composer = TextComposer(subhistory, effort: bound)
        #expect(composer.canMake(strange, before: .max) == false)
        composer = TextComposer(subhistory, effort: length)
        #expect(composer.canMake(strange, before: .max) == nil)
    }

    @Test func `a word that was appended later makes no text`() throws {
        let subhistory = try subhistory([(.append, "ab"), (.append, "abc"), (.put, "x")])
        func canMake(_ text: String, before moment: Int) -> Bool? {
            var composer = TextComposer(subhistory, effort: 1_000)
            return composer.canMake(Array(text.utf8), before: moment)
        }
        #expect(canMake("ababc", before: 1) == false)
        #expect(canMake("ababc", before: 3) == true)
        #expect(canMake("xab", before: 3) == false)
        #expect(canMake("xab", before: .max) == true)
        #expect(canMake("abx", before: .max) == false)
        #expect(canMake("", before: 0) == true)
    }
}
