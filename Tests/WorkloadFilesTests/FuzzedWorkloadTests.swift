import Foundation
import FuzzSupport
import Testing
import Vocabulary
import WorkloadFiles
import Workloads

/// Workload files that were changed by chance: each is read, or refused with its place.
@Suite struct `Damaged workload files` {
    private static let pieces = [
        "nodes: 99", "gossip:", "  - ", "&a [*a]", "*a", "{", "}", "[1, 2", ": ", "|\n", ">-\n",
        "!!binary x", "<<: *a", "? ", "---\n", "...\n", "%YAML 9.9\n", "\t", "~", "1e99s", "0s",
        "-1s", "60m", "99999999999999999999h", "512TB", "unlimited", "kind: kill-all", "0x7f",
        "18446744073709551616", "true", "\"\\u0000\"", "'", "#", "schedule: [{kind: kill-one}]",
    ]

    /// The bundled files, and one with every setting.
    private static func originals() throws -> [[UInt8]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "workloads")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let bundled = try names.filter { $0.hasSuffix(".yaml") }.map { name in
            [UInt8](try Data(contentsOf: folder.appending(path: name)))
        }
        let drawn = (0..<bundled.count).map { seed in
            var random = Seed(UInt64(seed)).stream("scenario")
            return Array(WorkloadFile.render(RandomScenario.draw(&random)).utf8)
        }
        return bundled + drawn
    }

    @Test func `are read or refused with their place`() throws {
        var tally = Tally("damaged workload files")
        let originals = try Self.originals()
        let damage = Damage(pieces: Self.pieces)
        for round in 0..<Fuzzing.share(ofLong: 500) {
            var random = RandomStream(state: UInt64(round))
            let original = originals[round % originals.count]
            let bytes = damage.apply(to: original, others: originals, &random)
            let text = String(decoding: bytes, as: UTF8.self)
            try tally.measure { try Self.read(text) }
        }
        tally.tell()
        #expect(tally["read"] > 0 && tally["refused"] > 0)
        #expect(tally.longest < .seconds(5))
    }

    private static func read(_ text: String) throws -> String {
        let configuration: RunConfiguration
        do throws(WorkloadFileError) {
            configuration = try WorkloadFile.parse(text, name: "w", path: "w.yaml")
        } catch {
            #expect(error.description.contains("w.yaml"))
            return "refused"
        }
        // Written out, the faults of weeks are more than a workload file can hold.
        guard configuration.timeLimit < 100 * 3_600_000_000_000 else { return "read, of weeks" }
        let rendered = WorkloadFile.render(configuration)
        let again = try WorkloadFile.parseRecorded(rendered, name: "w", path: "w.yaml")
        #expect(WorkloadFile.render(again) == rendered, "\(text)")
        return "read"
    }
}
