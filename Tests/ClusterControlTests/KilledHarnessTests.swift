import ClusterControl
import FoundationEssentials
import Subprocess
import SystemPackage
import Testing
import Vocabulary

/// The harness is killed with SIGKILL, when it has no chance to clean up.
///
/// The test plays both parts: it runs its own program again, with the variable below set, as the
/// harness that will be killed.
@Suite(.timeLimit(.minutes(1)))
struct KilledHarnessTests {
    private static let variable = "CLUSTER_CONTROL_VICTIM"
    private static let victimFolder = ProcessInfo.processInfo.environment[variable]

    @Test
    func `nothing is left of a harness that was killed, not even a paused node`() async throws {
        let folder = try TestFolder()
        let result = try await run(
            .path(FilePath("/proc/self/exe")),
            arguments: Arguments([
                "--testing-library", "swift-testing", "--filter", "the harness that is killed",
            ]),
            environment: .inherit.updating([
                .init(stringLiteral: Self.variable): folder.path
            ]),
            input: .none, output: .discarded, error: .discarded
        ) { victim in
            while folder.contents("processes").isEmpty {
                try await Task.sleep(for: .milliseconds(5))
            }
            let processes = folder.contents("processes").split(separator: " ").compactMap {
                Int32($0)
            }
            #expect(processes.count == 7)
            #expect(processes.allSatisfy { !ProcessState.isGone($0) })
            try victim.send(signal: .kill)
            #expect(try await areGone(processes))
        }
        #expect(result.terminationStatus == .signaled(9))
    }

    @Test(.enabled(if: victimFolder != nil, "only runs when the other test starts it"))
    func `the harness that is killed`() async throws {
        let folder = TestFolder(path: try #require(Self.victimFolder))
        try await withTestCluster { cluster in
            let processes = try await startStubbornNodes(in: cluster, folder)
            let text = processes.map(String.init).joined(separator: " ")
            // At once: the other side must not read half of it.
            try text.write(toFile: folder.path + "/processes", atomically: true, encoding: .utf8)
            try await Task.sleep(for: .seconds(1000))
        }
    }
}
