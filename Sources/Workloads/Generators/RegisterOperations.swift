public import HistoryModel
public import Vocabulary

/// How often each operation is drawn, relative to the others.
public struct RegisterMix: Hashable, Sendable, Codable {
    /// The weight of reads.
    public var read: Int
    /// The weight of writes.
    public var write: Int
    /// The weight of compare-and-sets.
    public var cas: Int

    /// Makes a mix of these weights, none negative.
    public init(read: Int, write: Int, cas: Int) {
        self.read = read
        self.write = write
        self.cas = cas
    }

    /// The sum of the weights.
    public var total: Int { read + write + cas }
}

/// Reads, writes and compare-and-sets of one register.
///
/// Every value that is written is new, so that a write whose outcome is unknown costs the checker
/// nothing. A compare-and-set expects the last value that its thread saw; a thread that saw none
/// reads instead.
public struct RegisterOperations: Generator {
    private let mix: RegisterMix
    /// What each thread saw last, by its number.
    private var lastSeen: [Value?] = []
    private var written: Int64 = 0

    /// Draws operations from `mix`, whose total is at least 1.
    public init(mix: RegisterMix) { self.mix = mix }

    /// Draws an operation for a free thread, drawn as well.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        return .operation(draw(for: thread, random: &random), thread: thread)
    }

    private mutating func draw(
        for thread: ThreadID, random: inout RandomStream
    ) -> OperationTemplate {
        let draw = Int.random(in: 0..<max(1, mix.total), using: &random)
        if draw < mix.write {
            return OperationTemplate(function: .write, value: nextValue())
        }
        if draw < mix.write + mix.cas, let expected = seen(by: thread) {
            return OperationTemplate(function: .cas, value: .list([expected, nextValue()]))
        }
        return OperationTemplate(function: .read)
    }

    private func seen(by thread: ThreadID) -> Value? {
        lastSeen.indices.contains(thread.rawValue) ? lastSeen[thread.rawValue] : nil
    }

    private mutating func nextValue() -> Value {
        written += 1
        return .integer(written)
    }

    /// Remembers what the thread saw; after an unknown outcome it is a new process and saw nothing.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard event.type != .invoke else { return }
        while lastSeen.count <= thread.rawValue { lastSeen.append(nil) }
        switch (event.type, event.function) {
        case (.ok, .read), (.ok, .write): lastSeen[thread.rawValue] = event.value
        case (.ok, .cas):
            if case .list(let values) = event.value, values.count == 2 {
                lastSeen[thread.rawValue] = values[1]
            }
        case (.fail, .cas): if let found = event.found { lastSeen[thread.rawValue] = found }
        case (.info, _): lastSeen[thread.rawValue] = nil
        default: break
        }
    }
}
