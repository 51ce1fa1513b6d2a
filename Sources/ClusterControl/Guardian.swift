import Subprocess
import SystemPackage

/// The process that ends all nodes when the harness is gone, and whose group they live in.
struct Guardian {
    /// The name of its program.
    static let program = "harness-guardian"

    let path: String
    let lifeline: Lifeline

    init(path: String) throws {
        self.path = path
        lifeline = try Lifeline()
    }

    /// Runs the guardian to its end; `started` is given its process, which is also its group.
    func run(started: @Sendable (Int32) -> Void) async throws -> ExitStatus {
        var options = PlatformOptions()
        // A group of its own: nodes do not get the terminal's Ctrl-C.
        options.processGroupID = 0
        // If the harness gives up, all of the group ends with the guardian.
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)), platformOptions: options,
                input: .fileDescriptor(lifeline.far, closeAfterSpawningProcess: true),
                output: .discarded, error: .discarded
            ) { execution in
                started(execution.processIdentifier.value)
            }
            return ExitStatus(result.terminationStatus)
        } catch let error as SubprocessError {
            throw ClusterError.cannotSpawn(command: path, reason: "\(error)")
        }
    }
}
