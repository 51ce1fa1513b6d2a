import HistoryModel

/// A text that is put, appended to and got.
///
/// A text that is no beginning of any that was got can only be put over: all such are one state.
struct TextModel: SequentialModel {
    let noun = "key"
    let functions: [Function] = [.get, .put, .append, .read, .write]
    /// The bytes; nil stands for all texts that nobody ever got, whatever may still be appended.
    let initial: [UInt8]?
    /// nil if all texts are told apart.
    private let observed: ObservedSequences<UInt8>?

    init(
        _ operations: some Sequence<Operation>, initial: Value?, tellsAllApart: Bool = false
    ) {
        let texts = operations.compactMap { operation -> [UInt8]? in
            let isGet = operation.function == .get || operation.function == .read
            return isGet && operation.outcome == .ok ? Self.text(operation.output) : nil
        }
        observed = tellsAllApart ? nil : ObservedSequences(texts)
        self.initial = initial.map(Self.text) ?? []
    }

    func onlyReads(_ action: Action) -> Bool {
        action.function == .get || action.function == .read
    }

    func step(_ state: [UInt8]?, _ action: Action) -> [[UInt8]?] {
        switch action.function {
        case .put, .write: return [worthKnowing(Self.text(action.input))]
        case .append: return [state.flatMap { worthKnowing($0 + Self.text(action.input)) }]
        default: return action.output.map(Self.text) == state ? [state] : []
        }
    }

    func describe(_ state: [UInt8]?) -> String {
        state.map { Value.text(String(decoding: $0, as: UTF8.self)).description }
            ?? "something that nobody got"
    }

    func bytes(of state: [UInt8]?) -> Int { state?.bytesAsArray ?? 0 }

    private func worthKnowing(_ text: [UInt8]) -> [UInt8]? {
        observed?.contains(beginning: text) ?? true ? text : nil
    }

    /// The bytes of a value, as a text; none for nil.
    static func text(_ value: Value) -> [UInt8] {
        switch value {
        case .text(let text): Array(text.utf8)
        case .null: []
        default: Array(value.description.utf8)
        }
    }
}
