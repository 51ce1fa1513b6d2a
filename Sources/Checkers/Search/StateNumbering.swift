/// Gives the states of a model numbers, so that the search need not know what they are.
protocol StateNumbering: Sendable {
    /// How many bytes the states take that have numbers.
    var bytes: Int { get }

    /// The numbers of the states that an action can lead to; the initial state begins with number 0.
    mutating func successors(of state: Int32, by action: Int32) -> [Int32]

    /// Forgets all states but some; their numbers go to others.
    mutating func forget(allBut kept: Set<Int32>)
}

/// The states of one model.
struct ModelStates<Model: SequentialModel>: StateNumbering {
    private let model: Model
    private let actions: [Action]
    /// Nil where a number is free.
    private var states: [Model.State?]
    private var numbers: [Model.State: Int32]
    private var free: [Int32] = []

    init(_ model: Model, _ actions: [Action]) {
        self.model = model
        self.actions = actions
        states = [model.initial]
        numbers = [model.initial: 0]
        bytes = bytes(of: model.initial)
    }

    private(set) var bytes = 0

    mutating func successors(of state: Int32, by action: Int32) -> [Int32] {
        guard let state = states[Int(state)] else {
            preconditionFailure("state \(state) was forgotten")
        }
        var found: [Int32] = []
        for next in model.step(state, actions[Int(action)]) {
            let number = numbers[next] ?? add(next)
            if !found.contains(number) { found.append(number) }
        }
        return found
    }

    mutating func forget(allBut kept: Set<Int32>) {
        for number in states.indices {
            guard let state = states[number], !kept.contains(Int32(number)) else { continue }
            states[number] = nil
            numbers[state] = nil
            free.append(Int32(number))
            bytes -= bytes(of: state)
        }
    }

    private mutating func add(_ state: Model.State) -> Int32 {
        let number = free.popLast() ?? Int32(states.count)
        if number == Int32(states.count) {
            states.append(state)
        } else {
            states[Int(number)] = state
        }
        numbers[state] = number
        bytes += bytes(of: state)
        return number
    }

    /// It stands in the array and in the dictionary, which is half empty.
    private func bytes(of state: Model.State) -> Int {
        model.bytes(of: state) + 4 * MemoryLayout<Model.State>.stride + 32
    }
}
