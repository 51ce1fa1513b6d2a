import Exploration
import Foundation
import Testing
import Vocabulary
import Workloads

@testable import harness

@Suite struct FailingSeedsTests {
    @Test func `a failing seed is written down at once`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "failing-seeds-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var base = RunConfiguration(workload: "register")
        base.timeLimit = 1
        let drawing = ScenarioDrawing(base: base)
        var outcome = try SeedOutcome(drawing.scenario(seed: 7))
        outcome.violations = ["stats/never"]
        let failing = FailingSeeds(
            folder: folder.path, drawing: drawing, printer: ProgressPrinter())
        try failing.keep(outcome)
        let file = folder.appending(path: "seed-7.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("seed: 7\n"))
        #expect(!failing.isCapped)
        try FileManager.default.removeItem(at: folder)
        #expect(throws: (any Error).self) { try failing.keep(outcome) }
    }
}
