internal import Checkers
internal import HistoryModel

extension Workload {
    /// Writes, deletes and reads of keys at any node: convergence.
    public static let gossipKV = converging(
        "gossip-kv", summary: "read, write, delete of keys at any node: all agree in the end",
        object: .keyValue, functions: [.read, .write, .delete], also: nil
    ) { settings in
        Load(
            weights: [
                (.read, settings.read), (.write, settings.write), (.delete, settings.delete),
            ], generator: KeyValueOperations(settings))
    }
}
