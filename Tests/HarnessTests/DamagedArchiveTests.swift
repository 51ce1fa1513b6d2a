import Foundation
import FuzzSupport
import HistoryModel
import Testing
import Vocabulary

@testable import harness

/// Gzip files that were changed by chance.
@Suite(.serialized) struct `Damaged archives of histories` {
    private static let text = (0..<400).map { number in
        "{:process 0, :type :invoke, :f :write, :value \(number)}\n"
            + "{:process 0, :type :ok, :f :write, :value \(number)}\n"
    }.joined()

    private static func compressed(in folder: URL) throws -> [UInt8] {
        let plain = folder.appending(path: "plain.edn")
        try Data(text.utf8).write(to: plain)
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-n", plain.path]
        try gzip.run()
        gzip.waitUntilExit()
        return [UInt8](try Data(contentsOf: folder.appending(path: "plain.edn.gz")))
    }

    @Test func `are read as they were, or refused by the name of the file`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "damaged-archive-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try Self.compressed(in: folder)
        let expected = try DecodedHistory(Array(Self.text.utf8)).history
        var tally = Tally("damaged archives")
        for round in 0..<Fuzzing.share(ofLong: 300) {
            var random = RandomStream(state: UInt64(round))
            let path = folder.appending(path: "\(round).gz").path
            let changed = Damage().apply(to: whole, others: [whole], &random)
            try Data(changed).write(to: URL(filePath: path))
            try tally.measure { try outcome(path, expected) }
        }
        tally.tell()
        #expect(tally["read"] > 0 && tally["refused: damaged"] > 0)
        #expect(tally.longest < .seconds(10))
    }

    private func outcome(_ path: String, _ expected: History) throws -> String {
        do {
            let history = try HistoryFile(path: path).read().history
            // gzip guards its content by a checksum.
            #expect(history == expected)
            return "read"
        } catch let error as DamagedArchive {
            #expect(error.description.contains(path))
            return "refused: damaged"
        } catch is HistoryFormatError {
            return "refused: no history"
        }
    }
}
