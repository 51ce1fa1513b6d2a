internal import Files
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

    /// The scenario as a workload file, for a simulated run.
    public var scenario: String { path + "/scenario.yaml" }

    /// Creates a folder of its own for a run that begins now.
    ///
    /// - Parameters:
    ///   - reports: The folder for all runs; created if it is not there.
    ///   - workload: The workload's name, which the run's name begins with.
    ///   - startedAt: The time of the start.
    ///   - hasNodes: Whether there are processes that need folders, too.
    ///   - isStamped: Whether the time of the start is part of its name.
    /// - Throws: ``RunError/folder(path:reason:)``.
    public init(
        creatingIn reports: String, workload: String, startedAt: Date, hasNodes: Bool = true,
        isStamped: Bool = true
    ) throws(RunError) {
        let name = isStamped ? "\(workload)-\(Self.stamp(startedAt))" : workload
        do {
            try FileManager.default.createDirectory(
                atPath: reports, withIntermediateDirectories: true)
            id = try Self.claim(name, in: reports)
            path = "\(reports)/\(id)"
            if hasNodes {
                try FileManager.default.createDirectory(
                    atPath: nodes, withIntermediateDirectories: false)
            }
        } catch {
            throw .folder(path: "\(reports)/\(name)", reason: FileProblem.words(error))
        }
    }

    /// Creates a folder under this name, or with a number behind it if others came first.
    ///
    /// Runs that begin in the same second must not share one, so making it is the test.
    private static func claim(_ name: String, in reports: String) throws -> String {
        for number in 1... {
            let candidate = number == 1 ? name : "\(name)-\(number)"
            let path = "\(reports)/\(candidate)"
            do {
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: false)
                return candidate
            } catch {
                guard FileManager.default.fileExists(atPath: path) else { throw error }
            }
        }
        return name
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
