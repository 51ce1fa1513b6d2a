internal import Files
internal import ArgumentParser
internal import Exploration
internal import Simulator

/// What happens to errors that no verdict stands for.
enum HarnessFailure {
    /// Runs a command's work; what goes wrong in it is told, and exits with 70, or with 64 if the
    /// command asked for what can't be.
    static func caught(
        _ printer: ProgressPrinter, _ work: () async throws -> Void
    ) async throws {
        do {
            try await work()
        } catch let error as ExitCode {
            throw error
        } catch let error as SimulationError {
            throw ValidationError(error.description)
        } catch let error as OtherViolation {
            throw ValidationError(error.description)
        } catch let error as ValidationError {
            throw error
        } catch {
            printer.say("the harness failed: \(FileProblem.words(error))")
            throw ExitCode.harnessFailure
        }
    }
}
