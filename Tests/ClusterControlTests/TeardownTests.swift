import ClusterControl
import FoundationEssentials
import Testing
import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite(.timeLimit(.minutes(1)))
struct TeardownTests {
    private struct Interruption: Error {}

    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test(arguments: [true, false])
    func `nothing is left when the scope ends`(normally: Bool) async throws {
        var processes: [Int32] = []
        do {
            try await withTestCluster { cluster in
                processes = try await startStubbornNodes(in: cluster, folder)
                if !normally { throw Interruption() }
            }
        } catch is Interruption {}
        #expect(processes.count == 7)
        #expect(try await areGone(processes))
    }

    @Test
    func `nothing is left when the task is cancelled`() async throws {
        let (found, finding) = AsyncStream.makeStream(of: [Int32].self)
        let task = Task {
            try await withTestCluster { cluster in
                finding.yield(try await startStubbornNodes(in: cluster, folder))
                try await Task.sleep(for: .seconds(1000))
            }
        }
        let processes = try #require(await found.first { _ in true })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(processes.count == 7)
        #expect(try await areGone(processes))
    }

    @Test
    func `a start that is under way ends when the task is cancelled`() async throws {
        let task = Task {
            try await withTestCluster { cluster in
                try await cluster.start(ShellNode.launch(1, "touch begun; sleep 1000", in: folder))
            }
        }
        while !FileManager.default.fileExists(atPath: "\(folder.path)/nodes/n1/begun") {
            try await Task.sleep(for: .milliseconds(5))
        }
        task.cancel()
        await #expect(throws: ClusterError.closing) { try await task.value }
    }

    @Test
    func `a guardian that ends early is reported, and no node is started without it`()
        async throws
    {
        try await withTestCluster { cluster in
            let processStart = try await cluster.start(
                ShellNode.launch(1, ShellNode.patient, in: folder))
            #expect(kill(getpgid(processStart.process), SIGKILL) == 0)
            var incidents = cluster.incidents.makeAsyncIterator()
            #expect(await incidents.next() == .guardianEnded(.signalled(9)))
            await #expect(throws: ClusterError.guardianEnded(.signalled(9))) {
                try await cluster.start(ShellNode.launch(2, ShellNode.patient, in: folder))
            }
            #expect(!ProcessState.isGone(processStart.process))
        }
    }

    @Test
    func `a guardian that stands still is ended, and does not hold up the end`() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let (node, guardian) = try await withTestCluster { cluster in
            let processStart = try await cluster.start(
                ShellNode.launch(1, ShellNode.stubborn, in: folder))
            let guardian = getpgid(processStart.process)
            #expect(kill(guardian, SIGSTOP) == 0)
            return (processStart.process, guardian)
        }
        #expect(clock.now - start < .seconds(30))
        #expect(ProcessState.isGone(node))
        #expect(ProcessState.isGone(guardian))
    }

    @Test
    func `nodes are not in the process group of the harness`() async throws {
        try await withTestCluster { cluster in
            let processStart = try await cluster.start(
                ShellNode.launch(1, ShellNode.patient, in: folder))
            #expect(getpgid(processStart.process) != getpgrp())
            #expect(getpgid(processStart.process) != processStart.process)
        }
    }
}

/// Starts three nodes that end by force only, one of them paused.
///
/// - Returns: their processes, those of their children, and the guardian's.
func startStubbornNodes(in cluster: Cluster, _ folder: TestFolder) async throws -> [Int32] {
    var processes: [Int32] = []
    for number in 1...3 {
        let processStart = try await cluster.start(
            ShellNode.launch(number, ShellNode.stubborn, in: folder))
        processes.append(processStart.process)
        var child: Int32?
        while child == nil {
            let words = folder.contents("nodes/n\(number)/log").split(separator: "\n")
            child = words.first.flatMap { Int32($0.dropFirst("child ".count)) }
            try await Task.sleep(for: .milliseconds(1))
        }
        processes.append(contentsOf: [child].compactMap { $0 })
    }
    try await cluster.pause(NodeID(2))
    return processes + [getpgid(processes[0])]
}
