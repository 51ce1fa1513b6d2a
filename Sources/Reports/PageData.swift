import Foundation
import HistoryModel
import Vocabulary

/// What the page's script draws from, as one block of JSON.
struct PageData: Encodable {
    struct Fault: Encodable {
        var id: Int
        var kind: String
        var summary: String
        var start: Int
        var end: Int?
    }

    struct Phase: Encodable {
        var name: String
        var start: Int
        var end: Int
    }

    struct Role: Encodable {
        var node: Int
        var role: String
        var term: Int?
        var start: Int
        var end: Int
    }

    struct Spread: Encodable {
        var node: Int
        /// See ``SpreadFigures/Row``; the bins divide the whole axis.
        var stale: [Int]
    }

    struct Mark: Encodable {
        var label: String
        var index: Int
    }

    /// Nanoseconds in a tick; 0 where the axis counts events.
    var tick: Int
    /// Nanoseconds from the run's zero to the axis' zero.
    var origin: Int
    var length: Int
    var operations: OperationColumns
    var faults: [Fault]
    var phases: [Phase]
    var roles: [Role]
    var spread: [Spread]
    var marks: [Mark]

    init(_ figures: RunFigures, axis: TimeAxis) {
        let record = figures.record
        let participants = figures.counterexamples.flatMap(\.counterexample.participants)
        tick = Int(axis.tick)
        origin = Int(axis.start.nanoseconds)
        length = axis.length
        marks = participants.map { Mark(label: $0.label, index: $0.call) }
        operations = OperationColumns(figures, axis: axis, marked: Set(participants.map(\.call)))
        guard axis.tick > 0 else {
            (faults, phases, roles, spread) = ([], [], [], [])
            return
        }
        faults = record.faults.map { fault in
            Fault(
                id: fault.id, kind: fault.kind, summary: fault.summary,
                start: axis.ticks(fault.start), end: fault.end.map(axis.ticks))
        }
        phases = record.phases.map { phase in
            Phase(
                name: phase.name, start: axis.ticks(phase.start),
                end: axis.ticks(phase.end ?? axis.end))
        }
        spread = figures.spread.rows.map { Spread(node: $0.node.rawValue, stale: $0.stale) }
        roles = figures.roles.map { span in
            Role(
                node: span.node.rawValue, role: span.role, term: span.term,
                start: axis.ticks(span.start), end: axis.ticks(span.end))
        }
    }

    /// The data as JSON that is safe inside a script element.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(self), as: UTF8.self)
        // Neither `</script>` nor `<!--` may end or change the element; `<` stands in strings only.
        return text.replacing("<", with: "\\u003c")
    }
}
