internal import Foundation
internal import HistoryModel
internal import Reports
internal import Runner
internal import Synchronization
internal import Vocabulary

/// Shows on standard error how far a run has come: one live line on a terminal, else plain lines
/// every few seconds.
final class ProgressPrinter: Sendable {
    private struct State {
        var lastLine = Instant(nanoseconds: -.max / 2)
        var lastOK = 0
        var lastTime = Instant.zero
        var rate = 0
        var lastPlain = ContinuousClock.now
    }

    private let isTerminal: Bool
    private let state = Mutex(State())

    init() {
        isTerminal = Terminal.canMove(STDERR_FILENO)
    }

    /// Shows a line in place of the last one; without a terminal, at most every five seconds.
    func show(_ line: String) {
        state.withLock { state in
            if isTerminal {
                // A line that wraps could not be written over.
                write("\r\u{1B}[2K" + TerminalText.escaped(line).prefix(Self.columns - 1))
            } else if ContinuousClock.now - state.lastPlain >= .seconds(5) {
                state.lastPlain = .now
                write(line + "\n")
            }
        }
    }

    /// Takes a new reading.
    func show(_ progress: RunProgress) {
        state.withLock { state in
            let elapsed = progress.now - state.lastTime
            if elapsed >= 1_000_000_000 {
                let done = progress.ok - state.lastOK
                state.rate = Int(Double(done) / (Double(elapsed) / 1e9))
                state.lastOK = progress.ok
                state.lastTime = progress.now
            }
            if isTerminal {
                // A line that wraps could not be written over.
                let text = TerminalText.escaped(line(progress, rate: state.rate))
                    .prefix(Self.columns - 1)
                write("\r\u{1B}[2K" + text)
            } else if progress.now - state.lastLine >= 5_000_000_000 {
                state.lastLine = progress.now
                write(line(progress, rate: state.rate) + "\n")
            }
        }
    }

    /// Takes the live line away.
    func clear() { if isTerminal { write("\r\u{1B}[2K") } }

    /// Prints a line of its own; what a file made it say can't command the terminal.
    func say(_ text: String) {
        write((isTerminal ? "\r\u{1B}[2K" : "") + TerminalText.escaped(text) + "\n")
    }

    private func line(_ progress: RunProgress, rate: Int) -> String {
        var parts = [progress.position]
        parts.append("\(rate) ops/s")
        parts.append("ok \(progress.ok)  fail \(progress.fail)  info \(progress.info)")
        if let leader = progress.leader {
            parts.append("leader \(leader.node) term \(leader.term)")
        }
        if let violation = progress.violation { parts.append("\(violation)") }
        parts.append(progress.fault.map { "\($0.kind): \($0.summary)" } ?? "no fault")
        return parts.joined(separator: " · ")
    }

    /// The width of the terminal.
    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
        return Int(size.ws_col)
    }

    private func write(_ text: String) {
        // Progress that nobody can read is no reason to end the run.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

extension RunProgress {
    /// What the run is doing, and how much of the load is over, such as `load 3/60 s`.
    ///
    /// After the load it says only how long ago that began: how long the rest takes nobody knows.
    var position: String {
        let elapsed = max(0, now - (loadStart ?? now))
        let seconds = elapsed / 1_000_000_000
        return elapsed < timeLimit
            ? "\(stage) \(seconds)/\(timeLimit / 1_000_000_000) s" : "\(stage), \(seconds) s"
    }
}
