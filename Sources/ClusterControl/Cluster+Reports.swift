import Logging
import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the tasks that run the processes tell the cluster.
extension Cluster {
    func spawned(_ node: NodeID, process: Int32) {
        guard var member = members[node] else { return }
        member.phase = .starting
        member.processStarts.append(
            ProcessStart(
                node: node, number: member.processStarts.count + 1, process: process, started: now()
            ))
        members[node] = member
        // An order to end may have come before there was a process to send it to.
        if member.isToldToEnd { send(SIGKILL, to: process) }
    }

    /// Takes a line of a node's output; whether the node is ready by it.
    func said(_ node: NodeID, _ line: String) -> Bool {
        guard let member = members[node], member.said == nil else { return false }
        members[node]?.said = line
        let words = line.split(separator: " ")
        guard words.count == 2, words[0] == "ready", let port = UInt16(words[1]),
            let processStart = member.processStarts.indices.last
        else { return false }
        members[node]?.phase = .ready
        members[node]?.processStarts[processStart].port = Int(port)
        logger.info("node ready", metadata: metadata(node))
        answerStarter(of: node)
        return true
    }

    func readinessExpired(_ node: NodeID) {
        guard let member = members[node], member.phase == .starting else { return }
        members[node]?.isExpired = true
        if let process = member.processStarts.last?.process { send(SIGKILL, to: process) }
    }

    func ended(_ node: NodeID, _ status: ExitStatus, _ logTail: [String]) {
        guard var member = members[node], let processStart = member.processStarts.indices.last
        else { return }
        let wasReady = member.phase == .ready
        let isAskedFor = member.isToldToEnd || isClosing || Task.isCancelled
        member.phase = .ended
        member.processStarts[processStart].ended = now()
        member.processStarts[processStart].status = status
        member.processStarts[processStart].wasToldToEnd = isAskedFor
        members[node] = member
        logger.info("node ended", metadata: metadata(node))
        if wasReady && !isAskedFor {
            report.yield(.nodeEnded(member.processStarts[processStart], logTail: logTail))
        }
        let launch = member.launch
        failStarter(
            of: node,
            member.isExpired
                ? .notReady(launch, after: readyTimeout, said: member.said, logTail: logTail)
                : isAskedFor ? .closing : .endedAtStart(launch, status, logTail: logTail))
        tellEnd(of: node)
    }

    func failedToSpawn(_ launch: NodeLaunch, reason: String) {
        members[launch.node]?.phase = .ended
        failStarter(
            of: launch.node, .cannotSpawn(command: launch.commandLine, reason: reason))
        tellEnd(of: launch.node)
    }

    /// Ends every order that nobody will carry out any more.
    func ordersEnded() {
        isClosing = true
        for node in members.keys.sorted() where members[node]?.phase == .ordered {
            members[node]?.phase = .ended
            failStarter(of: node, .closing)
            tellEnd(of: node)
        }
    }

    func guardianEnded(_ status: ExitStatus) {
        hasGuardianEnded = true
        guard !isClosing && !Task.isCancelled else { return }
        guardianStatus = status
        report.yield(.guardianEnded(status))
    }

    private func answerStarter(of node: NodeID) {
        guard let member = members[node], let processStart = member.processStarts.last else {
            return
        }
        members[node]?.starter = nil
        member.starter?.resume(returning: .success(processStart))
    }

    private func failStarter(of node: NodeID, _ error: ClusterError) {
        let starter = members[node]?.starter
        members[node]?.starter = nil
        starter?.resume(returning: .failure(error))
    }

    private func tellEnd(of node: NodeID) {
        let waiting = members[node]?.awaitingEnd ?? []
        members[node]?.awaitingEnd = []
        for continuation in waiting { continuation.resume() }
    }

    private func metadata(_ node: NodeID) -> Logger.Metadata {
        guard let processStart = members[node]?.processStarts.last else {
            return ["node.id": "\(node)"]
        }
        var metadata: Logger.Metadata = [
            "node.id": "\(node)", "node.incarnation": "\(processStart.number)",
            "process.pid": "\(processStart.process)",
        ]
        if let port = processStart.port { metadata["node.port"] = "\(port)" }
        if let status = processStart.status { metadata["process.status"] = "\(status)" }
        return metadata
    }
}
