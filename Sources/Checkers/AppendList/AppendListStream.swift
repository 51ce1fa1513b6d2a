import HistoryModel

/// Judges a set or list that only grows and is read as a whole, event by event.
///
/// The reads must form a chain in which each holds all of the one before, and so they put the
/// elements in order, level by level. No operation may have returned before one of a lower level
/// was called. Remembers every element once; no element may be added again.
struct AppendListStream: ObjectStream {
    /// An operation that is under way.
    struct Call: Sendable {
        var time: Int
        /// The number of the element that it adds; -1 for a read.
        fileprivate var element: Int32
        /// How much a read has found that returned before.
        fileprivate var longest: Int
        fileprivate var input: Value
    }

    /// What is remembered of an element.
    private struct Element: Sendable {
        var call: Int
        var `return` = Int.max
        /// The size of the smallest read that holds it; 0 if none does.
        var level: Int32 = 0
        /// The last read that held it.
        var mark: Int32 = 0
    }

    private let kind: AppendListHistory.Kind
    private(set) var end: StreamEnd?
    private var numbers: [Value: Int32] = [:]
    private var elements: [Element] = []
    private var free: [Int32] = []
    /// The elements that were read, level by level.
    private var order: [Int32] = []
    /// Per size of a read in the chain: the size of the one below.
    private var below: [Int32] = [0]
    /// The elements that were added and not read yet, in the order of the returns.
    private var unread: [Int32] = []
    private var firstUnread = 0
    /// The latest call of any read, or of the addition of any element that was read.
    private var latestCall = Int.min
    private var longest = 0
    private var reads: Int32 = 0

    init(kind: AppendListHistory.Kind, initial: Value?) {
        self.kind = kind
        guard let initial, initial != .null else { return }
        guard case .list(let values) = initial, Set(values).count == values.count else {
            end = .undecided
            return
        }
        for (place, value) in values.enumerated() {
            numbers[value] = Int32(place)
            let level = kind.isOrdered ? place + 1 : values.count
            elements.append(Element(call: .min, return: .min, level: Int32(level)))
            order.append(Int32(place))
            below.append(kind.isOrdered ? Int32(place) : 0)
        }
        longest = values.count
    }

    var remembered: Int { numbers.count }

    mutating func leave() { end = end ?? .undecided }

    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call? {
        if function == .read {
            return Call(time: time, element: -1, longest: longest, input: .null)
        }
        guard function == kind.addition, numbers[input] == nil else {
            leave()
            return nil
        }
        let number = free.popLast() ?? Int32(elements.count)
        let element = Element(call: time)
        if Int(number) == elements.count {
            elements.append(element)
        } else {
            elements[Int(number)] = element
        }
        numbers[input] = number
        return Call(time: time, element: number, longest: longest, input: input)
    }

    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int
    ) {
        switch (call.element >= 0, output) {
        case (true, _) where output != call.input && output.truth(about: call.input) != nil: leave()
        case (true, _):
            elements[Int(call.element)].return = time
            if elements[Int(call.element)].level == 0 { unread.append(call.element) }
        case (false, .list(let found)): observe(found, by: call)
        case (false, .null): observe([], by: call)
        default: leave()
        }
    }

    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int) {
        guard call.element >= 0 else { return }
        if elements[Int(call.element)].level > 0 { end = .violation }
        numbers[call.input] = nil
        free.append(call.element)
    }

    mutating func lose(_ call: Call, at time: Int) {}
}

// MARK: - What reads show

extension AppendListStream {
    private mutating func observe(_ found: [Value], by read: Call) {
        guard found.count >= read.longest, let found = known(found),
            kind.isOrdered ? follow(found) : include(found),
            holdsAll(before: read.time, found.count)
        else {
            end = .violation
            return
        }
        longest = max(longest, found.count)
    }

    /// The numbers of the elements; nil if one was not added, or is there twice.
    private mutating func known(_ found: [Value]) -> [Int32]? {
        reads += 1
        var known: [Int32] = []
        known.reserveCapacity(found.count)
        for value in found {
            guard let number = numbers[value], elements[Int(number)].mark != reads else {
                return nil
            }
            elements[Int(number)].mark = reads
            known.append(number)
        }
        return known
    }

    /// Whether a read misses nothing that had been added before it was called, or before something
    /// was that it found.
    private mutating func holdsAll(before call: Int, _ size: Int) -> Bool {
        for place in size..<max(size, order.count)
        where elements[Int(order[place])].return < call {
            return false
        }
        latestCall = max(latestCall, call)
        while firstUnread < unread.count {
            let element = elements[Int(unread[firstUnread])]
            if element.level == 0 { return element.return > latestCall }
            firstUnread += 1
        }
        unread.removeAll(keepingCapacity: true)
        firstUnread = 0
        return true
    }

    /// Puts new elements behind all that were read before, each on a level of its own or all on
    /// one.
    ///
    /// - Returns: Whether none was added before something was called that comes before it.
    private mutating func extend(by new: some Sequence<Int32>, onOneLevelTo size: Int?) -> Bool {
        let start = Int32(order.count)
        let before = latestCall
        for number in new {
            let limit = size == nil ? latestCall : before
            guard elements[Int(number)].return > limit else { return false }
            latestCall = max(latestCall, elements[Int(number)].call)
            below.append(size == nil ? Int32(order.count) : start)
            order.append(number)
            elements[Int(number)].level = Int32(size ?? order.count)
        }
        return true
    }

    /// A list must begin like what was read before, or go on from there.
    private mutating func follow(_ found: [Int32]) -> Bool {
        for (place, number) in found.prefix(order.count).enumerated()
        where order[place] != number {
            return false
        }
        return extend(by: found.dropFirst(order.count), onOneLevelTo: nil)
    }

    /// A set must hold all of the next smaller one, and be held by the next larger.
    private mutating func include(_ found: [Int32]) -> Bool {
        let new = found.filter { elements[Int($0)].level == 0 }
        guard new.isEmpty else {
            return found.count - new.count == order.count
                && extend(by: new, onOneLevelTo: found.count)
        }
        let top = found.reduce(0) { max($0, Int(elements[Int($1)].level)) }
        let bottom = Int(below[top])
        guard found.count(where: { elements[Int($0)].level < top }) == bottom else { return false }
        return found.count == top || split(bottom, found.count, top)
    }

    /// Some elements of a level turn out to come before the others.
    private mutating func split(_ bottom: Int, _ middle: Int, _ top: Int) -> Bool {
        let members = order[bottom..<top]
        let lower = members.filter { elements[Int($0)].mark == reads }
        let upper = members.filter { elements[Int($0)].mark != reads }
        order.replaceSubrange(bottom..<top, with: lower + upper)
        below[middle] = Int32(bottom)
        below[top] = Int32(middle)
        for number in lower { elements[Int(number)].level = Int32(middle) }
        let latest = lower.reduce(Int.min) { max($0, elements[Int($1)].call) }
        return upper.allSatisfy { elements[Int($0)].return > latest }
    }
}
