internal import Foundation
internal import HistoryModel
internal import WorkloadFiles

/// A history that something else recorded.
enum HistoryFile {
    /// The models that a history can be judged by, each with the value it begins with.
    static let models: [(name: String, initial: Value)] = [("cas-register", .null)]

    /// Reads the file at `path`, in whichever of the known formats it is.
    ///
    /// - Throws: ``UnknownName`` for a model that nobody knows, `HistoryFormatError` with line and
    ///   column for a file that makes no sense.
    static func read(_ path: String, model: String) throws -> History {
        guard models.contains(where: { $0.name == model }) else {
            throw UnknownName(what: "model", name: model, known: models.map(\.name))
        }
        let data = try Data(contentsOf: URL(filePath: path))
        return try DecodedHistory(Array(data)).history
    }
}
