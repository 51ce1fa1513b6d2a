import Epidemics
import Foundation
import Testing
import Vocabulary

@testable import Reports

@Suite struct EpidemicsReportTests {
    private static func study(runs: Int, cellCount: Int? = nil) -> EpidemicStudy {
        let cells = EpidemicCell.all().filter { $0.siteCount <= 25 || $0.limit == 1 }
        var rows: [EpidemicTable.Kind: [EpidemicTable.Row]] = [:]
        for var cell in cells {
            cell.siteCount = min(cell.siteCount, 60)
            let outcomes = (0..<runs).map { cell.outcome(run: $0, seed: Seed(1)) }
            rows[cell.table, default: []].append(.init(cell: cell, outcomes: outcomes))
        }
        return EpidemicStudy(
            tables: EpidemicTable.Kind.allCases.compactMap { kind in
                rows[kind].map { EpidemicTable(kind: kind, rows: $0) }
            }, cellCount: cellCount ?? cells.count, effort: 1, seed: 1)
    }

    private static func origin(_ text: String = "epidemics-1") -> EpidemicsReport.Origin {
        EpidemicsReport.Origin(
            id: text, startedAt: text, length: .seconds(41), command: ["harness", text],
            versions: [text: text])
    }

    @Test func `a page shows every table, with words for every figure and law`() throws {
        let page = try EpidemicsReport.render(Self.study(runs: 2), of: Self.origin())
        for text in ["Table 1", "Table 2", "Table 3", "push, feedback, coin", "push-pull"] {
            #expect(page.contains(text), "\(text)")
        }
        // The law, four pictures a table of rumors, and one for each way of anti-entropy.
        #expect(page.ranges(of: "<svg class=\"plot\"").count == 1 + 4 * 4 + 3)
        #expect(page.contains("agrees") && page.contains("holds"))
        #expect(!page.contains("nan"))
    }

    @Test func `a page needs nothing but itself, and its pictures no script`() throws {
        let page = try EpidemicsReport.render(Self.study(runs: 2), of: Self.origin())
        for request in ["http:", "https:", " src=", "@import", "url(//", "<link", "<canvas"] {
            #expect(!page.contains(request), "\(request)")
        }
        let evil = "</script><img src=x>"
        let strange = try EpidemicsReport.render(Self.study(runs: 2), of: Self.origin(evil))
        #expect(!strange.contains("<img"))
    }

    @Test func `what was ended early says so, down to nothing at all`() throws {
        let part = Self.study(runs: 2, cellCount: 99)
        let page = try EpidemicsReport.render(part, of: Self.origin())
        #expect(page.contains("Ended early, with \(part.doneCount) of 99 cells."))
        let nothing = EpidemicStudy(tables: [], cellCount: 31, effort: 1, seed: 1)
        let empty = try EpidemicsReport.render(nothing, of: Self.origin())
        #expect(empty.contains("data-verdict=\"unknown\""))
        #expect(!empty.contains("<svg class=\"plot\""))
    }

    @Test(.enabled(if: Browser.installed != nil, "no Chromium on the PATH"))
    func `a page opens without an error, light or dark`() throws {
        let browser = try #require(Browser.installed)
        let page = try EpidemicsReport.render(Self.study(runs: 2), of: Self.origin())
        let script = """
            <script>
            const before = getComputedStyle(document.body).backgroundColor;
            document.getElementById("theme").click();
            const after = getComputedStyle(document.body).backgroundColor;
            document.documentElement.dataset.changed = before !== after;
            </script></body>
            """
        let document = try browser.document(of: page.replacing("</body>", with: script))
        #expect(document.contains("data-changed=\"true\""))
    }
}
