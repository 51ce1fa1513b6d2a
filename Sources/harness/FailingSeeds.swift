internal import Files
internal import Exploration
internal import Foundation
internal import Synchronization
internal import WorkloadFiles

/// Keeps and tells each failing seed of an exploration the moment that it is found.
final class FailingSeeds: Sendable {
    /// How many seeds are written down at most; all of them are in explore.json.
    static let scenariosMax = 1_000
    /// How many seeds get a line of their own at most.
    static let linesMax = 300

    private let folder: String
    private let drawing: ScenarioDrawing
    private let printer: ProgressPrinter
    private let count = Mutex(0)

    init(folder: String, drawing: ScenarioDrawing, printer: ProgressPrinter) {
        self.folder = folder
        self.drawing = drawing
        self.printer = printer
    }

    /// Whether there were more seeds than are written down.
    var isCapped: Bool { count.withLock { $0 > Self.scenariosMax } }

    /// Writes the seed's scenario and prints a line.
    func keep(_ outcome: SeedOutcome) throws {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let kinds = outcome.violations.joined(separator: ", ")
        var line = "seed \(outcome.seed): \(kinds)"
        if number <= Self.scenariosMax {
            let path = "\(folder)/seed-\(outcome.seed).yaml"
            try WholeFile.write(WorkloadFile.render(drawing.scenario(seed: outcome.seed)), to: path)
            line += " · \(path)"
        }
        if number <= Self.linesMax { printer.say(line) }
        if number == Self.linesMax + 1 {
            printer.say(
                "further failing seeds are counted, and written down up to "
                    + "\(Self.scenariosMax)")
        }
    }
}
