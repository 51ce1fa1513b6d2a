import HistoryModel

/// A number that is increased and decreased blindly, and read.
///
/// Counts below ``limit`` on either side of zero, so that no sum or difference overflows.
struct CounterModel: SequentialModel {
    /// What nothing counted here may reach.
    static let limit: UInt64 = 1 << 62
    /// Adds, and answers with what the counter has come to.
    static let addAndGet: Function = "add-and-get"

    let noun = "counter"
    let functions: [Function] = ["add", "increment", "decrement", Self.addAndGet, .read]
    let initial: Int64

    init(initial: Value?) {
        if case .integer(let number) = initial { self.initial = number } else { self.initial = 0 }
    }

    func knows(_ action: Action) -> Bool {
        if action.function == .read {
            guard let output = action.output else { return true }
            if case .integer(let number) = output { return number.magnitude < Self.limit }
            return false
        }
        if action.function == Self.addAndGet, let output = action.output {
            guard case .integer(let number) = output, number.magnitude < Self.limit else {
                return false
            }
        }
        return functions.contains(action.function) && Self.amount(action) != nil
    }

    func onlyReads(_ action: Action) -> Bool { action.function == .read }

    func step(_ count: Int64, _ action: Action) -> [Int64] {
        guard action.function != .read else {
            return action.output == .integer(count) ? [count] : []
        }
        let sum = count &+ (Self.amount(action) ?? 0)
        guard action.function == Self.addAndGet, let output = action.output else { return [sum] }
        return output == .integer(sum) ? [sum] : []
    }

    /// What it adds; nil if it has the wrong shape, or is too large.
    static func amount(_ action: Action) -> Int64? {
        let sign: Int64 = action.function == "decrement" ? -1 : 1
        switch action.input {
        case .integer(let number): return number.magnitude < limit ? sign * number : nil
        case .null: return action.function == "add" ? nil : sign
        default: return nil
        }
    }
}
