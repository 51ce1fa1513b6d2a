import Foundation
import HistoryModel
import Reports
import Testing

@Suite struct PageTests {
    @Test func `write pages for looking at`() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["HARNESS_SAMPLES"])
        for (name, record) in [
            ("valid", SampleRun().valid()), ("invalid", try SampleRun().invalid()),
            ("unknown", SampleRun().unknown()), ("imported", SampleRun.imported()),
            ("large", SampleRun(operations: 100_000).valid()),
            ("empty", RunRecord(history: History())),
        ] {
            try HTMLReport.render(record).write(
                toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
        }
    }
}
@Suite struct Tmp { @Test func `print`() throws {
 for r in [SampleRun().valid(), try SampleRun().invalid(), SampleRun().unknown(), SampleRun.imported(), RunRecord(history: History())] {
 Swift.print(try ConsoleSummary.render(r, reportPath: "reports/register-20261123-181552-7/report.html", databasePath: "reports/register-20261123-181552-7/run.sqlite", colour: false)) ; Swift.print("=====") }
}}
