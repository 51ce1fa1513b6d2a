import HistoryModel

/// Judges a set, event by event: element by element, or as one that only grows once it has been
/// read as a whole.
struct SetStream: ObjectStream {
    /// An operation that is under way.
    struct Call: Sendable {
        fileprivate var element: ElementsStream.Call?
        fileprivate var whole: AppendListStream.Call?
    }

    private var whole: AppendListStream
    /// The elements for themselves; nil once the set was read as a whole.
    private var elements: ElementsStream?
    private var elementsEnd: StreamEnd?

    init(initial: Value?, _ pool: inout ValuePool) {
        whole = AppendListStream(kind: .set, initial: initial)
        elements = ElementsStream((initial?.elements ?? []).map { pool.code(of: $0) })
    }

    var end: StreamEnd? {
        elementsEnd == .violation ? .violation : elements == nil ? whole.end : elementsEnd
    }

    /// Whether the set as a whole may still be asked.
    private var isWholeOpen: Bool { whole.end == nil }

    var remembered: Int { whole.remembered + (elements?.remembered ?? 0) }

    func addCodes(to codes: inout [ValueCode]) { elements?.addCodes(to: &codes) }

    static func addCodes(of call: Call, to codes: inout [ValueCode]) {
        if let element = call.element { codes.append(element.element) }
    }

    mutating func leave() {
        whole.leave()
        elementsEnd = elementsEnd ?? .undecided
    }

    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call? {
        var call = Call()
        if function == .read {
            elements = nil
        } else if elements != nil {
            let code = pool.code(of: input)
            call.element = elements?.begin(function, code, at: time)
            if call.element == nil { elementsEnd = .undecided }
        }
        if whole.end == nil {
            call.whole = whole.begin(function, input, by: process, &pool, at: time)
        }
        return call
    }

    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int
    ) {
        if let element = call.element, elementsEnd == nil {
            let input = pool.value(of: element.element)
            elementsEnd = elements?.succeed(element, answer: output.truth(about: input), at: time)
        }
        if let part = call.whole, isWholeOpen {
            whole.succeed(part, output, &pool, at: time)
        }
    }

    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int) {
        if let element = call.element, elementsEnd == nil { elementsEnd = elements?.fail(element) }
        if let part = call.whole, isWholeOpen {
            whole.fail(part, found: found, &pool, at: time)
        }
    }

    mutating func lose(_ call: Call, at time: Int) {
        if let element = call.element, elementsEnd == nil { elements?.lose(element) }
        if let part = call.whole, isWholeOpen { whole.lose(part, at: time) }
    }
}
