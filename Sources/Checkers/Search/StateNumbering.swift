/// Gives the states of a model numbers, so that the search need not know what they are.
protocol StateNumbering: Sendable {
    /// How many bytes the states take that have been met.
    var bytes: Int { get }

    /// The numbers of the states that an action can lead to; the initial state has the number 0.
    mutating func successors(of state: Int32, by action: Int32) -> [Int32]

    /// The state as a person writes it.
    func describe(_ state: Int32) -> String
}

/// The states of one model.
struct ModelStates<Model: SequentialModel>: StateNumbering {
    private let model: Model
    private let actions: [Action]
    private var states: [Model.State]
    private var numbers: [Model.State: Int32]

    init(_ model: Model, _ actions: [Action]) {
        self.model = model
        self.actions = actions
        states = [model.initial]
        numbers = [model.initial: 0]
    }

    private(set) var bytes = 0

    mutating func successors(of state: Int32, by action: Int32) -> [Int32] {
        var found: [Int32] = []
        for next in model.step(states[Int(state)], actions[Int(action)]) {
            let number = numbers[next] ?? Int32(states.count)
            if number == Int32(states.count) {
                numbers[next] = number
                states.append(next)
                // It stands in the array and in the dictionary, which is half empty.
                bytes += model.bytes(of: next) + 4 * MemoryLayout<Model.State>.stride + 32
            }
            if !found.contains(number) { found.append(number) }
        }
        return found
    }

    func describe(_ state: Int32) -> String { model.describe(states[Int(state)]) }
}
