import Foundation
import Testing

/// What `harness analyze` says where a history was read otherwise than it was meant.
@Suite struct AdviceTests {
    private func analyze(
        _ history: String, _ arguments: String...
    ) throws -> HarnessProcess.Result {
        let harness = try HarnessProcess(
            ["analyze", "history"] + arguments + ["--format", "json"])
        defer { harness.remove() }
        try Data(history.utf8).write(to: harness.folder.appending(path: "history"))
        try harness.start()
        return try harness.wait()
    }

    @Test(arguments: [
        (
            "cas-register",
            "0 :invoke :write [0 1]\n0 :ok :write [0 1]\n0 :invoke :read [0 nil]\n"
                + "0 :ok :read [0 2]\n"
        ),
        (
            "cas-register",
            "0 :invoke :cas [0 [1 2]]\n0 :ok :cas [0 [1 2]]\n0 :invoke :read [0 nil]\n"
                + "0 :info :read :timeout\n"
        ),
        (
            "queue",
            "0 :invoke :enqueue [0 1]\n0 :ok :enqueue nil\n0 :invoke :dequeue [0 nil]\n"
                + "0 :ok :dequeue [0 3]\n"
        ),
    ])
    func `a history of keys that is read without them is not judged`(
        model: String, history: String
    ) throws {
        let result = try analyze(history, "--model", model)
        #expect(result.status == 2 && result.output.contains("--keyed"), "\(result.output)")
        let keyed = try analyze(
            history.replacing("enqueue nil", with: "enqueue [0 1]"),
            "--model", model, "--keyed")
        #expect(!keyed.output.contains("--keyed"), "\(keyed.output)")
    }

    @Test func `pairs that a lock is called with accuse nobody, and may be keys`() throws {
        let history =
            "0 :invoke :acquire [0 nil]\n0 :ok :acquire [0 nil]\n"
            + "1 :invoke :acquire [1 nil]\n1 :ok :acquire [1 nil]\n"
        let result = try analyze(history, "--model", "mutex")
        #expect(result.status == 2 && result.output.contains("--keyed"), "\(result.output)")
        #expect(try analyze(history, "--model", "mutex", "--keyed").status == 0)
    }

    @Test func `a keyed read of unknown outcome explains no violation`() throws {
        let history = """
            0 :invoke :write [:x 1]\n0 :ok :write [:x 1]
            0 :invoke :read nil\n0 :ok :read [:x 7]\n
            """
        let read = "1 :invoke :read nil\n1 :info :read nil\n"
        #expect(try analyze(history + read, "--keyed").status == 1)
        let write = "1 :invoke :write nil\n1 :info :write nil\n"
        #expect(try analyze(history + write, "--keyed").status == 1)
        let supplied = "2 :invoke :write nil\n2 :ok :write [:y 1]\n"
        #expect(try analyze(history + supplied + write, "--keyed").status == 2)
    }

    @Test func `what a completion may have meant that contradicts another explains violations`()
        throws
    {
        let history =
            "0 :invoke :write 1\n0 :ok :write 2\n1 :invoke :read nil\n1 :ok :read 2\n"
        let result = try analyze(history, "--lenient")
        #expect(result.status == 2 && result.output.contains("Nobody knows"), "\(result.output)")
    }

    @Test func `a change that answers with the new number is told of add-and-get`() throws {
        let history = "0 :invoke :increment nil\n0 :ok :increment 6\n"
        let result = try analyze(history, "--model", "counter")
        #expect(result.status == 64 && result.messages.contains("add-and-get"))
    }

    @Test(arguments: [(2, 0), (3, 1)])
    func `an add-and-get answers with what the counter has come to`(
        answer: Int, status: Int32
    ) throws {
        let history =
            "0 :invoke :add 1\n0 :ok :add 1\n0 :invoke :add-and-get 1\n0 :ok :add-and-get \(answer)\n"
            + "1 :invoke :add-and-get nil\n1 :info :add-and-get nil\n"
        let result = try analyze(history, "--model", "counter")
        #expect(result.status == status, "\(result.output)")
    }

    @Test func `pairs are values where reads are invoked without a key`() throws {
        let result = try analyze(
            "0 :invoke :write [0 1]\n0 :ok :write [0 1]\n0 :invoke :read nil\n0 :ok :read [0 1]\n")
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(arguments: [
        ("register", "0 :invoke :read nil\n0 :ok :read \"it's\"\n", #"'\"it'\\''s\"'"#),
        ("counter", "0 :invoke :read nil\n0 :ok :read 5\n0 :invoke :add 1\n0 :ok :add 1\n", "'5'"),
        ("queue", "0 :invoke :dequeue nil\n0 :ok :dequeue :a\n", "'[:a]'"),
        (
            "set", "0 :invoke :add 1\n0 :ok :add 1\n0 :invoke :read nil\n0 :ok :read #{7 1}\n",
            "'[7]'"
        ),
        ("multi-register", "0 :invoke :txn [[:r 1 nil]]\n0 :ok :txn [[:r 1 0]]\n", "'0'"),
        ("kv", "0 :invoke :get nil\n0 :ok :get \"q\"\n", #"'\"q\"'"#),
    ])
    func `a first read of what nobody wrote is invalid, and names the option for that`(
        model: String, history: String, initial: String
    ) throws {
        let result = try analyze(history, "--model", model)
        #expect(result.status == 1)
        #expect(result.output.contains("say --initial \(initial)"), "\(result.output)")
    }

    @Test(arguments: [
        (
            "cas-register",
            "0 :invoke :write 1\n0 :ok :write 1\n0 :invoke :write 2\n0 :ok :write 2\n"
                + "0 :invoke :read nil\n0 :ok :read 1\n"
        ),
        ("counter", "0 :invoke :add 1\n0 :ok :add 1\n0 :invoke :read nil\n0 :ok :read 5\n"),
    ])
    func `a violation that no beginning explains names no option`(
        model: String, history: String
    ) throws {
        let result = try analyze(history, "--model", model)
        #expect(result.status == 1 && !result.output.contains("--initial"), "\(result.output)")
    }

    @Test(arguments: [
        ("register", ":enqueue 1", "--model queue, --checker total-queue"),
        ("queue", ":acquire nil", "--model fenced-lock, --model lock, --model mutex"),
        ("cas-register", ":txn [[:r 1 nil]]", "--model multi-register"),
        ("multi-register", ":write 1", "--model cas-register, --model kv, --model register"),
        ("queue", ":frob 1", "nothing that --model or --checker can name knows"),
    ])
    func `a model that does not know what was done names those that do`(
        model: String, operation: String, hint: String
    ) throws {
        let result = try analyze(
            "0 :invoke \(operation)\n0 :ok \(operation)\n", "--model", model)
        #expect(result.status == 2)
        #expect(result.output.contains(hint), "\(result.output)")
    }

    @Test(arguments: [
        (1, "0 :invoke :next nil\n0 :ok :next 5\n1 :invoke :next nil\n1 :ok :next 5\n"),
        (2, "0 :invoke :next nil\n0 :ok :next 5\n1 :invoke :dequeue nil\n1 :ok :dequeue 6\n"),
    ])
    func `identifiers may come from any function, so no model is named`(
        status: Int32, history: String
    ) throws {
        let result = try analyze(history, "--checker", "unique-ids")
        #expect(result.status == status, "\(result.output)")
        #expect(!result.output.contains("--model"), "\(result.output)")
        #expect(!result.output.contains("does not know"), "\(result.output)")
    }

    @Test func `what contradicts operations whose value nobody knows is no violation for certain`()
        throws
    {
        let known = "0 :invoke :write nil\n0 :ok :write 5\n"
        let read = "1 :invoke :read nil\n1 :ok :read 6\n"
        let unknown = "2 :invoke :write nil\n2 :info :write nil\n"
        #expect(try analyze(known + read).status == 1)
        let result = try analyze(known + unknown + read)
        #expect(result.status == 2 && result.output.contains("Nobody knows"), "\(result.output)")
    }

    @Test func `completions that contradict their invocations are told, or counted`() throws {
        let history = "0 :invoke :write 1\n0 :ok :write 7\n1 :invoke :read nil\n1 :ok :read 1\n"
        let refused = try analyze(history)
        #expect(refused.status == 64)
        for part in ["line 2, column 1", "write of 7", "write of 1"] {
            #expect(refused.messages.contains(part), "\(refused.messages)")
        }
        let lenient = try analyze(history, "--lenient")
        #expect(lenient.status == 0)
        #expect(lenient.output.contains("1 completion names another value"), "\(lenient.output)")
    }

    @Test func `nodes of other names are told, and no reason to stop`() throws {
        let result = try analyze(
            "{:process 0 :type :invoke :f :write :value 1 :node \"db-1\"}\n"
                + "{:process 0 :type :ok :f :write :value 1 :node \"n2\"}\n")
        #expect(result.status == 0)
        #expect(result.output.contains("1 event is of nodes that are not called n1"))
    }
}
