import ClusterControl
import Foundation

/// The harness as its users run it: a process with arguments, output and an exit code.
struct HarnessProcess {
    /// What a finished process left behind.
    struct Result {
        var status: Int32
        var output: String
        var messages: String
    }

    private let process = Process()
    private let output: URL
    private let messages: URL
    /// A folder of its own, which is also where the process runs.
    let folder: URL

    init(
        _ arguments: [String], program: String? = nil, environment: [String: String] = [:],
        input: Data? = nil, output outputFile: String? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "harness-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        output = folder.appending(path: "output")
        messages = folder.appending(path: "messages")
        for file in [output, messages] { try Data().write(to: file) }
        process.executableURL = URL(filePath: try program ?? ProgramSearch.find("harness"))
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let workloads = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "workloads")
        process.environment = ["HARNESS_WORKLOADS": workloads.path, "PATH": "/usr/bin:/bin"]
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        if let input {
            let file = folder.appending(path: "input")
            try input.write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        }
        process.standardOutput = try FileHandle(
            forWritingTo: outputFile.map { URL(filePath: $0) } ?? output)
        process.standardError = try FileHandle(forWritingTo: messages)
    }

    /// Runs a command to its end.
    static func run(
        _ arguments: String..., program: String? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        let harness = try HarnessProcess(arguments, program: program, environment: environment)
        defer { harness.remove() }
        try harness.start()
        return try harness.wait()
    }

    func start() throws { try process.run() }

    func wait() throws -> Result {
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            messages: try String(contentsOf: messages, encoding: .utf8))
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// The only run in the folder.
    func run() throws -> URL {
        let reports = folder.appending(path: "reports")
        let runs = try FileManager.default.contentsOfDirectory(atPath: reports.path)
        return reports.appending(path: runs.first ?? "none")
    }

    /// The node processes whose folder is below this one's, whatever state they are in.
    func nodeProcesses() throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
            guard let number = Int32(name),
                let command = try? String(
                    contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8),
                ["raft-node", "gossip-node"].contains(where: command.contains),
                command.contains(folder.lastPathComponent)
            else { return nil }
            return number
        }
    }

    /// The node processes by the nodes' numbers.
    func nodeProcessesByNumber() throws -> [Int: Int32] {
        let found = try nodeProcesses().compactMap { process -> (Int, Int32)? in
            let words = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
                .split(separator: "\0")
            guard let words, let place = words.firstIndex(of: "--id"), place + 1 < words.count,
                let number = Int(words[place + 1])
            else { return nil }
            return (number, process)
        }
        return Dictionary(found) { $1 }
    }

    /// Waits until all nodes have noted something; returns the folder of the run.
    func running(nodes: Int) async throws -> URL {
        _ = try await waitUntil(seconds: 30) {
            guard let run = try? run() else { return false }
            return (1...nodes).allSatisfy { node in
                let trace = run.appending(path: "nodes/n\(node)/trace.jsonl").path
                return FileManager.default.fileExists(atPath: trace)
            }
        }
        return try run()
    }

    /// What a node has said to people.
    func log(of node: Int, in run: URL) throws -> String {
        try String(
            contentsOf: run.appending(path: "nodes/n\(node)/log"), encoding: .utf8)
    }

    /// Waits until something is true; false if it took too long.
    func waitUntil(seconds: Int, _ isTrue: () throws -> Bool) async throws -> Bool {
        for _ in 0..<(seconds * 20) {
            if try isTrue() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
