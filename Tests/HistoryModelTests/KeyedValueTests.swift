import HistoryModel
import Testing

/// Where values are pairs of a key and a value, a success may leave out what its invocation said.
@Suite struct KeyedValueTests {
    private func operations(_ script: String) throws -> [Operation] {
        let rules: CompletionRules = [
            .write: .echo, .read: .answer, "acquire": .attempt, "dequeue": .answer,
        ]
        let decoded = try DecodedHistory(Array(script.utf8), format: .edn, keyedTuples: true)
        return Array(try decoded.history.normalised(by: rules).history.operations())
    }

    private func pair(_ function: String, _ asked: String, _ said: String) -> String {
        "{:process 0, :type :invoke, :f :\(function), :value \(asked)}\n"
            + "{:process 0, :type :ok, :f :\(function)\(said)}\n"
    }

    @Test(arguments: ["", ", :value nil", ", :value [3 nil]", ", :value [3 1]"])
    func `a write that says nothing wrote what was asked for`(said: String) throws {
        let operation = try #require(try operations(pair("write", "[3 1]", said)).first)
        #expect(operation.key == 3 && operation.input == 1 && operation.outcome == .ok)
    }

    @Test(arguments: [("nil", Operation.Outcome.ok), ("true", .ok), ("false", .fail)])
    func `a lock that answers without its key is the one that was asked for`(
        said: String, outcome: Operation.Outcome
    ) throws {
        let script = pair("acquire", "[3 nil]", ", :value \(said)")
        let operation = try #require(try operations(script).first)
        #expect(operation.key == 3 && operation.outcome == outcome)
    }

    @Test(arguments: [
        ("write", "[3 1]", "5", "5"), ("write", "[3 1]", "#{1 2}", "#{1 2}"),
        ("dequeue", "[3 nil]", "3", "3"), ("read", "[3 nil]", "nil", "nil"),
        ("read", "[3 nil]", "true", "true"), ("write", "nil", "nil", "nil"),
    ])
    func `a success whose key nobody knows is refused with what it said`(
        function: String, asked: String, said: String, found: String
    ) throws {
        let script = pair(function, asked, ", :value \(said)")
        let error = try #require(throws: HistoryFormatError.self) { try operations(script) }
        #expect(error.line == 2 && error.expected.contains("[key value]"), "\(error)")
        #expect(error.expected.contains("--keyed") && error.found == found, "\(error)")
    }

    @Test func `a client that gave no key before may give one later`() throws {
        let script =
            pair("write", "nil", ", :value [3 1]") + pair("write", "[4 2]", "")
        #expect(try operations(script).map(\.key) == [3, 4])
    }
}
