import HistoryModel
import Vocabulary

/// What clients were told, against what the nodes held.
struct ClientView {
    private(set) var anomalies: [Anomaly] = []
    private(set) var acknowledgedCount = 0
    /// Writes that went down with the only node that had them.
    private(set) var goneWithNode = 0
    /// Reads that went back in sessions that the store promises nothing to.
    private(set) var looseRegressions = 0
    /// Reads of values that clients wrote and no node noted.
    private(set) var unnotedAnswers = 0

    /// What a session has seen of a key.
    private struct Sight {
        var stamp: WriteVersion
        var node: NodeID?
        var time: Instant
    }

    private struct SessionKey: Hashable {
        var process: ProcessID
        var key: Int
    }

    let timeline: StoreTimeline
    let situation: RunSituation
    private let grace: Nanoseconds
    /// The least stamp of each of a key's values.
    private(set) var stamps: [[String: WriteVersion]] = []
    /// A key's deletions in the order of time.
    private var deletions: [[StoreTimeline.Update]] = []
    /// A key's deletions in the order of their stamps.
    private(set) var rankedDeletions: [[StoreTimeline.Update]] = []
    private var sights: [SessionKey: Sight] = [:]

    init(
        _ operations: [Operation], _ timeline: StoreTimeline, _ situation: RunSituation,
        grace: Nanoseconds
    ) {
        self.grace = grace
        self.timeline = timeline
        self.situation = situation
        stamps = timeline.keys.map { key in
            var stamps: [String: WriteVersion] = [:]
            for update in key.updates {
                if let value = update.value, stamps[value] == nil { stamps[value] = update.stamp }
            }
            return stamps
        }
        rankedDeletions = timeline.keys.map { key in key.updates.filter { $0.value == nil } }
        deletions = rankedDeletions.map { $0.sorted { $0.time < $1.time } }
        let requested = RequestedWrites(operations)
        anomalies = requested.unasked(timeline)
        for operation in operations where operation.outcome == .ok {
            switch operation.function {
            case .write: acknowledged(operation, value: operation.input.storeText)
            case .delete: acknowledged(operation, value: nil)
            // What a set or a counter of many keys comes to is for other checkers.
            case .add: acknowledgedCount += 1
            case .read where operation.key != nil:
                read(operation, requested)
            default: break
            }
        }
    }

    // MARK: - Writes

    private mutating func acknowledged(_ operation: Operation, value: String?) {
        acknowledgedCount += 1
        let name = operation.keyText
        let place = timeline.place(of: name)
        let candidates = place.map { updates(operation, value, $0) } ?? []
        guard let place, let least = candidates.map(\.stamp).min() else {
            anomalies.append(
                Anomaly(
                    kind: .lostUpdate,
                    explanation:
                        "\(operation.words) was acknowledged by \(operation.nodeText), which "
                        + "never stored it",
                    theme: .answer(
                        key: name, operation.node, operation.endTime)))
            return
        }
        let session = SessionKey(process: operation.process, key: place)
        if let sight = sights[session], candidates.allSatisfy({ $0.stamp < sight.stamp }) {
            anomalies.append(
                Anomaly(
                    kind: .lostUpdate,
                    explanation: "\(operation.words) got version \(least), below version "
                        + "\(sight.stamp) that its client had seen: it could never win",
                    theme: .write(.init(key: name, stamp: least))))
        }
        sights[session] = Sight(stamp: least, node: operation.node, time: operation.endTime)
        let fates = candidates.map { fate(of: $0, timeline.keys[place]) }
        if fates.contains(.kept) { return }
        if fates.contains(.goneWithNode) {
            goneWithNode += 1
        } else {
            lost(operation, candidates[0], timeline.keys[place])
        }
    }

    /// The writes that a node noted and that can be this operation's.
    ///
    /// Values are written once, but deletions look alike: of two that a node made while both clients
    /// waited nobody knows which was whose. What holds for one of them is not held against either.
    private func updates(
        _ operation: Operation, _ value: String?, _ place: Int
    ) -> [StoreTimeline.Update] {
        if let value {
            return stamps[place][value].flatMap(timeline.keys[place].update).map { [$0] } ?? []
        }
        let first = deletions[place].firstPlace { $0.time >= operation.callTime }
        // One that was noted only when its node came back was made before.
        return deletions[place][first...]
            .filter { deletion in
                deletion.node == operation.node
                    && (deletion.isUnnoted
                        || deletion.time <= operation.returnTime ?? .distantFuture)
            }
    }

    /// What became of an acknowledged write.
    enum Fate {
        case kept
        case goneWithNode
        case lost
    }

    func fate(of update: StoreTimeline.Update, _ key: StoreTimeline.Key) -> Fate {
        // A deletion that was forgotten, or what it deleted: it had its effect.
        if key.collected.contains(where: { $0 >= update.stamp && $1 >= update.time }) {
            return .kept
        }
        let holders = holders(of: update, key)
        if holders.contains(where: situation.isAlive) { return .kept }
        let wasTaken =
            situation.wasStopped(update.node)
            || situation.lostStore(update.node, from: update.time, to: situation.end)
        // Whoever had it, or lost it for no reason, and still was there could have passed it on, and who
        // had it for longer than the bound should have.
        let isDeferred =
            key.mislaid.values.contains { $0 >= update.stamp }
            || holders.contains { $0 != update.node && !situation.wasStopped($0) }
            || timeline.outlasted(update, of: key, situation, grace: grace) != nil
        return wasTaken && !isDeferred ? .goneWithNode : .lost
    }

    /// The nodes that held a write, or what took its place.
    private func holders(
        of update: StoreTimeline.Update, _ key: StoreTimeline.Key
    ) -> [NodeID] {
        timeline.nodes.indices.filter { key.covered(update, at: $0) != nil }
            .map { timeline.nodes[$0] }
    }

    private mutating func lost(
        _ operation: Operation, _ update: StoreTimeline.Update, _ key: StoreTimeline.Key
    ) {
        anomalies.append(
            Anomaly(
                kind: .lostUpdate,
                explanation:
                    "\(operation.words) acknowledged by \(operation.nodeText), is held by no "
                    + "living node, and nothing took its place; held once by "
                    + Set(holders(of: update, key) + [update.node]).sorted().names,
                subject: .init(key: key.name, stamp: update.stamp), needsEnd: true))
    }

    // MARK: - Reads

    private mutating func read(_ operation: Operation, _ requested: RequestedWrites) {
        let name = operation.keyText
        let value = operation.output == .null ? nil : operation.output.storeText
        if let value, let flaw = requested.flaw(of: value, key: name, by: operation.endTime) {
            anomalies.append(
                Anomaly(
                    kind: .phantom,
                    explanation: "\(operation.nodeText) answered \"\(value)\" for key \(name) at "
                        + "\(operation.endTime), \(flaw)",
                    theme: .answer(
                        key: name, operation.node, operation.returnTime ?? operation.callTime)))
            return
        }
        guard let place = timeline.place(of: name) else { return }
        let session = SessionKey(process: operation.process, key: place)
        let stamp = value.flatMap { stamps[place][$0] }
        guard value == nil || stamp != nil else { return unnotedAnswers += 1 }
        let count = anomalies.count
        if let stamp {
            if let sight = sights[session], sight.stamp > stamp {
                wentBack(operation, from: sight, to: "version \(stamp)")
            } else {
                sights[session] = Sight(
                    stamp: stamp, node: operation.node, time: operation.endTime)
            }
        } else {
            readNothing(operation, place, session)
        }
        if anomalies.count == count { expectHeld(operation, place, stamp) }
    }

    /// Looks for what a node noted that it held before it was asked, and then denied; the stamp is that of
    /// the answer, nil if it was nothing.
    private mutating func expectHeld(
        _ operation: Operation, _ place: Int, _ stamp: WriteVersion?
    ) {
        if let stamp, let resurrection = resurrection(operation, place, stamp) {
            return anomalies.append(resurrection)
        }
        guard let node = operation.node, let nodePlace = timeline.place(of: node) else { return }
        let key = timeline.keys[place]
        guard let held = key.held(at: nodePlace, before: operation.callTime),
            held.collection == nil, let update = key.update(held.stamp),
            !situation.lostStore(node, from: held.time, to: operation.endTime)
        else { return }
        let isFine =
            stamp.map { $0 >= held.stamp }
            ?? (update.value == nil || deletion(place, from: held.stamp, by: operation) != nil)
        guard !isFine else { return }
        let answer = stamp == nil ? "nothing" : "\"\(operation.output.storeText)\""
        anomalies.append(
            Anomaly(
                kind: .regression,
                explanation:
                    "\(node) answered \(answer) for key \(key.name) at \(operation.endTime), "
                    + "although it had noted \(update.words) at \(held.time)",
                theme: .write(.init(key: key.name, stamp: held.stamp))))
    }

    /// The least deletion of a key, from a stamp on, that an operation can have seen.
    private func deletion(
        _ place: Int, from stamp: WriteVersion, by operation: Operation
    ) -> StoreTimeline.Update? {
        let ranked = rankedDeletions[place]
        return ranked[ranked.firstPlace { $0.stamp >= stamp }...].first {
            $0.isUnnoted || $0.time <= operation.endTime
        }
    }

    /// Nothing may be read after something only if it was deleted since, which was seen then.
    private mutating func readNothing(
        _ operation: Operation, _ place: Int, _ session: SessionKey
    ) {
        guard let sight = sights[session] else { return }
        guard let deletion = deletion(place, from: sight.stamp, by: operation) else {
            return wentBack(operation, from: sight, to: "nothing")
        }
        guard isBound(operation, to: sight) else { return }
        sights[session] = Sight(
            stamp: deletion.stamp, node: operation.node, time: operation.endTime)
    }

    /// Whether what was seen must still be there: at the same node, which kept its store.
    private func isBound(_ operation: Operation, to sight: Sight) -> Bool {
        guard let node = operation.node, sight.node == node else { return false }
        return !situation.lostStore(node, from: sight.time, to: operation.endTime)
            && !timeline.forgot(sight.stamp, of: operation.keyText, at: node)
    }

    private mutating func wentBack(_ operation: Operation, from sight: Sight, to what: String) {
        guard isBound(operation, to: sight) else { return looseRegressions += 1 }
        anomalies.append(
            Anomaly(
                kind: .sessionBroken,
                explanation:
                    "process \(operation.process.rawValue) had seen version \(sight.stamp) of "
                    + "key \(operation.keyText) at \(operation.nodeText), which then answered \(what) at "
                    + "\(operation.endTime)",
                theme: .write(.init(key: operation.keyText, stamp: sight.stamp))))
    }
}

extension Value {
    /// The value as it stands in the nodes' traces.
    var storeText: String {
        if case .text(let text) = self { text } else { description }
    }
}

extension Operation {
    /// When it ended, or at least had begun.
    var endTime: Instant { returnTime ?? callTime }
    var keyText: String { key?.storeText ?? "" }
    fileprivate var nodeText: String { node?.description ?? "a node" }
    fileprivate var words: String {
        function == .delete
            ? "the deletion of key \(keyText), asked for at \(callTime),"
            : "\"\(input.storeText)\", written to key \(keyText) at \(callTime),"
    }
}
