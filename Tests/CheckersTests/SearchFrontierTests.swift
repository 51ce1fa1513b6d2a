import HistoryModel
import Testing

@testable import Checkers

/// What the searches keep on their way.
@Suite struct SearchFrontierTests {
    private func operations(_ lines: [String]) throws -> OperationList {
        try OperationList(History(script: StreamDetailTests.script(lines)))
    }

    private func registerSearch(_ lines: [String]) throws -> RegisterSearch {
        let list = try operations(lines)
        let members = list.indices.map { Int32($0) }
        return RegisterSearch(
            RegisterHistory(members: members, of: list, initial: .null), bytesMax: .max)
    }

    private func queueSearch(_ lines: [String]) throws -> ModelSearch {
        let list = try operations(lines)
        let model = QueueModel(initial: [])
        let history = ModelHistory(
            members: list.indices.map { Int32($0) }, of: list, model: model)
        return ModelSearch(history, of: model, bytesMax: .max)
    }

    /// All begin before any of them ends.
    private func atOnce(_ actions: [String]) -> [String] {
        actions.enumerated().map { "\($0.offset) :invoke :\($0.element)" }
            + actions.enumerated().map { "\($0.offset) :ok :\($0.element)" }
    }

    @Test func `a search does as many steps as it may`() throws {
        let values = 1...6
        var register = try registerSearch(
            atOnce(values.map { "write \($0)" }) + ["7 read > 3"])
        var queue = try queueSearch(
            atOnce(values.map { "enqueue \($0)" }) + ["7 dequeue > 3"])
        for limit in 1...5 {
            #expect(register.advance(until: limit) == nil)
            #expect(register.steps == limit)
            #expect(queue.advance(until: limit) == nil)
            #expect(queue.steps == limit)
        }
    }

    /// Any of eight may have been the last, or the first; where outcomes are unknown one will do.
    @Test(arguments: [(isUnknown: false, kept: 4), (true, 1)])
    func `few configurations are kept at first`(isUnknown: Bool, kept: Int) throws {
        let values = 1...8
        // All that is written is asked for in the end.
        var register = try registerSearch(
            (isUnknown ? ["9 :invoke :write 9"] : []) + atOnce(values.map { "write \($0)" })
                + atOnce((1...9).map { $0 < 9 || isUnknown ? "read \($0)" : "read 1" }))
        var most = 0
        while register.position.event < 2 * values.count {
            #expect(register.advance(until: register.steps + 1) == nil)
            most = max(most, register.position.frontier.count)
        }
        #expect(most == kept)
        var queue = try queueSearch(
            (isUnknown ? ["9 :invoke :enqueue 9"] : []) + atOnce(values.map { "enqueue \($0)" }))
        most = 0
        while queue.advance(until: queue.steps + 1) == nil {
            most = max(most, queue.position.frontier.count)
        }
        #expect(most == kept)
    }

    @Test func `states that nobody asks for are one`() throws {
        var search = try registerSearch(atOnce((1...6).map { "write \($0)" }))
        #expect(search.advance(until: .max) == .linearizable)
        #expect(search.position.frontier.count == 1)
    }
}
