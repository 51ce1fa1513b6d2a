import HistoryModel
import Vocabulary

/// How many writes each node sent to each other, as the senders noted it; or, if they did not, how many each
/// took from each other.
struct PropagationMatrix {
    /// One cell of the picture, a square of ten units.
    struct Cell {
        var x: Int
        var y: Int
        /// From 0 to 1, by the square root of the count.
        var shade: String
        var title: String
    }

    /// A node's name beside its row or above its column.
    struct Label {
        var place: Int
        var name: String
    }

    /// What the writes that are counted are: a clause that follows the word "writes".
    let counted: String
    private(set) var cells: [Cell] = []
    private(set) var labels: [Label] = []
    /// The width and the height of the picture, names included.
    private(set) var width = 0
    private(set) var height = 0

    /// More nodes than this make squares that nobody can tell apart.
    private static var nodesMax: Int { 40 }

    /// Counts; nil if no node noted what it sent or took.
    init?(_ traces: TraceList) {
        var counts = Self.counts(traces) { note, node in
            note.kind == .told ? note.other.map { ("\(node)", String($0)) } : nil
        }
        counted = counts.isEmpty ? "that the receiver took and had not" : "sent"
        if counts.isEmpty {
            counts = Self.counts(traces) { note, node in
                note.kind == .applied ? note.other.map { (String($0), "\(node)") } : nil
            }
        }
        let nodes = Set(traces.map(\.node)).filter { $0 != .harness }.sorted()
        let largest = counts.values.flatMap(\.values).max() ?? 0
        guard largest > 0, nodes.count <= Self.nodesMax else { return nil }
        width = nodes.count * 10 + 24
        height = nodes.count * 10 + 12
        for (row, sender) in nodes.enumerated() {
            labels.append(Label(place: row * 10 + 5, name: "\(sender)"))
            for (column, receiver) in nodes.enumerated() {
                let count = counts["\(sender)"]?["\(receiver)"] ?? 0
                guard count > 0 else { continue }
                cells.append(
                    Cell(
                        x: column * 10, y: row * 10,
                        shade: Display.decimal(
                            (Double(count) / Double(largest)).squareRoot(), places: 2),
                        title: "\(sender) to \(receiver): \(Display.count(count)) writes"))
            }
        }
    }

    /// How many notes there are of each pair of sender and receiver that is found in them.
    private static func counts(
        _ traces: TraceList, pair: (StoreNote, NodeID) -> (from: String, to: String)?
    ) -> [String: [String: Int]] {
        var counts: [String: [String: Int]] = [:]
        for trace in traces {
            guard let note = StoreNote(trace), let pair = pair(note, trace.node) else { continue }
            counts[pair.from, default: [:]][pair.to, default: 0] += 1
        }
        return counts
    }
}
