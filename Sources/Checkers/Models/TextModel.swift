import HistoryModel

/// What is known of a text that is put, appended to and got.
enum TextState: Hashable, Sendable {
    /// A text, by its bytes.
    case text([UInt8])
    /// A value that is no text, to which nothing was appended.
    case other(Value)
    /// Any text that nobody ever got, whatever may still be appended.
    case unread
    /// Whatever became of it when something was appended to what is no text, or something that is none.
    case anything

    init(_ value: Value) {
        switch value {
        case .text(let text): self = .text(Array(text.utf8))
        case .null: self = .text([])
        default: self = .other(value)
        }
    }

    /// The bytes, where it is a text.
    var bytes: [UInt8]? {
        if case .text(let bytes) = self { return bytes }
        return nil
    }
}

/// A text that is put, appended to and got.
///
/// A text that is no beginning of any that was got can only be put over: all such are one state. What is
/// no text can be put and got as well; what an append makes of it is not known.
struct TextModel: SequentialModel {
    let noun = "key"
    let functions: [Function] = [.get, .put, .append, .read, .write]
    let initial: TextState
    /// nil if all texts are told apart.
    private let observed: ObservedSequences<UInt8>?

    init(
        _ operations: some Sequence<Operation>, initial: Value?, tellsAllApart: Bool = false
    ) {
        let texts = operations.compactMap { operation -> [UInt8]? in
            let isGet = operation.function == .get || operation.function == .read
            return isGet && operation.outcome == .ok ? TextState(operation.output).bytes : nil
        }
        observed = tellsAllApart ? nil : ObservedSequences(texts)
        self.initial = TextState(initial ?? "")
    }

    func onlyReads(_ action: Action) -> Bool {
        action.function == .get || action.function == .read
    }

    func step(_ state: TextState, _ action: Action) -> [TextState] {
        switch action.function {
        case .put, .write: [worthKnowing(TextState(action.input))]
        case .append: [append(TextState(action.input), to: state)]
        default:
            state == .anything || action.output.map(TextState.init) == state ? [state] : []
        }
    }

    func describe(_ state: TextState) -> String {
        switch state {
        case .text(let bytes): Value.text(String(decoding: bytes, as: UTF8.self)).description
        case .other(let value): value.description
        case .unread: "something that nobody got"
        case .anything: "what an append made of something that is no text"
        }
    }

    func bytes(of state: TextState) -> Int {
        MemoryLayout<TextState>.stride + (state.bytes?.bytesAsArray ?? 0)
    }

    private func append(_ end: TextState, to state: TextState) -> TextState {
        switch (state, end) {
        case (.text(let start), .text(let end)): worthKnowing(.text(start + end))
        case (.unread, .text): .unread
        default: .anything
        }
    }

    private func worthKnowing(_ state: TextState) -> TextState {
        guard let observed, let bytes = state.bytes else { return state }
        return observed.contains(beginning: bytes) ? state : .unread
    }

    /// The bytes of a text; none for nil, and for what is no text.
    static func text(_ value: Value) -> [UInt8] { TextState(value).bytes ?? [] }
}
