import Logging
public import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Cluster {
    /// How long a signal may take to show in the state of a process.
    private static let signalPatience = Duration.seconds(2)
    /// How long a node may take to say good-bye.
    private static let leavePatience = Duration.seconds(5)

    /// Kills a node with SIGKILL, paused or not, and waits until its process has ended.
    ///
    /// - Throws: `ClusterError.notRunning`.
    /// - Returns: the life that ended, with its status.
    @discardableResult
    public func kill(_ node: NodeID) async throws -> ProcessStart {
        let process = try runningProcess(of: node)
        members[node]?.isToldToEnd = true
        send(SIGKILL, to: process)
        await end(of: node)
        return try processStart(of: node, process: process)
    }

    /// Asks a node with SIGUSR1 to leave for good, and waits until its process has ended.
    ///
    /// One that does not end in time is killed.
    /// - Throws: `ClusterError.notRunning`.
    /// - Returns: the life that ended, with its status.
    @discardableResult
    public func letLeave(_ node: NodeID) async throws -> ProcessStart {
        let process = try runningProcess(of: node)
        members[node]?.isToldToEnd = true
        send(SIGUSR1, to: process)
        let deadline = ContinuousClock.now + Self.leavePatience
        while current(node)?.process == process, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        if current(node)?.process == process { return try await kill(node) }
        return try processStart(of: node, process: process)
    }

    private func processStart(of node: NodeID, process: Int32) throws -> ProcessStart {
        guard let processStart = members[node]?.processStarts.last(where: { $0.process == process })
        else {
            throw ClusterError.notRunning(node)
        }
        return processStart
    }

    /// Stops a node with SIGSTOP and waits until the kernel says that all its threads stand still.
    ///
    /// A paused node still accepts connections, through the kernel's backlog.
    /// - Throws: `ClusterError.notRunning` or `.signalWithoutEffect`.
    public func pause(_ node: NodeID) async throws {
        try await signal(node, SIGSTOP, wanted: "stopped", isReached: ProcessState.isStopped)
    }

    /// Lets a paused node go on and waits until the kernel says that it does.
    ///
    /// - Throws: `ClusterError.notRunning` or `.signalWithoutEffect`.
    public func resume(_ node: NodeID) async throws {
        try await signal(node, SIGCONT, wanted: "running") { !ProcessState.isStopped($0) }
    }

    /// Ends all nodes, and lets none be started again.
    func close() async {
        isClosing = true
        for node in members.keys.sorted() where members[node]?.phase != .ended {
            members[node]?.isToldToEnd = true
            if members[node]?.phase != .ordered,
                let process = members[node]?.processStarts.last?.process
            {
                send(SIGKILL, to: process)
            }
        }
        for node in members.keys.sorted() { await end(of: node) }
        report.finish()
    }

    /// Ends a guardian that does not end by itself, and all of its group.
    ///
    /// Its process has not been waited for, so the number is still its own.
    func endGuardian(_ processGroup: Int32) {
        guard !hasGuardianEnded else { return }
        logger.warning(
            "guardian does not end", metadata: ["process.pid": "\(processGroup)"])
        send(SIGKILL, to: -processGroup)
    }

    func send(_ signal: Int32, to process: Int32) {
        // By number, not by descriptor: the descriptor may be closed and used anew before this
        // actor hears of the end, while a number comes round again only after thousands.
        if Self.sendSignal(process, signal) != 0 {
            logger.debug(
                "signal not delivered",
                metadata: ["process.pid": "\(process)", "signal": "\(signal)", "errno": "\(errno)"])
        }
    }

    private func signal(
        _ node: NodeID, _ number: Int32, wanted: String, isReached: (Int32) -> Bool
    ) async throws {
        let process = try runningProcess(of: node)
        send(number, to: process)
        let deadline = ContinuousClock.now + Self.signalPatience
        while !isReached(process) {
            guard ContinuousClock.now < deadline else {
                throw ClusterError.signalWithoutEffect(
                    node, process: process, wanted: wanted,
                    state: String(ProcessState.threads(of: process)))
            }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    private func runningProcess(of node: NodeID) throws -> Int32 {
        guard let processStart = current(node) else { throw ClusterError.notRunning(node) }
        return processStart.process
    }

    private func end(of node: NodeID) async {
        guard let member = members[node], member.phase != .ended else { return }
        await withCheckedContinuation { members[node]?.awaitingEnd.append($0) }
    }
}

extension Cluster {
    /// The system call, whose name `kill(_:)` hides.
    private static var sendSignal: (Int32, Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.kill
        #elseif canImport(Musl)
            Musl.kill
        #else
            Darwin.kill
        #endif
    }
}
