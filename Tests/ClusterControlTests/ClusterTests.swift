import ClusterControl
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(1)))
struct ClusterTests {
    private let folder: TestFolder
    private let node = NodeID(1)

    init() throws {
        folder = try TestFolder()
    }

    @Test
    func `a node that is ready has a process, a port and a log`() async throws {
        try await withTestCluster { cluster in
            let processStart = try await cluster.start(
                ShellNode.launch(1, ShellNode.patient, in: folder))
            #expect(processStart.port == 4711)
            #expect(processStart.number == 1)
            #expect(!ProcessState.isGone(processStart.process))
            #expect(folder.contents("nodes/n1/log") == "started\n")
            #expect(await cluster.current(node) == processStart)
        }
    }

    @Test
    func `a node is started in its folder with its variables`() async throws {
        try await withTestCluster { cluster in
            let script = "echo $NODE in $PWD >&2; \(ShellNode.patient)"
            try await cluster.start(ShellNode.launch(1, script, in: folder))
            #expect(folder.contents("nodes/n1/log").hasPrefix("n1 in \(folder.path)/nodes/n1\n"))
        }
    }

    @Test
    func `a killed node ends by the signal and can be started again`() async throws {
        try await withTestCluster { cluster in
            let first = try await cluster.start(ShellNode.launch(1, ShellNode.patient, in: folder))
            let ended = try await cluster.kill(node)
            #expect(ended.status == .signalled(9))
            #expect(ended.wasToldToEnd)
            #expect(ProcessState.isGone(first.process))
            await #expect(throws: ClusterError.notRunning(node)) { try await cluster.kill(node) }

            let second = try await cluster.restart(node)
            #expect(second.number == 2)
            #expect(second.process != first.process)
            #expect(folder.contents("nodes/n1/log") == "started\nstarted\n")
            #expect(await cluster.processStarts == [ended, second])
        }
    }

    @Test
    func `a paused node stands still until it is resumed`() async throws {
        try await withTestCluster { cluster in
            let script = "echo ready 1; while :; do :; done"
            let processStart = try await cluster.start(ShellNode.launch(1, script, in: folder))
            try await cluster.pause(node)
            #expect(ProcessState.threads(of: processStart.process) == ["T"])
            try await cluster.resume(node)
            #expect(ProcessState.threads(of: processStart.process) != ["T"])
        }
    }

    @Test
    func `a paused node can be killed`() async throws {
        try await withTestCluster { cluster in
            try await cluster.start(ShellNode.launch(1, ShellNode.patient, in: folder))
            try await cluster.pause(node)
            #expect(try await cluster.kill(node).status == .signalled(9))
        }
    }

    @Test
    func `many nodes start, die and come back at the same time`() async throws {
        try await withTestCluster { cluster in
            try await withThrowingTaskGroup { group in
                for number in 1...9 {
                    let launch = ShellNode.launch(number, ShellNode.patient, in: folder)
                    group.addTask {
                        try await cluster.start(launch)
                        for _ in 0..<5 {
                            try await cluster.kill(launch.node)
                            try await cluster.restart(launch.node)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let processStarts = await cluster.processStarts
            #expect(processStarts.count == 54)
            #expect(Set(processStarts.map(\.process)).count == 54)
            #expect(processStarts.filter { $0.ended == nil }.count == 9)
        }
    }

    @Test
    func `a node that ends by itself is reported with the end of its log`() async throws {
        try await withTestCluster { cluster in
            let script = "echo ready 1; echo out of luck >&2; exit 3"
            try await cluster.start(ShellNode.launch(1, script, in: folder))
            var incidents = cluster.incidents.makeAsyncIterator()
            guard case .nodeEnded(let processStart, let tail)? = await incidents.next() else {
                Issue.record("no report")
                return
            }
            #expect(processStart.node == node)
            #expect(processStart.status == .exited(3))
            #expect(!processStart.wasToldToEnd)
            #expect(tail == ["out of luck"])
        }
    }

    @Test
    func `a kill is no incident`() async throws {
        let incidents = try await withTestCluster { cluster in
            try await cluster.start(ShellNode.launch(1, ShellNode.patient, in: folder))
            try await cluster.kill(node)
            try await cluster.restart(node)
            return cluster.incidents
        }
        for await incident in incidents { Issue.record("reported: \(incident)") }
    }

    @Test
    func `a node is not started twice at once`() async throws {
        try await withTestCluster { cluster in
            try await cluster.start(ShellNode.launch(1, ShellNode.patient, in: folder))
            await #expect(throws: ClusterError.alreadyRunning(node)) {
                try await cluster.restart(node)
            }
        }
    }
}
