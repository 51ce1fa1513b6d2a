import HistoryModel

@testable import Checkers

/// What is true of a few operations on an object, found by trying every order of them.
struct ExplanationOracle {
    let object: TestObject
    let operations: [Operation]
    /// What the object may have held at first.
    var initial: [Value]

    private struct Point: Hashable {
        var state: Value
        var done: Int
    }

    init(_ object: TestObject, _ operations: [Operation], startingWith initial: [Value]) {
        self.object = object
        self.operations = operations.filter { $0.outcome != .fail }
        self.initial = initial
    }

    var isLinearizable: Bool {
        let all = Walk(self, among: Array(operations.indices), before: .max)
        return !all.ends.isEmpty
    }

    /// What the object can have held when an operation returned, by all that had returned by then.
    func states(atReturnOf operation: Operation) -> Set<Value> {
        let end = operation.return ?? .max
        return Walk(
            self, among: operations.indices.filter { operations[$0].call < end }, before: end + 1
        )
        .ends
    }

    /// What the object can have held at some moment at which an operation was under way, by what had
    /// returned before it did.
    func states(during operation: Operation) -> Set<Value> {
        let end = operation.return ?? .max
        let others = operations.indices.filter {
            operations[$0].call < end && operations[$0].call != operation.call
        }
        return Walk(self, among: others, before: end, from: operation.call).held
    }

    /// All orders of some operations.
    private struct Walk {
        /// The states after all operations that had returned by the end.
        private(set) var ends: Set<Value> = []
        /// The states in which the object can have been at some moment between start and end.
        private(set) var held: Set<Value> = []
        private let oracle: ExplanationOracle
        private let members: [Int]
        private let end: Int
        private let start: Int
        private var known: [Point: Bool] = [:]

        init(
            _ oracle: ExplanationOracle, among members: [Int], before end: Int, from start: Int = 0
        ) {
            self.oracle = oracle
            self.members = members
            self.end = end
            self.start = start
            for state in oracle.initial { _ = leadsOn(Point(state: state, done: 0)) }
        }

        /// Where an operation that must be done by the end returned.
        private func deadline(_ index: Int) -> Int? {
            let operation = oracle.operations[index]
            guard operation.outcome == .ok, let end = operation.return, end < self.end else {
                return nil
            }
            return end
        }

        /// Whether all that has to be done can be done from here on.
        private mutating func leadsOn(_ point: Point) -> Bool {
            if let known = known[point] { return known }
            let left = members.filter { point.done & (1 << $0) == 0 }
            let next = left.compactMap(deadline).min()
            var leads = next == nil
            if leads { ends.insert(point.state) }
            for index in left where oracle.operations[index].call < next ?? .max {
                for state in oracle.object.step(point.state, oracle.operations[index]) {
                    let follows = leadsOn(Point(state: state, done: point.done | 1 << index))
                    leads = follows || leads
                }
            }
            known[point] = leads
            if leads, next ?? .max > start { held.insert(point.state) }
            return leads
        }
    }
}

/// The words of a counterexample, taken apart.
struct ExplanationText {
    let counterexample: Counterexample
    let operations: [Operation]

    init(_ counterexample: Counterexample, of all: some Sequence<Operation>) {
        self.counterexample = counterexample
        let calls = Set(counterexample.participants.map(\.call))
        operations = all.filter { calls.contains($0.call) }
    }

    /// The operation of a label.
    func operation(_ label: some StringProtocol) -> Operation? {
        let participant = counterexample.participants.first { $0.label == label }
        return operations.first { $0.call == participant?.call }
    }

    /// The operations of a list such as `A, B and C`; nil if it is shortened.
    func operations(in list: some StringProtocol) -> [Operation]? {
        guard !list.contains("others") else { return nil }
        let labels = list.split { !$0.isLetter && !$0.isNumber }.filter { $0 != "and" }
        let found = labels.compactMap { operation($0) }
        return found.count == labels.count ? found : nil
    }

    var sentences: [String] { [counterexample.summary] + counterexample.steps }

    /// The states that a sentence says the object can only have held; nil if it says nothing of the
    /// kind, or not all of them.
    static func states(in sentence: String) -> Set<String>? {
        guard
            let match = sentence.firstMatch(
                of:
                    /can only have (?:held|been) (.*?)(?: of the values named here)?(?: at that time\.|, in every order|\.$)/
            )
        else { return nil }
        let words = match.1.replacing(" or ", with: ", ").split(separator: ", ")
        guard words.allSatisfy({ !$0.hasSuffix(" more") }) else { return nil }
        return Set(words.map(String.init))
    }
}
