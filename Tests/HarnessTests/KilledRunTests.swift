import Foundation
import FuzzSupport
import HistoryModel
import HistoryStore
import Testing
import Vocabulary

/// The harness is killed by SIGKILL at moments that are drawn by chance.
@Suite(.serialized) struct `Runs that are killed at random moments` {
    private static let workloads = ["register", "gossip-kv", "g-set", "pn-counter", "broadcast"]

    @Test func `leave nothing behind and are never valid, nor invalid`() async throws {
        var moments = Tally("killed runs, by what their files hold")
        var verdicts = Tally("killed runs, by what analyze says")
        for round in 0..<Fuzzing.share(ofLong: 48) {
            var random = RandomStream(state: UInt64(round))
            let workload = Self.workloads[(round + 1) % Self.workloads.count]
            // Neighbours lie far apart, so that a few rounds meet early and late moments.
            let all = KilledRun.Moment.allCases
            let moment = all[(3 * round + 3) % all.count]
            let run = try KilledRun(of: workload, seed: round)
            defer { run.remove() }
            try await run.wait(for: moment, &random)
            let started = try run.processes()
            let ended = try run.kill()
            let what = "round \(round): \(workload), killed while \(moment.rawValue)"
            if [.load, .fault].contains(moment), ended == nil {
                // Else nothing could be left of it.
                #expect(started.contains { $0.contains("harness-guardian") }, "\(what)")
            }
            try await expectNothingLeft(of: run, started, what)
            if let ended {
                moments.count("ended before")
                #expect([0, 2].contains(ended), "\(what)")
            } else {
                moments.count(run.reached?.rawValue ?? "no file yet")
            }
            verdicts.count(try analyzed(run, what))
            let stray = try run.strayFiles(isAnalyzed: run.record != nil)
            #expect(stray == [], "\(what)")
        }
        moments.tell()
        verdicts.tell()
        if Fuzzing.isLong { #expect(moments.names.count >= 6, "\(moments.description)") }
    }

    /// Looks for nodes, the guardian, and files that are no part of a run.
    private func expectNothingLeft(
        of run: KilledRun, _ started: [String], _ what: String
    ) async throws {
        let isOver = try await run.harness.waitUntil(seconds: 10) { try run.processes().isEmpty }
        let left = try run.processes()
        #expect(isOver, "\(what): of \(started) are left \(left)")
        #expect(try run.strayFiles(isAnalyzed: false) == [], "\(what)")
    }

    /// Has what is left analyzed, twice; returns the exit code with what was known of the run.
    private func analyzed(_ run: KilledRun, _ what: String) throws -> String {
        let record = run.record
        let text = try HarnessProcess.run("analyze", run.file)
        let said = "\(what): \(text.messages)\(text.output)"
        guard let record else {
            #expect(text.status == 64, "\(said)")
            return "exit \(text.status), no file"
        }
        let json = try HarnessProcess.run("analyze", run.file, "--format", "json")
        let summary = try RunSummary(json: json.output)
        #expect(json.status == text.status, "\(said)")
        #expect(summary.complete == record.finished, "\(said)")
        #expect(summary.agreesOnFaults(with: text.output), "\(said)")
        #expect(summary.faults.count <= record.faults.count, "\(said)")
        #expect(text.output.hasPrefix(summary.verdict.uppercased()), "\(said)")
        guard record.finished else {
            #expect(text.status == 2, "\(said)")
            #expect(summary.verdict == "unknown", "\(said)")
            #expect(text.output.contains("Cut short: "), "\(said)")
            return "exit \(text.status), cut short"
        }
        // All that the verdict rests on was stored; a machine under load may leave it open.
        #expect([0, 2].contains(text.status), "\(said)")
        return "exit \(text.status), complete"
    }
}
