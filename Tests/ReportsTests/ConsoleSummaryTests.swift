import Foundation
import HistoryModel
import Reports
import Testing
import Vocabulary

@Suite struct ConsoleSummaryTests {
    private func lines(_ record: RunRecord, colour: Bool = false) throws -> [Substring] {
        try ConsoleSummary.render(
            record, reportPath: "reports/r/report.html", databasePath: "reports/r/run.sqlite",
            colour: colour
        ).split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test func `the verdict stands first and the way to repeat the run last`() throws {
        let lines = try lines(SampleRun(operations: 3_000).invalid())
        #expect(lines.first?.hasPrefix("INVALID") == true)
        let text = lines.joined(separator: "\n")
        #expect(text.contains("A read returned 41 although 42"))
        #expect(text.contains("Counterexample on key 17"))
        #expect(text.contains("12 injected, 11 proven, 11 touched something"))
        #expect(text.contains("partition-one-way"))
        #expect(text.contains("reports/r/report.html"))
        #expect(lines.suffix(3).joined().contains("--defect stale-reads"))
    }

    @Test func `a long explanation is told to its end`() throws {
        var record = SampleRun.imported()
        let operation = try #require(record.history.operations().first)
        let action = "get → \"\(String(repeating: "0123456789", count: 9))\""
        record.results = [
            CheckerResult(
                checker: "linearizability", verdict: .invalid,
                counterexample: Counterexample(
                    key: nil, summary: "s", steps: (1...9).map { "This is step \($0)." },
                    participants: [
                        .init(label: "A", action: action, operation: operation)
                    ], precedences: []))
        ]
        let text = try lines(record).joined(separator: "\n")
        #expect(text.contains("3. This is step 3.\n       … 3 more …\n    7. This is step 7."))
        #expect(text.contains("9. This is step 9."))
        #expect(text.contains("A  get → \"012345678901 … 23456789\"") == false)
        #expect(text.contains("A  get → \"0123456789") && text.contains("3456789\"  process"))
    }

    @Test func `measures that begin alike say so once`() throws {
        var record = SampleRun.imported()
        record.results = [
            CheckerResult(
                checker: "convergence", verdict: .valid,
                measures: [
                    .init("time, p50", "1 ms, 1 round"), .init("time, p95", "2 ms, 1 round"),
                    .init("keys", "3"), .init("time, max", "4 ms, 1 round"),
                ])
        ]
        #expect(
            try lines(record).contains {
                $0.contains("time, p50 1 ms, 1 round; p95 2 ms, 1 round; keys 3; time, max 4 ms")
            })
    }

    @Test func `reasons of an unknown verdict are given`() throws {
        let text = try lines(SampleRun(operations: 3_000).unknown()).joined(separator: "\n")
        #expect(text.hasPrefix("UNKNOWN"))
        #expect(text.contains("The other 119 keys are linearizable."))
        let headline = try #require(text.range(of: "  operations"))
        #expect(text[..<headline.lowerBound].contains("Cut short: 1 of 8 faults, no last reads."))
    }

    @Test func `a fault that was still applied at the end is not said to have touched nothing`()
        throws
    {
        var record = SampleRun(operations: 300).valid()
        let place = try #require(record.faults.indices.last)
        record.faults = [record.faults[place]]
        record.faults[0].applied = .seen(at: record.faults[0].start)
        record.faults[0].end = nil
        record.faults[0].healed = .notTried
        record.faults[0].touched = 0
        let text = try lines(record).joined(separator: "\n")
        #expect(
            text.contains("1 injected, 1 proven, 0 touched something, 1 still applied at the end"))
        #expect(text.contains("proven, not healed before the end"))
        #expect(!text.contains("proven, touched nothing"))
    }

    @Test(arguments: [(6, nil), (7, "and 1 more kind"), (8, "and 2 more kinds")])
    func `kinds of faults that have no line of their own are counted`(
        kinds: Int, line: String?
    ) throws {
        // Beside a counterexample there is room for six.
        var record = try SampleRun(operations: 300).invalid()
        record.faults = Array(record.faults.prefix(kinds))
        let found = try lines(record).filter { $0.contains("more kind") }
        #expect(found.map { $0.drop { $0 == " " } } == (line.map { [$0[...]] } ?? []))
    }

    @Test func `a fault whose heal nobody lived to probe is as proven as it was applied`() throws {
        var record = SampleRun(operations: 300).valid()
        record.faults = [try #require(record.faults.first)]
        record.faults[0].applied = .seen(at: record.faults[0].start)
        record.faults[0].healed = .notTried
        #expect(try lines(record).contains { $0.contains("1 injected, 1 proven, ") })
        record.faults[0].healed = .missing("the probe n4 → n2 timed out")
        #expect(try lines(record).contains { $0.contains("1 injected, 0 proven, ") })
    }

    @Test func `a summary never grows beyond forty lines of a hundred columns`() throws {
        var record = try SampleRun(operations: 3_000).invalid()
        let long = String(repeating: "A long reason with many words. ", count: 60)
        for number in 0..<30 {
            record.results.append(
                CheckerResult(checker: "checker-\(number)", verdict: .invalid, reasons: [long]))
            record.notices.append(long)
        }
        let lines = try lines(record)
        #expect(lines.count <= 41, "the last line end counts")
        #expect(lines.map(\.count).max() ?? 0 <= 100)
        #expect(lines.contains { $0.contains("more in the report") })
        #expect(lines.contains { $0.contains("reports/r/report.html") })
    }

    @Test func `escape sequences appear only when asked for`() throws {
        let record = try SampleRun(operations: 3_000).invalid()
        #expect(try !lines(record).joined().contains("\u{1B}"))
        #expect(try lines(record, colour: true).joined().contains("\u{1B}[1;31mINVALID"))
    }

    @Test func `control characters of a history do not reach the terminal`() throws {
        var record = SampleRun.imported()
        record.notices = ["beep \u{7} and \u{1B}[2J"]
        let text = try lines(record).joined()
        #expect(!text.contains("\u{7}") && !text.contains("\u{1B}"))
    }

    @Test func `a history without anything else has a summary`() throws {
        let text = try lines(RunRecord(history: History())).joined(separator: "\n")
        #expect(text.contains("The history has not been judged."))
    }
}
