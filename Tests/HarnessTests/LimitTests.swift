import ClusterControl
import Foundation
import HistoryModel
import HistoryStore
import Testing

/// What the harness says where the system lets it have no more memory, or write no more files.
@Suite struct `Under limits` {
    private static let prlimit = "/usr/bin/prlimit"

    /// The harness, called by a shell after `script` has set limits.
    private func harness(_ script: String, _ arguments: [String]) throws -> HarnessProcess {
        let program = try ProgramSearch.find("harness")
        return try HarnessProcess(["-c", script, program] + arguments, program: "/bin/sh")
    }

    @Test func `too little address space is refused with what is needed`() throws {
        let harness = try harness("ulimit -v 300000; exec \"$0\" \"$@\"", ["list", "systems"])
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 70)
        #expect(
            result.messages.contains("needs 1024 MiB of address space and may use 292 MiB"),
            "\(result.messages)")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: prlimit)))
    func `a command that gets no more memory says so and exits with 70`() throws {
        // It has passed the look at the beginning; then little is left, so that the end comes soon.
        let harness = try harness(
            """
            ulimit -v 1048576
            "$0" "$@" &
            while [ ! -d reports ] && kill -0 $!; do sleep 0.05; done
            \(Self.prlimit) --pid $! --as=\(544 << 20) && wait $!
            """, ["check", "-w", "big.yaml", "--simulate"])
        defer { harness.remove() }
        // Each write takes 64 KiB for good; the run would take weeks.
        try Data(
            """
            {kind: gossip-kv, system: gossip, nodes: 2, concurrency: 2, time-limit: 1000h, seed: 1,
             rate: 1000, key-value: {value-bytes: 65536, write: 1, read: 0, delete: 0, keys: 2},
             gossip: {value-bytes: 70000, stream-bytes: 1000000}, faults: [none]}
            """.utf8
        ).write(to: harness.folder.appending(path: "big.yaml"))
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 70, "\(result.messages)")
        #expect(
            result.messages.contains("the harness failed: it got no more memory"),
            "\(result.messages)")
    }

    @Test func `a verdict that can't be stored is told, and that it is not stored`() throws {
        let made = try HarnessProcess([
            "check", "-w", "register", "--simulate", "--seed", "3", "--time-limit", "1s",
        ])
        defer { made.remove() }
        try made.start()
        #expect(try made.wait().status == 0)
        let run = try made.run().path
        // As with a folder that is read-only, but for root as well; a pipe is no file.
        let harness = try harness(
            """
            { (trap '' XFSZ; ulimit -f 0; exec "$0" "$@"); echo "status $?"; } 2>&1 | cat
            """, ["analyze", run])
        defer { harness.remove() }
        try harness.start()
        let text = try harness.wait().output
        #expect(text.contains("status 0") && text.contains("\nVALID"), "\(text)")
        #expect(text.contains("the verdict is not stored: can't write \(run)/run.sqlite"))
        #expect(try RunReader.read("\(run)/run.sqlite").verdict == .valid)
    }
}
