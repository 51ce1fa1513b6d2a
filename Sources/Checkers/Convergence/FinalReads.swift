import HistoryModel
import Vocabulary

/// What the nodes answered when, after everything was healed, all of them were asked for every key.
struct FinalReads {
    private(set) var anomalies: [Anomaly] = []
    /// How many keys at least two nodes answered for; what is read without a key counts as one.
    private(set) var keyCount = 0
    /// Living nodes that did not answer for every key.
    private(set) var silent: [NodeID] = []
    /// What all nodes that answered for a key answered alike.
    private(set) var agreed: [(key: String, value: Value)] = []
    /// From when on answers count.
    let start: Instant

    /// - Parameters:
    ///   - operations: What the clients did.
    ///   - start: From when on all must agree.
    ///   - alive: The nodes that live at the end, in order.
    ///   - keys: What was written.
    init(
        _ operations: [Operation], from start: Instant, alive: [NodeID], keys: [String]
    ) {
        self.start = start
        // All answers, by key and node; the empty key stands for the store as a whole.
        var answers: [String: [NodeID: [Answer]]] = [:]
        for operation in operations
        where operation.function == .read && operation.outcome == .ok
            && operation.callTime >= start
        {
            guard let node = operation.node, let time = operation.returnTime else { continue }
            answers[operation.key?.storeText ?? "", default: [:]][node, default: []].append(
                Answer(node: node, value: operation.output, time: time))
        }
        keyCount = answers.count { $0.value.count > 1 }
        for (key, byNode) in answers.sorted(by: { $0.key < $1.key }) {
            compare(key, byNode.sorted { $0.key < $1.key }.flatMap(\.value))
        }
        let expected = answers[""] == nil ? keys : [""]
        silent = alive.filter { node in
            !expected.allSatisfy { answers[$0]?[node] != nil }
        }
    }

    private struct Answer {
        var node: NodeID
        var value: Value
        var time: Instant
    }

    private mutating func compare(_ key: String, _ answers: [Answer]) {
        guard let first = answers.first else { return }
        guard answers.contains(where: { $0.value != first.value }) else {
            return agreed.append((key, first.value))
        }
        let values = Set(answers.map(\.value)).sorted().map { value in
            let nodes = Set(answers.filter { $0.value == value }.map(\.node)).sorted()
            return "\(nodes.names) answered \(value)"
        }
        let times = answers.map(\.time)
        anomalies.append(
            Anomaly(
                kind: .divergence,
                explanation: (key.isEmpty ? "" : "key \(key): ") + values.joined(separator: ", ")
                    + " between \(times.min() ?? .zero) and \(times.max() ?? .zero), with nothing "
                    + "between them",
                theme: key.isEmpty ? nil : .key(key), needsEnd: true))
    }
}
