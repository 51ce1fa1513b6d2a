import Checkers
import Foundation
import FuzzSupport
import GRDB
import HistoryModel
import Reports
import Runner
import Testing
import Vocabulary
import Workloads

@testable import HistoryStore

/// Run files whose bytes or values were changed by chance: each is refused with the reason, or read, and
/// what was read is judged and reported.
@Suite struct `Damaged run files` {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "fuzzed-run-file-tests-\(UUID().uuidString)")

    private static let promises: [ConsistencyModel] = [
        .linearizability,
        ConsistencyModel(
            .convergence(ConvergenceBound(object: .keyValue, round: 100_000_000)),
            functionsNeeded: [.read, .write], loadLength: 3_000_000_000),
        ConsistencyModel(
            .convergence(ConvergenceBound(object: .counter, round: 100_000_000)),
            functionsNeeded: [.read, .add]),
    ]

    @Test func `are judged and reported, or refused with the reason`() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var tallies = [Tally("run files, pages damaged"), Tally("run files, values damaged")]
        let originals = [try await original("raft"), try await original("gossip")]
        for round in 0..<Fuzzing.share(ofLong: 1_700) {
            var random = RandomStream(state: UInt64(round))
            let bytes = originals[round % 2]
            let hasDamagedValues = round % 4 >= 2
            let path = folder.appending(path: "\(round).sqlite").path
            if hasDamagedValues {
                try Data(bytes).write(to: URL(filePath: path))
                try await DamagedValues.put(into: path, seed: UInt64(round))
            } else {
                try Data(DamagedPages.made(of: bytes, &random)).write(to: URL(filePath: path))
            }
            let promise = Self.promises[round % Self.promises.count]
            let start = ContinuousClock.now
            let outcome = try await outcome(path, promise, "round \(round)")
            tallies[hasDamagedValues ? 1 : 0].count(outcome, after: ContinuousClock.now - start)
            try FileManager.default.removeItem(atPath: path)
        }
        for tally in tallies {
            tally.tell()
            #expect(tally["judged"] > 0 && tally["refused"] > 0)
            #expect(tally.longest < .seconds(20))
        }
    }

    private func outcome(
        _ path: String, _ promise: ConsistencyModel, _ round: String
    ) async throws -> String {
        #expect(!RunReader.summary(path).isEmpty)
        var record: RunRecord
        do throws(RunStoreError) {
            record = try RunReader.read(path)
        } catch {
            #expect(error.description.contains(path), "\(round): \(error)")
            return "refused"
        }
        var budget = CheckBudget()
        budget.time = 2_000_000_000
        do {
            record.results = try await Judge(budget: budget, promise: promise).judge(record)
            _ = try HTMLReport.render(record)
            _ = try ConsoleSummary.render(record, colour: true)
            return "judged"
        } catch let error as HistoryError {
            #expect(!error.description.isEmpty)
            return "read, of no sequential processes"
        }
    }

    /// The bytes of a sound run file.
    private func original(_ system: String) async throws -> [UInt8] {
        let path = folder.appending(path: "\(system).sqlite").path
        let metadata = RunMetadata(
            id: "damaged", startedAt: "2026-01-02T03:04:05Z", workload: "w", system: system,
            defects: ["no-fsync"], nodes: 3, seed: 7, world: RunMetadata.real,
            command: ["harness", "check"], configuration: "kind: register\nsystem: raft\n",
            versions: ["SQLite": "3"], faultsPlanned: 1)
        try await RunWriter.store(
            system == "raft" ? SoundRun.raft : SoundRun.gossip, metadata: metadata, at: path)
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}

/// Pages of an SQLite file, changed.
private enum DamagedPages {
    static func made(of bytes: [UInt8], _ random: inout RandomStream) -> [UInt8] {
        let size = 4096
        let count = bytes.count / size
        func page(_ random: inout RandomStream) -> Range<Int> {
            let start = Int.random(in: 0..<count, using: &random) * size
            return start..<start + size
        }
        var changed = bytes
        switch Int.random(in: 0..<6, using: &random) {
        case 0: changed.replaceSubrange(page(&random), with: bytes[page(&random)])
        case 1: changed.replaceSubrange(page(&random), with: repeatElement(0, count: size))
        case 2: changed.removeSubrange(page(&random))
        case 3:
            // Numbers of one page, such as those of cells and of further pages.
            let place = page(&random)
            for _ in 0..<4 {
                let byte = Int.random(in: place.lowerBound..<place.lowerBound + 40, using: &random)
                changed[byte] = .random(in: 0...255, using: &random)
            }
        default: changed = Damage().apply(to: bytes, others: [bytes], &random)
        }
        return changed
    }
}

/// Values of a run file, replaced by others that SQLite takes.
private enum DamagedValues {
    private static let values: [DatabaseValue] =
        [
            DatabaseValue.null, "x".databaseValue, "".databaseValue, Data([0, 255]).databaseValue,
            1.5.databaseValue, Double.infinity.databaseValue,
        ]
        + [
            0, -1, 1, 3, 1 << 53, 1 << 60, 1 << 62, 4_600_000_000_000_000_000,
            -4_600_000_000_000_000_000, .max, .min, 1_000_001,
        ].map { (number: Int64) in number.databaseValue }
        + [
            "[", "[]", "{}", "[1,2]", "nil", "1e999", "\"\\ud800\"", "{\"$edn\":\":a\"}",
            "{\"$edn\":\"#{\"}", "ok", "info", "invoke", "fail", "read", "write", "cas", "add",
            "leader", "started", "applied", "n1 k 9223372036854775807", "ffffffffffffffffff",
            "a\0b", "\u{1b}[31m\u{202e}", "</script>", String(repeating: "[", count: 200),
            String(repeating: "9", count: 5_000), "{\"from\":1}", "[{\"from\":-1,\"to\":0}]",
            "real",
            "simulated", "valid", "invalid",
        ].map(\.databaseValue)

    static func put(into path: String, seed: UInt64) async throws {
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            var random = RandomStream(state: seed)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                do { try change(db, &random) } catch is DatabaseError {
                    // No such value can stand there.
                }
            }
        }
        try queue.close()
    }

    private static func change(_ db: Database, _ random: inout RandomStream) throws {
        let tables = ["run", "event", "event", "event", "fault", "phase", "trace", "notice"]
        let table = tables.randomElement(using: &random) ?? "event"
        let columns = try db.columns(in: table).map(\.name)
        guard let column = columns.randomElement(using: &random),
            let other = columns.randomElement(using: &random),
            let value = values.randomElement(using: &random)
        else { return }
        let rows = try Int.fetchAll(db, sql: "SELECT rowid FROM \(table)")
        let row = rows.randomElement(using: &random) ?? 1
        switch Int.random(in: 0..<8, using: &random) {
        case 0: try db.execute(sql: "UPDATE OR IGNORE \(table) SET \(column) = \(other)")
        case 1: try db.execute(sql: "DELETE FROM \(table) WHERE rowid >= ?", arguments: [row])
        case 2: try db.execute(sql: "DELETE FROM \(table) WHERE rowid = ?", arguments: [row])
        case 3:
            try db.execute(
                sql: "UPDATE OR IGNORE \(table) SET \(column) = ?", arguments: [value])
        default:
            try db.execute(
                sql: "UPDATE OR IGNORE \(table) SET \(column) = ? WHERE rowid = ?",
                arguments: [value, row])
        }
    }
}
