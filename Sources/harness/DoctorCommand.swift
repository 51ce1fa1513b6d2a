internal import Files
internal import ArgumentParser
internal import ClusterControl
internal import FaultProxy
internal import Foundation
internal import HistoryStore
internal import Workloads

/// `harness doctor`: whether this machine is fit for real runs.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks that this machine can do what real runs need.",
        discussion: """
            Starts a small cluster of each bundled store for two seconds, so it takes some seconds. No \
            rights beyond those of an ordinary user are needed.
            Exits with 0 if this machine is fit, with 70 if something is missing.
            """)

    @Option(help: "The folder for runs.")
    var reports = "reports"

    func run() async throws {
        let folder = Examination("folder for runs", folder())
        var examinations = [
            Examination("Raft node program", program("raft-node")),
            Examination("gossip node program", program("gossip-node")),
            Examination("guardian program", program("harness-guardian")),
            Examination("loopback and proxy", await hop()),
            Examination("open files", descriptors()),
            folder,
        ]
        // In a folder that can't be written there is nothing to measure.
        if folder.passed { examinations.append(Examination("fsync", fsyncTime())) }
        examinations += [
            Examination("processes", processes()),
            Examination("SQLite", .success("version \(RunReader.libraryVersion)")),
            Examination(
                "cores", .success(String(ProcessInfo.processInfo.activeProcessorCount))),
            Examination("Raft cluster", await trial("raft", .register)),
            Examination("gossip cluster", await trial("gossip", .gossipKV)),
        ]
        for examination in examinations { StandardOutput.print(examination.line) }
        let failed = examinations.count { !$0.passed }
        guard failed == 0 else {
            StandardOutput.print(
                "\nThis machine is not fit yet. Mend what FAIL stands before "
                    + "(\(failed) of \(examinations.count)), then try again: "
                    + "\(Invocation.word) doctor")
            throw ExitCode.harnessFailure
        }
        StandardOutput.print(
            "\nThis machine is fit. Try: \(Invocation.word) check --workload register")
    }

    private struct Examination {
        var name: String
        var result: Result<String, Complaint>

        init(_ name: String, _ result: Result<String, Complaint>) {
            self.name = name
            self.result = result
        }

        var passed: Bool {
            if case .success = result { return true }
            return false
        }

        var line: String {
            let padded = name.padding(toLength: 20, withPad: " ", startingAt: 0)
            switch result {
            case .success(let text): return "ok    \(padded)\(text)"
            case .failure(let complaint): return "FAIL  \(padded)\(complaint.text)"
            }
        }
    }

    private struct Complaint: Error {
        var text: String

        init(_ error: any Error) { text = FileProblem.words(error) }
        init(_ text: String) { self.text = text }
    }

    private func program(_ name: String) -> Result<String, Complaint> {
        Result { try ProgramSearch.find(name) }.mapError(Complaint.init)
    }

    /// Without the kernel's view of processes no pause is proven and no leak is found.
    private func processes() -> Result<String, Complaint> {
        ProcessState.canLook
            ? .success("/proc tells of them")
            : .failure(
                Complaint("/proc does not tell of this process; mount it: mount -t proc proc /proc")
            )
    }

    private func trial(_ system: String, _ kind: Workload) async -> Result<String, Complaint> {
        do {
            return .success(try await ClusterTrial(system: system, kind: kind).carryOut())
        } catch { return .failure(Complaint(error)) }
    }

    private func hop() async -> Result<String, Complaint> {
        do {
            let latency = try await HopLatency.measure(roundTrips: 500)
            return .success(
                "a round trip takes \(latency.directMedian / 1_000) µs, "
                    + "through the proxy \(latency.proxiedMedian / 1_000) µs")
        } catch { return .failure(Complaint(error)) }
    }

    private func descriptors() -> Result<String, Complaint> {
        Result { "\(try DescriptorLimit.raise().descriptorsMax) allowed" }
            .mapError(Complaint.init)
    }

    private func folder() -> Result<String, Complaint> {
        Result {
            try FileManager.default.createDirectory(
                atPath: reports, withIntermediateDirectories: true)
            let probe = "\(reports)/.doctor"
            try Data("probe".utf8).write(to: URL(filePath: probe))
            try FileManager.default.removeItem(atPath: probe)
            return "\(reports) can be written"
        }.mapError { error in
            Complaint(
                "can't write to \(reports): \(FileProblem.words(error)); call the harness where you may "
                    + "write, or name another folder with --reports, here and for runs")
        }
    }

    private func fsyncTime() -> Result<String, Complaint> {
        Result {
            let path = "\(reports)/.doctor"
            try Data().write(to: URL(filePath: path))
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let clock = SuspendingClock()
            let elapsed = try clock.measure {
                for _ in 0..<20 {
                    try file.write(contentsOf: Data("x".utf8))
                    try file.synchronize()
                }
            }
            try file.close()
            return "\((elapsed / 20).formatted(.units(allowed: [.microseconds, .milliseconds])))"
        }.mapError(Complaint.init)
    }
}
