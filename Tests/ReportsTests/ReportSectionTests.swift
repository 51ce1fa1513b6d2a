import HistoryModel
import Testing

@testable import Reports

@Suite struct `The sections of a page` {
    private static let evil = "</p><script>alert('x')</script>{{{script}}}"

    private struct Note {
        var texts: [String]
    }

    /// A section that shows the notices of a run, if it has any.
    private func added(rank: Int, id: String = "added") -> ReportSection {
        ReportSection(
            id: id, title: "Added <\(id)>", rank: rank,
            template: "<section id=\"\(id)\">{{#texts}}<p>{{.}}</p>{{/texts}}</section>",
            style: "#\(id) { color: red; }", script: "mark(\"\(id)\");",
            applies: { !$0.record.notices.isEmpty }
        ) { Note(texts: $0.record.notices) }
    }

    private func page(_ record: RunRecord, with added: [ReportSection] = []) throws -> String {
        try HTMLReport.render(
            record, sections: ReportSection.inOrder(added + ReportSection.entries.reversed()))
    }

    /// The ids of the sections in their order.
    private func ids(_ page: String) -> [String] {
        page.matches(of: /<section id="([^"]*)"/).map { String($0.1) }
    }

    /// The places that the navigation leads to.
    private func links(_ page: String) throws -> [String] {
        let navigation = try #require(page.firstMatch(of: /<nav.*<\/nav>/)).output
        return navigation.matches(of: /href="#([^"]*)"/).map { String($0.1) }
    }

    @Test func `those of a run stand in the order of their ranks`() throws {
        let expected = [
            "evidence", "counterexample-linearizability", "timeline", "latency", "cluster",
            "faults", "repeat",
        ]
        let ids = ids(try page(SampleRun(operations: 300).invalid()))
        #expect(ids.filter(expected.contains) == expected)
        #expect(!ids.contains("findings") && !ids.contains("spread"))
    }

    @Test func `those of a store that agrees in the end tell of writes, not of leaders`() throws {
        let expected = ["findings", "timeline", "latency", "spread", "faults"]
        let ids = ids(try page(SampleRun.gossip(hasFault: false)))
        #expect(ids.filter(expected.contains) == expected)
        #expect(!ids.contains("cluster"))
    }

    @Test func `an added one stands at its rank, on the page and in the navigation`() throws {
        let record = SampleRun(operations: 300).valid()
        let page = try page(record, with: [added(rank: 41, id: "b"), added(rank: 41, id: "a")])
        let expected = ["timeline", "a", "b", "latency"]
        #expect(ids(page).filter(expected.contains) == expected)
        #expect(try links(page).filter(expected.contains) == expected)
        #expect(page.contains(">Added &lt;a&gt;</a>"))
        #expect(page.contains("<p>Fault 9 (partition-one-way) touched nothing.</p></section>"))
    }

    @Test func `an added one brings its style, and its script before the page draws itself`()
        throws
    {
        let page = try page(SampleRun(operations: 300).valid(), with: [added(rank: 41)])
        let style = try #require(page.firstRange(of: "#added { color: red; }"))
        let script = try #require(page.firstRange(of: "mark(\"added\");"))
        let tracks = try #require(page.firstRange(of: "class Track"))
        let last = try #require(page.firstRange(of: "\nbuild();"))
        #expect(style.upperBound < (try #require(page.firstRange(of: "</style>"))).lowerBound)
        #expect(tracks.upperBound < script.lowerBound && script.upperBound < last.lowerBound)
    }

    @Test func `one that does not apply leaves no trace`() throws {
        let record = try SampleRun(operations: 300).invalid()
        try #require(record.notices.isEmpty)
        #expect(try page(record, with: [added(rank: 41)]) == HTMLReport.render(record))
    }

    @Test func `texts of an added one are escaped`() throws {
        var record = SampleRun.imported()
        record.notices = [Self.evil]
        let page = try page(record, with: [added(rank: 1)])
        #expect(page.contains("&lt;/p&gt;&lt;script&gt;"))
        #expect(
            page.ranges(of: "<script").count
                == (try HTMLReport.render(SampleRun.imported())).ranges(of: "<script").count)
    }

    @Test(arguments: SampleRun.names)
    func `the navigation leads to each once, in their order`(sample: String) throws {
        let page = try HTMLReport.render(SampleRun.named(sample))
        // Of an imported history the last section holds words only.
        let isImported = try SampleRun.named(sample).metadata == nil
        #expect(try links(page) == ids(page).filter { !isImported || $0 != "repeat" })
    }

    @Test func `each has an id of its own`() {
        let ids = ReportSection.all.map(\.id)
        #expect(ids.count == Set(ids).count)
    }
}
