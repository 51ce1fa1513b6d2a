import ClusterControl
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(1)))
struct StartFailureTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test
    func `a node that dies at start is shown with its command and the end of its log`()
        async throws
    {
        try await withTestCluster { cluster in
            let script = "for i in $(seq 100); do echo line $i >&2; done; exit 7"
            let launch = ShellNode.launch(1, script, in: folder)
            let error = await #expect(throws: ClusterError.self) { try await cluster.start(launch) }
            #expect(
                error == .endedAtStart(launch, .exited(7), logTail: (81...100).map { "line \($0)" })
            )
            let text = "\(try #require(error))"
            #expect(text.contains("n1 ended with code 7 before it was ready"))
            #expect(text.contains("command: /bin/sh -c 'for i in $(seq 100)"))
            #expect(text.hasSuffix("    line 100"))
        }
    }

    @Test
    func `the log of an earlier processStart is no evidence`() async throws {
        try await withTestCluster { cluster in
            let script = "echo before >&2; echo ready 1; cat >/dev/null"
            try await cluster.start(ShellNode.launch(1, script, in: folder))
            try await cluster.kill(NodeID(1))
            let launch = ShellNode.launch(1, "exit 1", in: folder)
            await #expect(throws: ClusterError.endedAtStart(launch, .exited(1), logTail: [])) {
                try await cluster.start(launch)
            }
        }
    }

    @Test
    func `a program that does not exist is named`() async throws {
        try await withTestCluster { cluster in
            var launch = ShellNode.launch(1, "", in: folder)
            launch.executable = "/nowhere/raft-node"
            await #expect(
                throws: ClusterError.programMissing(
                    name: launch.executable, lookedAt: [launch.executable])
            ) { try await cluster.start(launch) }
        }
    }

    @Test
    func `a program that is in no folder of PATH is told without the folders`() throws {
        let error = try #require(throws: ClusterError.self) {
            try ProgramSearch.find("no-such-program")
        }
        guard case .programMissing(let name, let places) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(name == "no-such-program")
        #expect(places.count > 1, "PATH has folders")
        let text = error.description
        #expect(text.ranges(of: "PATH").count == 1)
        #expect(places.filter(text.contains) == [places[0]])
    }

    @Test
    func `a node that is never ready is killed, and what it said is told`() async throws {
        try await withTestCluster(readyTimeout: .milliseconds(300)) { cluster in
            let launch = ShellNode.launch(1, "echo hello; exec sleep 1000", in: folder)
            await #expect(
                throws: ClusterError.notReady(
                    launch, after: .milliseconds(300), said: "hello", logTail: [])
            ) { try await cluster.start(launch) }
            let processStart = try #require(await cluster.processStarts.first)
            #expect(processStart.status == .signalled(9))
            #expect(ProcessState.isGone(processStart.process))
        }
    }

    @Test
    func `a folder that cannot be made is named`() async throws {
        try await withTestCluster { cluster in
            var launch = ShellNode.launch(1, "", in: folder)
            launch.directory = "/proc/n1"
            let error = await #expect(throws: ClusterError.self) { try await cluster.start(launch) }
            let text = "\(try #require(error))"
            #expect(text.hasPrefix("cannot prepare the folder of n1, /proc/n1:"))
        }
    }

    @Test
    func `a missing guardian is named before any node is started`() async throws {
        let error = await #expect(throws: ClusterError.self) {
            try await withTestCluster(guardian: "/nowhere/guardian") { _ in
                Issue.record("the cluster was opened without a guardian")
            }
        }
        #expect(
            error == .programMissing(name: "harness-guardian", lookedAt: ["/nowhere/guardian"]))
    }
}
