internal import ArgumentParser
internal import HistoryModel

extension ExitCode {
    /// The harness itself failed: nothing was learnt about the system.
    static let harnessFailure = ExitCode(70)

    /// What a command that judges exits with.
    init(_ verdict: Verdict) {
        switch verdict {
        case .valid: self = .success
        case .invalid: self = ExitCode(1)
        case .unknown: self = ExitCode(2)
        }
    }
}
