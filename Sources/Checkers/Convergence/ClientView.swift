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

    /// What a session has seen of a key.
    private struct Sight {
        var stamp: WriteStamp
        var node: NodeID?
    }

    private struct SessionKey: Hashable {
        var process: ProcessID
        var key: Int
    }

    private let timeline: StoreTimeline
    private let situation: RunSituation
    /// The stamps of a key's values.
    private var stamps: [[String: WriteStamp]] = []
    /// A key's deletions in the order of time.
    private var deletions: [[StoreTimeline.Update]] = []
    private var sights: [SessionKey: Sight] = [:]

    init(
        _ operations: [Operation], _ timeline: StoreTimeline, _ situation: RunSituation
    ) {
        self.timeline = timeline
        self.situation = situation
        stamps = timeline.keys.map { key in
            var stamps: [String: WriteStamp] = [:]
            for update in key.updates {
                if let value = update.value { stamps[value] = update.stamp }
            }
            return stamps
        }
        deletions = timeline.keys.map { key in
            key.updates.filter { $0.value == nil }.sorted { $0.time < $1.time }
        }
        var asked: [String: Set<String>] = [:]
        for operation in operations where operation.function == .write {
            asked[operation.keyText, default: []].insert(operation.input.storeText)
        }
        for operation in operations where operation.outcome == .ok {
            switch operation.function {
            case .write: acknowledged(operation, value: operation.input.storeText)
            case .delete: acknowledged(operation, value: nil)
            // What a set or a counter of many keys comes to is for other checkers.
            case .add: acknowledgedCount += 1
            case .read where operation.key != nil:
                read(operation, asked: asked[operation.keyText] ?? [])
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
                    story: "\(operation.words) was acknowledged by \(operation.nodeText), which "
                        + "never stored it", theme: .key(name)))
            return
        }
        let session = SessionKey(process: operation.process, key: place)
        if let sight = sights[session], candidates.allSatisfy({ $0.stamp < sight.stamp }) {
            anomalies.append(
                Anomaly(
                    kind: .lostUpdate,
                    story: "\(operation.words) got version \(least), below version "
                        + "\(sight.stamp) that its client had seen: it could never win",
                    theme: .write(.init(key: name, stamp: least))))
        }
        sights[session] = Sight(stamp: least, node: operation.node)
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
        return deletions[place][first...]
            .prefix { $0.time <= operation.returnTime ?? .distantFuture }
            .filter { $0.node == operation.node }
    }

    /// What became of an acknowledged write.
    private enum Fate {
        case kept
        case goneWithNode
        case lost
    }

    private func fate(of update: StoreTimeline.Update, _ key: StoreTimeline.Key) -> Fate {
        // A deletion that was forgotten, or what it deleted: it had its effect.
        if key.collected.keys.contains(where: { $0 >= update.stamp }) { return .kept }
        let holders = holders(of: update, key)
        if holders.contains(where: situation.isAlive) { return .kept }
        if !holders.contains(where: { $0 != update.node }),
            !situation.isAlive(update.node) || timeline.wiped.contains(update.node)
        {
            return .goneWithNode
        }
        return .lost
    }

    /// The nodes that held a write, or what took its place.
    private func holders(
        of update: StoreTimeline.Update, _ key: StoreTimeline.Key
    ) -> [NodeID] {
        timeline.nodes.indices.filter { key.covered(update.stamp, at: $0) != nil }
            .map { timeline.nodes[$0] }
    }

    private mutating func lost(
        _ operation: Operation, _ update: StoreTimeline.Update, _ key: StoreTimeline.Key
    ) {
        anomalies.append(
            Anomaly(
                kind: .lostUpdate,
                story: "\(operation.words), acknowledged by \(operation.nodeText), is held by no "
                    + "living node, and nothing took its place; held once by "
                    + holders(of: update, key).names,
                subject: .init(key: key.name, stamp: update.stamp)))
    }

    // MARK: - Reads

    private mutating func read(_ operation: Operation, asked: Set<String>) {
        let name = operation.keyText
        let value = operation.output == .null ? nil : operation.output.storeText
        if let value, !asked.contains(value) {
            anomalies.append(
                Anomaly(
                    kind: .phantom,
                    story: "\(operation.nodeText) answered \"\(value)\" for key \(name) at "
                        + "\(operation.returnTime ?? operation.callTime), which no client wrote",
                    theme: .key(name)))
            return
        }
        guard let place = timeline.place(of: name) else { return }
        let session = SessionKey(process: operation.process, key: place)
        guard let value else { return readNothing(operation, place, session) }
        guard let stamp = stamps[place][value] else { return }
        if let sight = sights[session], sight.stamp > stamp {
            wentBack(operation, from: sight, to: "version \(stamp)")
        } else {
            sights[session] = Sight(stamp: stamp, node: operation.node)
        }
    }

    /// Nothing may be read after something only if there is a later delete.
    private mutating func readNothing(
        _ operation: Operation, _ place: Int, _ session: SessionKey
    ) {
        guard let sight = sights[session] else { return }
        let key = timeline.keys[place]
        let wasDeleted = key.updates.contains { $0.value == nil && $0.stamp >= sight.stamp }
        if !wasDeleted { wentBack(operation, from: sight, to: "nothing") }
    }

    private mutating func wentBack(_ operation: Operation, from sight: Sight, to what: String) {
        guard let node = operation.node, sight.node == node, !timeline.wiped.contains(node),
            !timeline.forgot(sight.stamp, of: operation.keyText, at: node)
        else {
            looseRegressions += 1
            return
        }
        anomalies.append(
            Anomaly(
                kind: .sessionBroken,
                story: "process \(operation.process.rawValue) had seen version \(sight.stamp) of "
                    + "key \(operation.keyText) at \(node), which then answered \(what) at "
                    + "\(operation.returnTime ?? operation.callTime)",
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
    fileprivate var keyText: String { key?.storeText ?? "" }
    fileprivate var nodeText: String { node?.description ?? "a node" }
    fileprivate var words: String {
        function == .delete
            ? "the deletion of key \(keyText) at \(callTime)"
            : "\"\(input.storeText)\", written to key \(keyText) at \(callTime),"
    }
}
