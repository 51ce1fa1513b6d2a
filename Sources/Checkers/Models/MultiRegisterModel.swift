import HistoryModel

/// Registers that are read and written several at a time: `[[r x 1] [w y 2]]`, one after the other.
struct MultiRegisterModel: SequentialModel {
    let noun = "set of registers"
    let functions: [Function] = ["txn", .read, .write]
    let initial: [Value: Value] = [:]
    /// What a register holds that was never written.
    private let unwritten: Value

    init(initial: Value) { unwritten = initial }

    func knows(_ action: Action) -> Bool {
        functions.contains(action.function) && parts(action).map { !$0.isEmpty } ?? false
    }

    func onlyReads(_ action: Action) -> Bool {
        parts(action)?.allSatisfy { !$0.isWrite } ?? false
    }

    func step(_ state: [Value: Value], _ action: Action) -> [[Value: Value]] {
        var state = state
        for part in parts(action) ?? [] {
            if part.isWrite {
                state[part.register] = part.value == unwritten ? nil : part.value
            } else if action.output != nil, state[part.register] ?? unwritten != part.value {
                return []
            }
        }
        return [state]
    }

    func describe(_ state: [Value: Value]) -> String {
        let registers = state.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        return registers.isEmpty
            ? "nothing but \(unwritten)" : "{\(registers.joined(separator: ", "))}"
    }

    /// A value that was read of a register to which nobody had begun to write it.
    func phantom(in subhistory: Subhistory) -> MonitorFinding? {
        func actions(_ operation: Operation) -> Action {
            Action(
                operation.function, operation.input,
                output: operation.outcome == .ok ? operation.output : nil)
        }
        let known = subhistory.own.allSatisfy { $0.outcome == .fail || knows(actions($0)) }
        guard known else { return nil }
        return PhantomFinding.first(
            in: subhistory, initial: [],
            found: { (operation) -> [Value] in
                // What it wrote itself it may read, and what nobody wrote.
                var own: Set<Value> = []
                return (parts(actions(operation)) ?? []).compactMap { part in
                    if part.isWrite {
                        own.insert(part.register)
                        return nil
                    }
                    guard !own.contains(part.register), part.value != unwritten else { return nil }
                    return Value.list([part.register, part.value])
                }
            },
            brought: { (operation) -> [Value] in
                (parts(actions(operation)) ?? []).filter(\.isWrite)
                    .map { .list([$0.register, $0.value]) }
            },
            describe: { thing in "\(thing.elements[1]) in register \(thing.elements[0])" })
    }

    private struct Part {
        var isWrite: Bool
        var register: Value
        var value: Value
    }

    /// What is done one after the other; nil if it has the wrong shape.
    private func parts(_ action: Action) -> [Part]? {
        let source = action.output.flatMap { $0 == .null ? nil : $0 } ?? action.input
        guard case .list(let list) = source else { return nil }
        var parts: [Part] = []
        for case .list(var triple) in list {
            // What a read found is nobody's concern where the outcome is unknown.
            if action.output == nil, triple.count == 2, triple[0].name?.first == "r" {
                triple.append(.null)
            }
            guard triple.count == 3 else { return nil }
            switch triple[0].name {
            case "r", "read":
                parts.append(Part(isWrite: false, register: triple[1], value: triple[2]))
            case "w", "write":
                parts.append(Part(isWrite: true, register: triple[1], value: triple[2]))
            default: return nil
            }
        }
        return parts.count == list.count ? parts : nil
    }
}
