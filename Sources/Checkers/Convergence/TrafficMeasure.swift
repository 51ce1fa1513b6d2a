import HistoryModel
import Vocabulary

/// What the nodes say of their traffic, added up over their lives.
struct TrafficMeasure {
    private(set) var messages = 0
    private(set) var bytes = 0
    private(set) var entries = 0
    private(set) var needless = 0
    private(set) var refused = 0

    init(_ traces: TraceList) {
        // A node counts from its start: the last count before each start is what that life sent.
        var last: [Int: [String: Int]] = [:]
        for event in traces {
            if event.name == "traffic", let detail = event.detail {
                last[event.node.rawValue] = Self.numbers(detail)
            } else if event.name == "started" {
                add(last.removeValue(forKey: event.node.rawValue))
            }
        }
        for node in last.keys.sorted() { add(last[node]) }
    }

    private mutating func add(_ numbers: [String: Int]?) {
        messages &+= numbers?["messages"] ?? 0
        bytes &+= numbers?["bytes"] ?? 0
        entries &+= numbers?["entries"] ?? 0
        needless &+= numbers?["needless"] ?? 0
        refused &+= numbers?["refused"] ?? 0
    }

    /// Reads names and numbers that follow each other.
    private static func numbers(_ text: String) -> [String: Int] {
        var numbers: [String: Int] = [:]
        var name: Substring?
        for word in text.split(separator: " ") {
            if let known = name {
                numbers[String(known)] = Int(word)
                name = nil
            } else {
                name = word
            }
        }
        return numbers
    }
}
