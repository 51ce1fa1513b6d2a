public import Foundation

/// The folder that one run leaves behind.
public struct RunFolder: Hashable, Sendable {
    /// The run's name, which is the folder's.
    public let id: String
    /// The folder itself.
    public let path: String

    /// The run file.
    public var database: String { path + "/run.sqlite" }
    /// The report.
    public var report: String { path + "/report.html" }
    /// Where the nodes keep their data, logs and traces: an absolute path, since the nodes run in
    /// folders of their own.
    public var nodes: String { URL(filePath: path).path + "/nodes" }

    /// Creates a folder of its own for a run that begins now.
    ///
    /// - Parameters:
    ///   - reports: The folder for all runs; created if it is not there.
    ///   - workload: The workload's name, which the run's name begins with.
    ///   - startedAt: The time of the start.
    /// - Throws: ``RunError/folder(path:reason:)``.
    public init(
        creatingIn reports: String, workload: String, startedAt: Date
    ) throws(RunError) {
        let stamp = Self.stamp(startedAt)
        var candidate = "\(workload)-\(stamp)"
        var number = 2
        while FileManager.default.fileExists(atPath: "\(reports)/\(candidate)") {
            candidate = "\(workload)-\(stamp)-\(number)"
            number += 1
        }
        id = candidate
        path = "\(reports)/\(candidate)"
        do {
            try FileManager.default.createDirectory(
                atPath: nodes, withIntermediateDirectories: true)
        } catch {
            throw .folder(path: path, reason: error.localizedDescription)
        }
    }

    private static func stamp(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: date)
        func padded(_ number: Int?, _ width: Int = 2) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return padded(parts.year, 4) + padded(parts.month) + padded(parts.day) + "-"
            + padded(parts.hour) + padded(parts.minute) + padded(parts.second)
    }
}
