import Foundation
import Testing

@Suite struct `The command epidemics` {
    @Test func `ends early on Ctrl-C, and leaves a page all the same`() async throws {
        let harness = try HarnessProcess(["epidemics", "--effort", "100"])
        defer { harness.remove() }
        try harness.start()
        #expect(try await harness.waitUntil(seconds: 20) { try harness.hasRun() })
        // The folder is there just before the signal would be heard.
        try await Task.sleep(for: .seconds(1))
        let asked = ContinuousClock.now
        harness.signal(SIGINT)
        let result = try harness.wait()
        #expect(result.status == 2, "\(result.messages)")
        #expect(ContinuousClock.now - asked < .seconds(15))
        #expect(result.output.contains("Ended early, with 0 of 31 cells."))
        let page = try String(
            contentsOf: harness.run().appending(path: "report.html"), encoding: .utf8)
        #expect(page.contains("data-verdict=\"unknown\""))
    }

    @Test func `refuses an effort that makes no sense`() throws {
        let result = try HarnessProcess.run("epidemics", "--effort", "0")
        #expect(result.status == 64)
        #expect(result.messages.contains("expected 0.1 to 100"))
    }
}

extension HarnessProcess {
    /// Whether a run has its folder.
    fileprivate func hasRun() throws -> Bool {
        let reports = folder.appending(path: "reports").path
        return FileManager.default.fileExists(atPath: reports)
            ? try FileManager.default.fileExists(atPath: run().path) : false
    }
}
