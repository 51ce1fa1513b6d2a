import HistoryModel
import Reports
import Testing
import Vocabulary

@Suite struct HTMLReportTests {
    private static let evil = "</script><script>alert('x')</script><!--<img src=x>\"&"

    @Test func `no text of a record reaches the page unescaped`() throws {
        let harmless = try HTMLReport.render(SampleRun.imported())
        let page = try HTMLReport.render(SampleRun.hostile(Self.evil))
        #expect(page.ranges(of: "<script").count == harmless.ranges(of: "<script").count)
        #expect(page.ranges(of: "</script").count == harmless.ranges(of: "</script").count)
        #expect(!page.contains("<!--"))
        #expect(!page.contains("<img"))
        #expect(page.contains("&lt;/script&gt;"))
    }

    @Test func `a page asks for nothing outside itself`() throws {
        let page = try HTMLReport.render(SampleRun(operations: 500).valid())
        for request in ["http:", "https:", " src=", "@import", "url(//", "<link"] {
            #expect(!page.contains(request), "\(request)")
        }
        #expect(page.contains("default-src 'none'"))
    }

    @Test func `a page of a hundred thousand operations stays below three megabytes`() throws {
        let record = SampleRun(operations: 118_000).valid()
        try #require(record.history.events.count >= 200_000)
        #expect(try HTMLReport.render(record).utf8.count < 3_000_000)
    }

    @Test func `the same record gives the same page`() throws {
        let record = try SampleRun(operations: 3_000).invalid()
        #expect(try HTMLReport.render(record) == HTMLReport.render(record))
    }

    @Test func `a page says verdict, reason, evidence and how to repeat the run`() throws {
        let page = try HTMLReport.render(SampleRun(operations: 3_000).invalid())
        #expect(page.contains("data-verdict=\"invalid\""))
        #expect(page.contains("A read returned 41 although 42 had been written"))
        #expect(page.contains("--defect stale-reads"))
        #expect(page.contains("partition-one-way"))
        #expect(page.contains("not seen to work: the probe n4 → n2"))
        #expect(page.contains("D read 41, which 42 replaced"))
    }

    @Test func `a run in which nothing was done still has times, faults and leaders`() throws {
        var record = SampleRun(operations: 3_000).record()
        record.history = History()
        record.metadata?.traceHash = "252b90bde98cd447"
        let page = try HTMLReport.render(record)
        #expect(!page.contains("The history has no times"))
        #expect(!page.contains("name no roles"))
        #expect(page.contains("No operation succeeded."))
        #expect(page.contains("252b90bde98cd447"))
    }

    @Test func `a history that cannot be one is refused`() {
        let events = [Event(index: 0, process: ProcessID(3), type: .ok, function: .read)]
        #expect(throws: HistoryError.completionWithoutInvocation(index: 0, process: ProcessID(3))) {
            try HTMLReport.render(RunRecord(history: History(events: events)))
        }
    }
}
