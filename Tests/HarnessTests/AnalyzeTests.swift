import ClusterControl
import Foundation
import Testing

/// `harness analyze` on histories from elsewhere.
@Suite struct AnalyzeTests {
    /// Writes a history and analyzes it.
    private func analyze(
        _ history: String, _ arguments: String...
    ) throws -> HarnessProcess.Result {
        try analyze(history, arguments)
    }

    private func analyze(
        _ history: String, _ arguments: [String]
    ) throws -> HarnessProcess.Result {
        let harness = try HarnessProcess(["analyze", "history.edn"] + arguments)
        defer { harness.remove() }
        try Data(history.utf8).write(to: harness.folder.appending(path: "history.edn"))
        try harness.start()
        return try harness.wait()
    }

    private let write = "0 :invoke :write 3\n0 :ok :write 3\n"

    @Test(arguments: [
        ("cas-register", "[1", "the value of --initial, '[1', can't be read"),
        ("counter", "\"x\"", "a whole number"), ("stack", "5", "a list such as '[1 2]'"),
        ("queue", "nil", "a list"), ("priority-queue", "5", "a list"), ("set", "true", "a list"),
        ("list-append", "x", "a list"), ("kv", "[1]", "a text"), ("mutex", "true", "expected free"),
        ("lock", "0", "expected free"), ("fenced-lock", "7", "expected free"),
    ])
    func `what a model can't hold at first is refused`(
        model: String, initial: String, message: String
    ) throws {
        let result = try analyze(write, "--model", model, "--initial", initial)
        #expect(result.status == 64)
        #expect(result.messages.contains(message), "\(result.messages)")
        #expect(!result.messages.contains("history.edn: "), "\(result.messages)")
    }

    @Test func `a checker that begins with nothing given takes no initial value`() throws {
        let result = try analyze(write, "--checker", "k-atomicity", "--initial", "3")
        #expect(result.status == 64)
        #expect(result.messages.contains("--initial is for linearizability"))
    }

    @Test(arguments: [
        ("queue", "[1 nil]", "a list without nil"), ("stack", "[nil]", "a list without nil"),
    ])
    func `nothing is no element`(model: String, initial: String, message: String) throws {
        let result = try analyze(write, "--model", model, "--initial", initial)
        #expect(result.status == 64 && result.messages.contains(message), "\(result.messages)")
    }

    @Test(arguments: [
        ("cas-register", "-1", "0 :invoke :read nil\n0 :ok :read -1\n"),
        ("counter", "-1", "0 :invoke :read nil\n0 :ok :read -1\n"),
        ("kv", "\"x\"", "0 :invoke :get nil\n0 :ok :get \"x\"\n"),
        ("queue", "[1 2]", "0 :invoke :dequeue nil\n0 :ok :dequeue 1\n"),
        ("stack", "[1 2]", "0 :invoke :pop nil\n0 :ok :pop 2\n"),
        ("mutex", "free", "0 :invoke :acquire nil\n0 :ok :acquire nil\n"),
    ])
    func `what a model can hold at first is believed`(
        model: String, initial: String, history: String
    ) throws {
        let result = try analyze(history, "--model", model, "--initial", initial)
        #expect(result.status == 0, "\(result.output)\(result.messages)")
    }

    @Test(arguments: [
        ("--time-budget", "5", "expected a length of time such as 60s or 10m, found \"5\""),
        ("--time-budget", "0s", "expected a length of time"),
        ("--memory-budget", "lots", "expected an amount of memory such as 512MB or 4GB"),
    ])
    func `a budget that is none is refused`(option: String, value: String, message: String) throws {
        let result = try analyze(write, option, value)
        #expect(result.status == 64)
        #expect(result.messages.contains(message), "\(result.messages)")
    }

    @Test func `a search stops at the budget that it was given`() throws {
        // Whoever writes what others write, all at once: which write was last is anybody's guess.
        var lines: [String] = []
        for round in 0..<60 {
            for process in 0..<12 { lines.append("\(process) :invoke :write \(process % 3)") }
            for process in 0..<12 { lines.append("\(process) :ok :write \(process % 3)") }
            lines += ["0 :invoke :cas [\(round % 3) 7]", "0 :ok :cas [\(round % 3) 7]"]
        }
        lines += ["0 :invoke :read nil", "0 :ok :read 7", ""]
        let history = lines.joined(separator: "\n")
        #expect(try analyze(history).status == 0)
        let result = try analyze(history, "--memory-budget", "1KB")
        #expect(result.status == 2)
        #expect(result.output.contains("its configurations took more than"), "\(result.output)")
    }

    @Test func `a report that can't be written is not claimed`() throws {
        for format in ["text", "json"] {
            let result = try analyze(write, "--report", "/nope/x.html", "--format", format)
            #expect(result.status == 70)
            #expect(result.messages.contains("can't write the report /nope/x.html"))
            #expect(!result.output.contains("/nope/x.html"), "\(result.output)")
        }
    }

    @Test func `one event that is left out is told of in the singular`() throws {
        let result = try analyze(write + "7 :ok :write 3\n:nemesis :info :start nil\n", "--lenient")
        #expect(result.status == 0)
        #expect(result.output.contains("1 event makes no sense and was left out"))
        #expect(result.output.contains("1 event is of no client and was left out"))
    }

    @Test(arguments: [
        ("0 :invoke :write 3\n:nemesis :info :a nil\n0 :ok :write 3\n7 :ok :write 4\n", 4, 1),
        ("0 :invoke :write 3\n\n0 :invoke :write 4\n", 3, 1),
        (
            "{:process 0 :type :invoke :f :read :time 5}\n{:process 0 :type :ok :f :read :value 1 "
                + ":time 4}", 2, 1
        ),
        ("0 :invoke :write 3\n1 :invoke :write 3\n\t0 :ok :read 3", 3, 2),
    ])
    func `events in an order that can't be are told with their place`(
        history: String, line: Int, operations: Int
    ) throws {
        for format in ["text", "json"] {
            let result = try analyze(history, "--format", format)
            #expect(result.status == 64)
            #expect(result.messages.contains("line \(line), column "), "\(result.messages)")
            #expect(
                result.messages.contains("operations read before: \(operations)"),
                "\(result.messages)")
        }
    }

    @Test func `the place is told of what came by standard input, too`() throws {
        let text = Data("0 :invoke :write 3\n\n0 :invoke :write 4\n".utf8)
        let harness = try HarnessProcess(["analyze", "-"], input: text)
        defer { harness.remove() }
        try harness.start()
        let result = try harness.wait()
        #expect(result.status == 64)
        #expect(result.messages.contains("line 3, column 1: "), "\(result.messages)")
    }

    @Test func `a client that can't be told by its number is no reason to go on without it`() throws
    {
        let history =
            "{:process \"a\" :type :invoke :f :write :value 1}\n"
            + "{:process \"a\" :type :ok :f :write :value 1}\n"
            + "{:process 0 :type :invoke :f :read}\n{:process 0 :type :ok :f :read :value 1}\n"
        for arguments in [[], ["--lenient"]] {
            let result = try analyze(history, arguments)
            #expect(result.status == 64, "\(result.output)")
            #expect(result.messages.contains("line 1, column 11: "), "\(result.messages)")
        }
    }

    @Test func `control characters of a history do not reach the terminal`() throws {
        let texts = [
            "0 :invoke :write \"\u{1b}[31m\u{9b}2J\"\n0 :ok :write \"x\"\n0 :invoke :read nil\n"
                + "0 :ok :read \"\u{1b}]0;x\u{7}\"\n",
            "0 :invoke :write 3\n0 :oops \u{1b}[31m\u{9b}\n",
        ]
        for text in texts {
            let result = try analyze(text)
            #expect(result.status != 0)
            let shown = result.output + result.messages
            let controls = shown.unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n"
            }
            #expect(controls.isEmpty, "\(controls)")
            #expect(shown.contains("\\u001b"), "\(shown)")
        }
    }

    @Test func `a small archive of one long line is refused, and not held`() throws {
        // Two megabytes of gzip are two gigabytes of text.
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "analyze-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = """
            { printf '{:process 0, :type :invoke, :f :write, :value "'; \
              head -c 200000000 /dev/zero | tr '\\0' x; } | gzip -1 >long.gz
            ulimit -v 1500000
            exec "$0" analyze long.gz
            """
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", script, try ProgramSearch.find("harness")]
        shell.currentDirectoryURL = folder
        let messages = Pipe()
        shell.standardError = messages
        try shell.run()
        let text = String(
            decoding: try messages.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 64)
        #expect(text.contains("line 1, column 1: expected an event or a line of at most 16 MiB"))
    }

    @Test func `what is no file is called so`() throws {
        let result = try HarnessProcess.run("analyze", "/dev/null")
        #expect(result.status == 64)
        #expect(result.messages.contains("no regular file"), "\(result.messages)")
        #expect(!result.messages.contains("permission"), "\(result.messages)")
    }
}
