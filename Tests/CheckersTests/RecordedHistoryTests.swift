import Checkers
import HistoryModel
import Testing

@Suite(.enabled(if: RecordedHistories.areThere, RecordedHistories.missing))
struct RecordedHistoryTests {
    @Test func `the table of verdicts names histories`() {
        #expect(RecordedHistories.all.count > 100)
    }

    @Test(arguments: RecordedHistories.all)
    func `a recorded history gets the verdict it is known for`(
        entry: RecordedHistories.Entry
    ) throws {
        let decoded = try DecodedHistory(RecordedHistories.bytes(entry.path))
        let model = try #require(ObjectModel.named(entry.model))
        let result = try LinearizabilityChecker(model: model).check(decoded.history)
        #expect(result.verdict.rawValue == entry.verdict, "\(result.reasons)")
        #expect((result.counterexample != nil) == (result.verdict == .invalid))
    }
}
