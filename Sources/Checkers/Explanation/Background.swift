import HistoryModel

/// Operations that prove nothing but help to understand where an impossible value came from.
struct Background {
    /// A mutation that was said to have failed and would have brought the value.
    var refused: Operation?
    /// The first that brought the value too late.
    var later: Operation?
    /// The last that brought the value before, if the register may have held anything at first.
    var earlier: Operation?

    var operations: [Operation] { [refused, later, earlier].compactMap { $0 } }

    init() {}

    /// Looks for whatever has to do with a value that somebody observed though it wasn't there.
    ///
    /// - Parameters:
    ///   - value: The value that was observed.
    ///   - observer: The one that observed it.
    ///   - deadline: When it had done so, if that is before it returned; its return does not count then.
    ///   - cast: The calls of those who take part anyway.
    ///   - list: All operations, on any keys.
    init(
        of value: Value, seenBy observer: Operation, before deadline: Int? = nil,
        besides participants: Set<Int>, in list: OperationList
    ) {
        guard let end = deadline ?? observer.return else { return }
        let key = observer.key.flatMap { list.pool.knownCode(of: $0) } ?? .absent
        for (place, packed) in list.packed.enumerated() where packed.key == key {
            let operation = list[place]
            guard operation.brings(value, seenBy: observer) else { continue }
            guard !participants.contains(operation.call) else { continue }
            if operation.outcome == .fail {
                if operation.call < end { refused = operation }
            } else if operation.call > end {
                later = later ?? operation
            } else if let returned = operation.return, operation.outcome == .ok,
                returned < observer.call, returned > earlier?.return ?? -1
            {
                earlier = operation
            }
        }
    }
}

extension Operation {
    /// Whether the operation, if it takes effect, leaves the register, or the element that somebody
    /// asked for, with this value.
    fileprivate func brings(_ value: Value, seenBy observer: Operation) -> Bool {
        // An update that says it changed nothing has brought nothing.
        guard outcome != .ok || output.truth(about: input) != false else { return false }
        return switch (function, input) {
        case (.write, _): input == value
        case (.put, _): TextState(input) == TextState(value)
        case (.cas, .list(let pair)): pair.count == 2 && pair[1] == value && pair[0] != value
        case (.add, _): value == true && input == observer.input
        case ("remove", _): value == false && input == observer.input
        default: false
        }
    }
}
