import HistoryModel
import Vocabulary

/// Up to which version each node last said that it has all of each writer's writes.
///
/// Others believe it, and never send what lies below: a write that the node lacks there is lost to it
/// for good.
struct CompletenessClaims {
    private struct Origin: Hashable {
        var writer: NodeID
        var generation: Int
    }

    private var claims: [NodeID: [Origin: Int]] = [:]

    /// Reads the events named `complete`, whose details are writers with versions: `n1 45 n3/2 17`.
    init(_ traces: TraceList) {
        for event in traces {
            switch event.name {
            case "started": claims[event.node] = nil
            case "complete": claims[event.node] = event.detail.map(Self.versions)
            default: break
            }
        }
    }

    private static func versions(_ detail: String) -> [Origin: Int] {
        let words = detail.split(separator: " ")
        var versions: [Origin: Int] = [:]
        for (name, version) in zip(words, words.dropFirst()) {
            guard let (writer, generation) = StoreTrace.writer(name.utf8),
                let version = Int(version)
            else { continue }
            versions[Origin(writer: writer, generation: generation)] = version
        }
        return versions
    }

    /// The version up to which a node takes itself for complete, if the write lies below.
    func claim(of node: NodeID, over stamp: WriteVersion) -> Int? {
        let version = claims[node]?[Origin(writer: stamp.writer, generation: stamp.generation)] ?? 0
        return version >= stamp.version ? version : nil
    }
}
