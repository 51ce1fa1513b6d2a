import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// Every sentence of a story is true, and what it shows suffices: tried by brute force.
@Suite struct CounterexampleTruthTests {
    @Test(arguments: ObjectDifferentialTests.objects.indices)
    func `a explanation is true, and what it shows suffices`(number: Int) throws {
        let (name, object, _) = ObjectDifferentialTests.objects[number]
        var random = RandomObjectHistory(object, rng: Seed(101).stream(name))
        let rounds = Fuzzing.rounds(250)
        let told = try tell(rounds, named: name, object) { round in
            random.liesPerMille = 100 + round % 3 * 50
            random.failuresPerMille = round % 2 * 100
            return try random.operations(count: 3 + round % 8)
        }
        #expect(told.explanations > rounds / 20, "\(name): \(told)")
    }

    /// Of these only the end can be told, or a few values, or that there is no order.
    @Test(arguments: ObjectDifferentialTests.objects.indices)
    func `a explanation of many operations is true, whatever it may cost`(number: Int) throws {
        let (name, object, _) = ObjectDifferentialTests.objects[number]
        var random = RandomObjectHistory(object, rng: Seed(102).stream(name))
        random.liesPerMille = 40
        let rounds = Fuzzing.rounds(40)
        let told = try tell(rounds, named: name, object) { round in
            random.unknownPerMille = round % 3 * 20
            let count = 16 + round % 12
            return try OperationList(History(events: random.events(count: count, clients: 2)))
        }
        #expect(told.explanations > rounds / 20, "\(name): \(told)")
    }

    /// Tries the stories of so many histories, each with a large and a small budget.
    private func tell(
        _ rounds: Int, named name: String, _ object: TestObject,
        _ operations: (Int) throws -> OperationList
    ) throws -> Tally {
        let model = try #require(ObjectModel.named(object.model))
        var told = Tally()
        for round in 0..<rounds {
            let operations = try operations(round)
            for budget in [Budget.standard, Budget(steps: 5 + round % 60, bytes: 1 << 20)] {
                let checker = LinearizabilityChecker(model: model, budget: budget)
                for var check in checker.keyChecks(of: operations) {
                    while !check.advance(steps: .max) {}
                    guard let counterexample = check.conclusion?.counterexample else { continue }
                    var judge = ExplanationJudge(counterexample, operations, object)
                    for complaint in judge.complaints() {
                        Issue.record(
                            "\(name): \(complaint)\n\(counterexample.told)\n\(render(operations))")
                    }
                    told.add(judge.checked)
                }
            }
        }
        return told
    }
}

/// How much of what was told was tried.
struct Tally {
    var explanations = 0
    var states = 0

    mutating func add(_ other: Tally) {
        explanations += other.explanations
        states += other.states
    }
}

extension Counterexample {
    /// The story as a person reads it.
    var told: String {
        ([summary] + steps + participants.map { "\($0.label): \($0.action) \($0.outcome)" })
            .joined(separator: "\n")
    }
}

/// Tries what a story says.
struct ExplanationJudge {
    private let text: ExplanationText
    private let object: TestObject
    private let all: [Operation]
    private(set) var checked = Tally(explanations: 1)

    init(
        _ counterexample: Counterexample, _ all: some Sequence<Operation>, _ object: TestObject
    ) {
        self.object = object
        self.all = Array(all)
        text = ExplanationText(counterexample, of: all)
    }

    /// What is false; empty if all is true.
    mutating func complaints() -> [String] {
        var complaints = sufficiency()
        for sentence in text.sentences {
            complaints += times(in: sentence) + uncertainty(in: sentence) + absence(in: sentence)
        }
        return complaints + states()
    }

    /// Before which event the object may have held anything; nil if the story begins with the run.
    private var start: Int? {
        text.sentences.compactMap { sentence in
            sentence.firstMatch(of: /^Before event (\d+) the \w+ may have/).flatMap { Int($0.1) }
        }.first
    }

    /// What the object may have held at the start of the story.
    private var initial: [Value] {
        guard start != nil else { return [object.initial] }
        if object.model == "set" {
            return [.list([]), .list(Array(Set(text.operations.map(\.input))))]
        }
        let values = all.flatMap { [$0.input, $0.output] + $0.input.elements }
        return Array(Set(values + [object.initial, "something else"]))
    }

    private func oracle(_ operations: [Operation]) -> ExplanationOracle {
        ExplanationOracle(
            object, operations.filter { $0.call >= start ?? 0 }, startingWith: initial)
    }

    private func sufficiency() -> [String] {
        let isAlone = oracle(text.operations).isLinearizable
        let provesNothing = text.sentences.contains { $0.contains("prove nothing") }
        let areLast = text.sentences.contains { $0.contains("all of which count") }
        if isAlone, !provesNothing { return ["what is shown has an order"] }
        if provesNothing, !isAlone { return ["what is said to prove nothing has no order"] }
        return areLast && text.operations.count >= all.count ? ["all are shown"] : []
    }

    /// `A returned (event 3) before B was called (event 4)`, and other events.
    private func times(in sentence: String) -> [String] {
        var complaints: [String] = []
        for match in sentence.matches(
            of: /(\w+) returned \(event (\d+)\) before (\w+) was called \(event (\d+)\)/)
        {
            let (a, b) = (text.operation(match.1), text.operation(match.3))
            guard let a, let b, a.return == Int(match.2), b.call == Int(match.4),
                a.outcome == .ok, a.return ?? .max < b.call
            else {
                complaints.append("not so: \(match.0)")
                continue
            }
        }
        for match in sentence.matches(of: /(\w+) \([^()]*\) returned \(event (\d+)\)/) {
            guard let operation = text.operation(match.1), operation.return == Int(match.2),
                operation.outcome == .ok
            else {
                complaints.append("not so: \(match.0)")
                continue
            }
        }
        for match in sentence.matches(
            of: /(\w+) \([^()]*\) was called only afterwards \(event (\d+)\)/)
        {
            let operation = text.operation(match.1)
            let earlier = all.filter {
                $0.outcome != .fail && $0.function == operation?.function && $0.output != false
                    && $0.input == operation?.input && $0.call < operation?.call ?? 0
            }
            let finder = text.operations.compactMap(\.return).min() ?? .max
            if operation?.call != Int(match.2) || earlier.contains(where: { $0.call < finder }) {
                complaints.append("not so: \(match.0)")
            }
        }
        for match in sentence.matches(of: /(\w+) \([^()]*\) was reported as failed/) {
            if text.operation(match.1)?.outcome != .fail { complaints.append("not so: \(match.0)") }
        }
        return complaints
    }

    /// Who is said to be nobody did nothing of the kind.
    private func absence(in sentence: String) -> [String] {
        var complaints: [String] = []
        if let match = sentence.prefixMatch(of: /No attempt to (write|add|remove) (\S+) succeeded/)
        {
            let element = text.counterexample.element
            let tried = all.filter { operation in
                guard operation.outcome != .fail else { return false }
                switch operation.function {
                case "write", "put": return operation.input.description == match.2
                case "cas":
                    let pair = operation.input.elements
                    return pair[0] != pair[1] && pair[1].description == match.2
                case "add", "remove":
                    return operation.function.rawValue == match.1
                        && operation.input.description == element && operation.output != false
                default: return false
                }
            }
            if !tried.isEmpty { complaints.append("not so: \(match.0)") }
        }
        return complaints
    }

    /// Only an unknown outcome is called one, and only what was under way is said to have been.
    private func uncertainty(in sentence: String) -> [String] {
        var complaints: [String] = []
        if let match = sentence.prefixMatch(of: /When (.*) took effect is not known/),
            let operations = text.operations(in: match.1),
            !operations.allSatisfy({ $0.outcome == .info })
        {
            complaints.append("known all the same: \(match.1)")
        }
        if let match = sentence.prefixMatch(
            of: /(.*) had not returned when (\w+) did \(event (\d+)\)/),
            let operations = text.operations(in: match.1), let last = text.operation(match.2)
        {
            let isSo =
                last.return == Int(match.3)
                && operations.allSatisfy {
                    $0.outcome == .ok && $0.return ?? 0 > last.return ?? 0
                        && $0.call < last.return ?? 0
                }
            if !isSo { complaints.append("not so: \(match.0)") }
        }
        if let match = sentence.prefixMatch(of: /The outcome of (\w+)\s/),
            text.operation(match.1)?.outcome != .info
        {
            complaints.append("known all the same: \(match.1)")
        }
        return complaints
    }

    /// States are those that real time allows, of what is shown and, if it is said to be all, of all.
    private mutating func states() -> [String] {
        guard let words = words else { return [] }
        // Which operations count there is not told one by one.
        let isEndOfPart = text.sentences.contains {
            $0.contains(/operations on .*, all of which count/)
        }
        guard !isEndOfPart else { return [] }
        var complaints: [String] = []
        let isPart = text.sentences.contains { $0.contains("of the values named here") }
        let showsAll = !text.sentences.contains { $0.contains("all of which count") }
        let shown = showsAll ? blinded(text.operations) : all
        func compare(
            _ told: Set<String>, _ exact: Set<String>, _ whole: Set<String>, _ what: String
        ) {
            let exact = initial.count > 1 ? told.contains("something else") ? told : exact : exact
            if told != exact { complaints.append("\(what): \(told) is told, \(exact) is right") }
            if !isPart, !whole.isSubset(of: told), initial.count == 1 {
                complaints.append("\(what): \(told) is told, but \(whole) can have been")
            }
        }
        for sentence in text.sentences {
            guard let told = ExplanationText.states(in: sentence) else { continue }
            if let match = sentence.firstMatch(of: /^While (\w+) \(.*?\) was under way/),
                let operation = text.operation(match.1)
            {
                checked.states += 1
                compare(
                    told, Set(oracle(shown).states(during: operation).map(words)),
                    Set(oracle(all).states(during: operation).map(words)), String(match.0))
            } else if let match = sentence.firstMatch(of: /^When (\w+) \(.*?\) returned/),
                let operation = text.operation(match.1)
            {
                checked.states += 1
                compare(
                    told, Set(oracle(shown).states(atReturnOf: operation).map(words)),
                    Set(oracle(all).states(atReturnOf: operation).map(words)), String(match.0))
            }
        }
        return complaints
    }

    /// Operations of which it does not count what they replaced.
    private func blinded(_ operations: [Operation]) -> [Operation] {
        let blind = text.sentences.compactMap { sentence -> [Operation]? in
            guard
                let match = sentence.prefixMatch(
                    of: /It makes no difference what (.*) found\./)
            else { return nil }
            return text.operations(in: match.1)
        }.flatMap(\.self).map(\.call)
        return operations.map { operation in
            guard blind.contains(operation.call), operation.function == .cas else {
                return operation
            }
            var write = operation
            write.function = .write
            write.input = operation.input.elements[1]
            return write
        }
    }

    /// How a state of the object is told; nil if it can't be compared.
    private var words: ((Value) -> String)? {
        switch object.model {
        case "multi-register", "lock", "mutex", "fenced-lock": return nil
        case "set":
            guard let element = text.counterexample.element else { return \.description }
            return { state in
                state.elements.map(\.description).contains(element) ? "present" : "absent"
            }
        default: return { $0 == "something else" ? "something else" : $0.description }
        }
    }
}
