import Runner
import Testing
import Vocabulary

@testable import harness

@Suite struct ProgressPrinterTests {
    private func position(_ stage: String, second: Int64) -> String {
        var progress = RunProgress()
        progress.stage = stage
        progress.timeLimit = 10_000_000_000
        progress.loadStart = Instant(nanoseconds: 2_000_000_000)
        progress.now = Instant(nanoseconds: 2_000_000_000 + second * 1_000_000_000)
        return progress.position
    }

    @Test func `progress goes up to the length of the load, and has no end after it`() {
        #expect(position("load", second: -1) == "load 0/10 s")
        #expect(position("load", second: 9) == "load 9/10 s")
        #expect(position("stopping", second: 3) == "stopping 3/10 s")
        #expect(position("recovery", second: 10) == "recovery, 10 s")
        #expect(position("recovery", second: 20) == "recovery, 20 s")
    }
}
