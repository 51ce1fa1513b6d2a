import ClusterControl
import FoundationEssentials
import Logging
import Vocabulary

/// Nodes that are a few words of shell.
enum ShellNode {
    /// Prints that it is ready and lives until its standard input ends.
    static let patient = "echo started >&2; echo ready 4711; cat >/dev/null"
    /// Prints that it is ready and starts a child; neither heeds anything but force.
    static let stubborn =
        "trap '' HUP INT TERM; echo ready 4711; sleep 1000 & echo child $! >&2; wait"

    /// How to start a node that runs `script` in a folder of its own.
    static func launch(_ number: Int, _ script: String, in folder: TestFolder) -> NodeLaunch {
        NodeLaunch(
            node: NodeID(number), executable: "/bin/sh", arguments: ["-c", script],
            environment: ["NODE": "n\(number)"], directory: "\(folder.path)/nodes/n\(number)")
    }
}

/// A folder that lasts as long as a test needs it.
final class TestFolder: Sendable {
    let path: String
    private let isOwned: Bool

    init() throws {
        isOwned = true
        let name = "cluster-control-\(UInt64.random(in: .min ... .max))"
        path = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Uses a folder that somebody else made and removes.
    init(path: String) {
        self.path = path
        isOwned = false
    }

    deinit {
        guard isOwned else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    func contents(_ file: String) -> String {
        (try? String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)) ?? ""
    }
}

/// Opens a cluster as the tests need it.
func withTestCluster<Result>(
    guardian: String? = nil, readyTimeout: Duration = .seconds(30),
    body: (Cluster) async throws -> Result
) async throws -> Result {
    try await Cluster.run(
        guardian: guardian, readyTimeout: readyTimeout,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        now: { .zero }, body: body)
}

/// Waits until all these processes are gone; whether they were within ten seconds.
func areGone(_ processes: [Int32]) async throws -> Bool {
    for _ in 0..<1000 {
        if processes.allSatisfy(ProcessState.isGone) { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
