import GossipCore
import Vocabulary

/// Watches a whole cluster for broken promises.
struct ConvergenceMonitor {
    private(set) var violations: [String] = []
    private(set) var collectedCount = 0
    private(set) var deliveredCount = 0
    var acknowledgedCount = 0
    var messageCount = 0
    /// What was acknowledged of each key, the greatest stamp.
    private(set) var greatest: [String: (stamp: Stamp, value: String?)] = [:]
    /// Every write that was ever made, by key and stamp.
    private var written: [String: [Stamp: String?]] = [:]
    private var held: [NodeID: [String: Stamp]] = [:]

    mutating func acknowledged(_ key: String, _ value: String?, _ stamp: Stamp) {
        acknowledgedCount += 1
        if written[key]?[stamp] != .some(value) {
            report("\(value ?? "delete") of \(key) was acknowledged as \(stamp), and is not that")
        }
        if let known = greatest[key], stamp <= known.stamp { return }
        greatest[key] = (stamp, value)
    }

    mutating func note(_ event: GossipTraceEvent, of node: GossipCore) {
        switch event {
        case .started: held[node.id] = [:]
        case .written(let entry, _):
            if written[entry.key]?[entry.stamp] != nil {
                report("a stamp given twice: \(entry.stamp) of \(entry.key)")
            }
            written[entry.key, default: [:]][entry.stamp] = entry.value
            hold(entry.key, entry.stamp, at: node.id)
        case .applied(let key, let stamp, _, _, _):
            deliveredCount += 1
            if written[key]?[stamp] == nil { report("phantom: \(stamp) of \(key) at \(node.id)") }
            hold(key, stamp, at: node.id)
        case .collected(let key, _):
            collectedCount += 1
            held[node.id]?[key] = nil
        default: break
        }
    }

    private mutating func hold(_ key: String, _ stamp: Stamp, at node: NodeID) {
        if let old = held[node]?[key], old >= stamp {
            report("version of \(key) at \(node) fell from \(old) to \(stamp)")
        }
        held[node, default: [:]][key] = stamp
    }

    /// At the end, with all faults healed, every node holds of every key the greatest write.
    mutating func checkEnd(_ nodes: [GossipCore]) {
        for node in nodes {
            for (key, latest) in greatest.sorted(by: { $0.key < $1.key }) {
                let entry = node.entry(of: key)
                if let entry, entry.stamp > latest.stamp { continue }
                if entry?.value != latest.value {
                    report(
                        "\(node.id) holds \(entry?.value ?? "nothing") of \(key), not "
                            + "\(latest.value ?? "nothing") of \(latest.stamp)")
                }
            }
        }
        for node in nodes where node.stateHash != nodes[0].stateHash {
            report("\(node.id) differs from \(nodes[0].id)")
        }
    }

    mutating func report(_ violation: String) { violations.append(violation) }
}
