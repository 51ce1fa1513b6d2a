import HistoryModel
import Vocabulary

extension PageModel {
    static func facts(_ figures: RunFigures) -> [Fact] {
        var facts: [Fact] = []
        if let metadata = figures.record.metadata {
            let system = metadata.nodes > 0 ? Display.count(metadata.nodes, "node") : nil
            let isReal = metadata.world == "real"
            facts = [
                Fact(name: "Workload", value: metadata.workload),
                Fact(name: "System", value: metadata.system, note: system),
                Fact(
                    name: "Defects",
                    value: metadata.defects.isEmpty
                        ? "none" : metadata.defects.joined(separator: ", "),
                    note: metadata.defects.isEmpty ? nil : "switched on"),
                Fact(name: "Seed", value: String(metadata.seed)),
                Fact(
                    name: "World", value: metadata.world,
                    note: isReal ? "processes, sockets, disks" : nil),
                Fact(
                    name: "Started",
                    value: metadata.startedAt.replacing("T", with: " ").replacing("Z", with: ""),
                    note: metadata.startedAt.hasSuffix("Z") ? "UTC" : nil),
            ]
        }
        if let hash = figures.record.metadata?.traceHash {
            facts.append(Fact(name: "Trace hash", value: hash, note: "equal in every repetition"))
        }
        if figures.isTimed {
            facts.append(
                Fact(name: "Duration", value: Display.length(figures.end - figures.start)))
        }
        return facts
    }
}
