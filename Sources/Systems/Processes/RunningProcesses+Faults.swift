internal import Checkers
internal import ClusterControl
internal import Faults
internal import FaultProxy
internal import FoundationEssentials
internal import HistoryModel
internal import Synchronization
internal import Vocabulary

/// Breaking the cluster, mending it, and proving both.
extension RunningProcesses {
    /// How long a probe waits for an answer that must not come.
    private static let silenceTimeout = Duration.milliseconds(300)
    /// How long it may take until a datagram meets what is to happen to datagrams.
    private static let encounterTimeout = Duration.seconds(2)
    /// How long a probe waits for an answer that must come.
    private static let answerTimeout = Duration.seconds(3)
    /// How long the first bytes over a healed link are waited for.
    private static let deliveryTimeout = Duration.milliseconds(500)

    func apply(_ action: FaultAction) async throws {
        switch action {
        case .cut(let links, _): try await proxy.apply(cut: links)
        case .kill(let nodes): await end(nodes) { try await self.cluster.kill($0) }
        case .pause(let nodes):
            for node in nodes where await cluster.current(node) != nil {
                try await cluster.pause(node)
            }
        case .leave(let nodes):
            await end(nodes) { try await self.cluster.letLeave($0) }
            try await forget(nodes)
        case .wipe(let nodes):
            await end(nodes) { try await self.cluster.kill($0) }
            try await forget(nodes)
        case .disturb(let links, let conditions): try await proxy.disturb(links, conditions)
        }
    }

    /// Ends nodes and notes which.
    private func end(
        _ nodes: [NodeID], _ end: @escaping @Sendable (NodeID) async throws -> ProcessStart
    ) async {
        killed.withLock { $0 = [] }
        await forEach(nodes) { node in
            // A node that has ended by itself can't be ended; its end is noted already.
            guard let processStart = try? await end(node) else { return }
            self.killed.withLock { $0.append(processStart) }
        }
    }

    /// Removes what nodes that have ended have stored.
    private func forget(_ nodes: [NodeID]) async throws {
        guard let store = system.storeFile else { return }
        for node in nodes where await cluster.current(node) == nil {
            let path = "\(environment.nodeFolder(node))/\(store)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    func heal(_ action: FaultAction) async throws -> Int {
        switch action {
        case .cut(let links, let mode):
            return try await proxy.heal(links, mode).bytes
        case .disturb(let links, _): return try await proxy.calm(links)
        case .kill(let nodes), .leave(let nodes), .wipe(let nodes):
            try await restart(nodes)
            return killed.withLock { $0.count { $0.status != nil } }
        case .pause(let nodes):
            var stopped = 0
            for node in nodes {
                guard let processStart = await cluster.current(node) else { continue }
                if ProcessState.isStopped(processStart.process) { stopped += 1 }
                try await cluster.resume(node)
            }
            return stopped
        }
    }

    /// Starts nodes again.
    ///
    /// A node whose program starts but that does not get ready is noted for the crash checker.
    /// - Throws: `ClusterError` if the program itself can't be started.
    private func restart(_ nodes: [NodeID]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { starts in
            for node in nodes {
                starts.addTask {
                    do {
                        let processStart = try await self.cluster.restart(node)
                        await self.proxy.setTarget(node, port: processStart.port)
                    } catch let error as ClusterError {
                        switch error {
                        case .endedAtStart, .notReady:
                            self.noteSignal(of: node, error.status)
                            self.note(node, CrashChecker.notRestarted, "\(error)")
                        default: throw error
                        }
                    }
                }
            }
            for try await _ in starts {}
        }
        await noteLeaks()
    }

    // MARK: - Proving it

    func probeApplied(_ action: FaultAction) async -> FaultRecord.Proof {
        switch action {
        case .cut(let links, _):
            await noteLeaks()
            return await proof { try await proxy.proveCut(links, timeout: Self.silenceTimeout) }
        case .disturb(let links, _):
            return await proof {
                try await proxy.proveDisturbed(links, timeout: Self.encounterTimeout)
            }
        case .kill(let nodes), .leave(let nodes), .wipe(let nodes):
            let dead = killed.withLock { processStarts in Set(processStarts.map(\.node)) }
            let proof =
                dead == Set(nodes)
                ? await prove(nodes, timeout: Self.silenceTimeout) { outcome in
                    if case .refused = outcome { true } else { false }
                } : .missing("ended \(dead.sorted()) of \(nodes)")
            // Somebody else may get the port of a node that is gone.
            for node in nodes where await cluster.current(node) == nil {
                await proxy.setTarget(node, port: nil)
            }
            return proof
        case .pause(let nodes):
            return await prove(nodes, timeout: Self.silenceTimeout) { $0 == .timedOut }
        }
    }

    func probeHealed(_ action: FaultAction) async -> RecoveryProof {
        switch action {
        case .cut(let links, _):
            let proof = await proof {
                try await proxy.proveHealed(links, timeout: Self.answerTimeout)
            }
            return RecoveryProof(proof, firstDelivery: await firstDelivery(links))
        case .disturb(let links, _):
            return RecoveryProof(
                await proof {
                    try await proxy.proveHealed(links, timeout: Self.answerTimeout)
                })
        case .kill(let nodes), .pause(let nodes), .leave(let nodes), .wipe(let nodes):
            let proof = await prove(nodes, timeout: Self.answerTimeout) { outcome in
                if case .answered = outcome { true } else { false }
            }
            return RecoveryProof(proof)
        }
    }

    /// Probes nodes past the proxy: seen if each ends as expected.
    private func prove(
        _ nodes: [NodeID], timeout: Duration,
        isExpected: @escaping @Sendable (ProbeOutcome) -> Bool
    ) async -> FaultRecord.Proof {
        await proof {
            let surprises = try await withThrowingTaskGroup(of: String?.self) { probes in
                for node in nodes {
                    probes.addTask {
                        let outcome = try await self.proxy.probe(directly: node, timeout: timeout)
                        return isExpected(outcome) ? nil : "probe of \(node) \(outcome)"
                    }
                }
                return try await probes.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
            }
            guard surprises.isEmpty else {
                return .missing(surprises.sorted().joined(separator: "; "))
            }
            return .seen(at: environment.clock.now())
        }
    }

    /// A probe that can't even be sent shows nothing.
    private func proof(
        _ probe: () async throws -> FaultRecord.Proof
    ) async -> FaultRecord.Proof {
        do { return try await probe() } catch { return .missing("the probe failed: \(error)") }
    }

    private func firstDelivery(_ links: [DirectedLink]) async -> Instant? {
        let deadline = SuspendingClock.now + Self.deliveryTimeout
        while SuspendingClock.now < deadline {
            let deliveries = try? await proxy.firstDeliveries(across: links)
            if let first = deliveries?.values.min() { return first }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    private func forEach(
        _ nodes: [NodeID], _ body: @escaping @Sendable (NodeID) async -> Void
    ) async {
        await withDiscardingTaskGroup { tasks in
            for node in nodes { tasks.addTask { await body(node) } }
        }
    }
}
