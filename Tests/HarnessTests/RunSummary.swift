import Foundation

/// What `--format json` says of a run, as far as tests ask.
struct RunSummary: Decodable {
    struct Fault: Decodable {
        var proven_applied: Bool
    }

    var verdict: String
    var complete: Bool
    var reasons: [String]
    var faults: [Fault]

    init(json: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }

    /// Whether the summary for people counts the same faults; it may leave out that there were none.
    func agreesOnFaults(with text: String) -> Bool {
        let proven = faults.count(where: \.proven_applied)
        let line = text.split(separator: "\n").first { $0.contains(" injected, ") }
        return line?.contains("\(faults.count) injected, \(proven) proven") ?? faults.isEmpty
    }
}
