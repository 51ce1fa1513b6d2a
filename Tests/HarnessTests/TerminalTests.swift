import Foundation
import Testing

@testable import harness

/// What is printed on a terminal, here a pseudo-terminal.
@Suite struct `On a terminal` {
    private static let colour = ["TERM": "xterm"]
    private static let refusals = [
        ["TERM": "dumb"], ["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb", "NO_COLOR": ""],
    ]

    @Test(arguments: [colour, [:], ["TERM": "xterm", "NO_COLOR": ""]])
    func `a terminal has colours unless its user said no`(environment: [String: String]) throws {
        let terminal = try PseudoTerminal()
        #expect(Terminal.hasColours(terminal.user, in: environment))
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        #expect(!Terminal.hasColours(descriptor, in: environment))
    }

    @Test(arguments: refusals)
    func `NO_COLOR and a dumb terminal mean no colours`(environment: [String: String]) throws {
        let terminal = try PseudoTerminal()
        #expect(!Terminal.hasColours(terminal.user, in: environment))
    }

    @Test(arguments: [(colour, true)] + refusals.map { ($0, false) })
    func `a verdict is coloured as the terminal wants it`(
        environment: [String: String], isColoured: Bool
    ) throws {
        let terminal = try PseudoTerminal()
        let harness = try HarnessProcess(
            ["analyze", "-"], environment: environment,
            input: Data("0 :invoke :write 3\n0 :ok :write 3\n".utf8), output: terminal.path)
        defer { harness.remove() }
        try harness.start()
        #expect(try harness.wait().status == 0)
        let text = terminal.shown()
        #expect(text.contains("VALID"), "\(text)")
        #expect(text.contains("\u{1B}[") == isColoured, "\(text)")
    }
}

/// A terminal without a screen.
private final class PseudoTerminal {
    struct Unavailable: Error {}

    /// The end that programs write to.
    let user: Int32
    private let screen: Int32

    init() throws {
        var (screen, user): (Int32, Int32) = (-1, -1)
        guard openpty(&screen, &user, nil, nil, nil) == 0 else { throw Unavailable() }
        (self.screen, self.user) = (screen, user)
    }

    deinit {
        close(user)
        close(screen)
    }

    /// The device that a program can be given as its output.
    var path: String { String(cString: ttyname(user)) }

    /// What was written and not yet read; the kernel keeps a few kilobytes of it.
    func shown() -> String {
        _ = fcntl(screen, F_SETFL, O_NONBLOCK)
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var text: [UInt8] = []
        while true {
            let count = read(screen, &bytes, bytes.count)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += bytes.prefix(count)
        }
    }
}
