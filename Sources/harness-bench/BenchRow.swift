internal import Foundation

/// One figure beside what is wanted of it.
struct BenchRow {
    enum Direction { case atLeast, atMost }

    var name: String
    var measured: Double
    var wanted: Double
    var unit: String
    var direction: Direction
    var note = ""

    /// How far the figure lies on the good side; 1 is just enough.
    var ratio: Double {
        switch direction {
        case .atLeast: measured / wanted
        case .atMost: wanted / max(measured, 1e-9)
        }
    }

    /// Of the same rows, measured several times, the best of each.
    static func best(of tables: [[BenchRow]]) -> [BenchRow] {
        guard let first = tables.first else { return [] }
        return first.indices.compactMap { place in
            tables.map { $0[place] }.max { $0.ratio < $1.ratio }
        }
    }

    /// All rows, aligned.
    static func table(_ rows: [BenchRow]) -> String {
        var lines = [["what", "measured", "wanted", "ratio", ""]]
        for row in rows {
            let sign = row.direction == .atLeast ? "≥" : "≤"
            lines.append([
                row.name, "\(figure(row.measured)) \(row.unit)",
                "\(sign) \(figure(row.wanted)) \(row.unit)", String(format: "%.2f", row.ratio),
                row.note,
            ])
        }
        return aligned(lines)
    }

    /// Lines of equally many cells as columns.
    static func aligned(_ lines: [[String]]) -> String {
        let columns = lines.first?.indices ?? 0..<0
        let widths = columns.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            zip(line, widths).map { text, width in
                text + String(repeating: " ", count: width - text.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func figure(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String(format: "%.1f", value)
    }
}
