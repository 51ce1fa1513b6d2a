import HistoryModel
import Vocabulary

/// What the nodes answered when, after everything was healed, all of them were asked for every key.
struct FinalReads {
    private(set) var anomalies: [Anomaly] = []
    private(set) var keyCount = 0

    init(_ operations: [Operation], from start: Instant) {
        // The last answer of each node, by key.
        var answers: [Value: [NodeID: (value: Value, time: Instant)]] = [:]
        for operation in operations
        where operation.function == .read && operation.outcome == .ok
            && operation.callTime >= start
        {
            guard let node = operation.node, let time = operation.returnTime else { continue }
            answers[operation.key ?? .null, default: [:]][node] = (operation.output, time)
        }
        keyCount = answers.count
        for (key, byNode) in answers.sorted(by: { $0.key < $1.key }) {
            compare(key, byNode.sorted { $0.key < $1.key })
        }
    }

    private mutating func compare(
        _ key: Value, _ answers: [(key: NodeID, value: (value: Value, time: Instant))]
    ) {
        guard let first = answers.first,
            answers.contains(where: { $0.value.value != first.value.value })
        else { return }
        let values = Set(answers.map(\.value.value)).sorted().map { value in
            let nodes = answers.filter { $0.value.value == value }.map(\.key)
            return "\(nodes.names) answered \(value)"
        }
        let times = answers.map(\.value.time)
        anomalies.append(
            Anomaly(
                kind: .divergence,
                story: "key \(key.storeText): " + values.joined(separator: ", ") + " between "
                    + "\(times.min() ?? .zero) and \(times.max() ?? .zero), with nothing between them",
                theme: .key(key.storeText)))
    }
}
